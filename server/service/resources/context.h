// What a handler is handed: the world, and for whom and when it acts.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "server/base/json.h"
#include "server/model/service.h"
#include "server/service/lifecycle/clocks.h"
#include "server/service/lifecycle/overrides.h"
#include "server/service/resources/hooks.h"
#include "server/service/resources/kinds.h"
#include "server/service/resources/quota_overrides.h"
#include "storage/record.h"
#include "storage/store.h"

namespace plocal::resources {

/// What a Create does about a reference to a resource that is not there.
enum class References {
    strict,   // refuses, as the service does
    lenient,  // takes the resource to exist and to fit
};

/// The same for every request.
struct ServiceSettings {
    storage::Owner home{"000000000000", "us-east-1"};  // of what a request creates that names neither
    lifecycle::Plan plan;
    StatusNames status_names = StatusNames::documented;
    References references = References::strict;
    bool are_quotas_enforced = false;
    std::vector<std::string> working_kinds = {};  // the kinds whose creation stands for work of server/service/jobs
};

/// One request's own. Lives on the thread that owns the store.
struct Context {
    storage::Store& store;
    const ServiceSettings& settings;
    const model::Operation& operation;
    storage::Scope scope;
    lifecycle::ClockReadings& readings;  // a resource lives by its owner's clock
    const lifecycle::PlanOverrides& plans;
    const QuotaOverrides& quotas;
    const HookTable& hooks;
    lifecycle::PlanChange plan_change;  // what a rule wants for a resource that this request makes or puts on its way
    std::string origin;                 // the cause of such a resource's life, where it is more than the call
    std::vector<std::string>& notes;    // what the log should tell of this request beyond its answer
    std::string created = {};           // the ARN of the resource that the handler has created; empty for none
};

/// A JSON text that has been cut to its output shape already.
struct Ready {
    std::string text;
};

/// What a handler returns: a value that is still to be rendered, or a text that needs no rendering.
using Output = std::variant<base::Json, Ready>;

}  // namespace plocal::resources
