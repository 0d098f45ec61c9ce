// The input of every handler beside the request's own input: the store, the settings, the caller's scope and the clock.
// On the thread that owns the store.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "server/base/json.h"
#include "server/model/api_error.h"
#include "server/model/service.h"
#include "server/service/lifecycle/clocks.h"
#include "server/service/lifecycle/overrides.h"
#include "server/service/resources/hooks.h"
#include "server/service/resources/kinds.h"
#include "server/service/resources/quota_overrides.h"
#include "storage/record.h"
#include "storage/store.h"

namespace plocal::resources {

/// How a request treats a reference to a resource that does not exist.
enum class References {
    strict,   // refuses it, as the service does
    lenient,  // assumes that the resource exists and fits
};

/// The bounds of work that is done in slices, between which other requests are answered: due work, such as automatic
/// training (resources/due.h), loads, and the removal of what a load or a reset displaces.
struct DueBounds {
    std::int64_t slice_pieces = 500;           // of due work, or rows to remove, in one slice
    std::chrono::milliseconds slice_time{15};  // no piece of a slice begins later
    std::int64_t move_pieces = 1'000'000;      // in one move of a clock
};

/// The same for every request.
struct ServiceSettings {
    storage::Owner home{"000000000000", "us-east-1"};  // the owner of new resources if the request names none
    lifecycle::Plan plan;
    StatusNames status_names = StatusNames::documented;
    References references = References::strict;
    bool are_quotas_enforced = false;
    std::vector<std::string> working_kinds = {};  // the kinds whose creation stands for work of server/service/jobs
    DueBounds due = {};
};

/// What became of one record of a request that puts several.
struct RecordOutcome {
    bool is_stored = true;
    std::string why = {};  // it was not, or what of it was ignored; empty if all of it is stored
    model::Evidence evidence = model::Evidence::inferred;
};

/// The context of one request.
struct Context {
    storage::Store& store;
    const ServiceSettings& settings;
    const model::Operation& operation;
    storage::Scope scope;
    lifecycle::ClockReadings& readings;  // the time on each account's clock; a resource uses its owner's
    const lifecycle::PlanOverrides& plans;
    const QuotaOverrides& quotas;
    const HookTable& hooks;
    lifecycle::PlanChange plan_change;  // a rule's change to the plan of every transition that this request starts
    std::string origin;                 // the cause of those transitions; empty for the call itself
    std::vector<std::string>& notes;    // more lines for the log about this request
    std::string why = {};               // what a caller could take a successful answer for that it is not; or empty
    std::string created = {};           // the ARN of the resource that the handler has created; empty for none
    std::vector<RecordOutcome> outcomes = {};  // of the records that the handler has read, in their order
};

/// A JSON text that is already rendered for its output shape.
struct Rendered {
    std::string text;
};

/// The result of a handler: a value that `run` renders, or a text that is rendered already.
using Output = std::variant<base::Json, Rendered>;

}  // namespace plocal::resources
