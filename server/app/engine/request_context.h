// What the engine knows of one request while it handles it, and how that is reported once the request is answered. On
// the thread that owns the world.
#pragma once

#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/app/engine/makers.h"
#include "server/app/engine/news.h"
#include "server/base/log.h"
#include "server/local/rules/rule_book.h"
#include "server/local/world/world.h"
#include "server/service/lifecycle/clocks.h"
#include "server/service/resources/context.h"
#include "server/wire/protocol/identity.h"
#include "server/wire/protocol/message.h"
#include "server/wire/protocol/recognise.h"
#include "server/wire/protocol/wire_protocol.h"

namespace plocal::engine {

/// Filled from top to bottom: what is empty has not been reached.
struct RequestContext {
    const protocol::Request& request;
    lifecycle::ClockReadings readings;  // one reading of each clock for the whole request
    bool is_control = false;            // the request is for /_local/
    std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
    protocol::Identity identity;
    base::Instant now{};  // by the clock of the account
    protocol::Stamp stamp;
    std::optional<protocol::Recognised> recognised;  // only requests to a service
    std::optional<protocol::Call> call;
    std::exception_ptr bad_input;  // see Reading
    rules::Firing firing;
    std::shared_ptr<Maker> maker;                    // of a request that waits for a model
    std::string created;                             // ARN of the resource that the request has created; empty for none
    std::vector<std::string> notes;                  // for the log
    std::vector<resources::RecordOutcome> outcomes;  // of the records that the request has put
    std::string why;                                 // in what a success is less than it seems
    std::string error;                               // name of the error in the response; empty for a success
    std::string message;                             // its text
    std::string error_why;                           // the check that refused the request
    bool is_rule_error = false;                      // a rule asked for this error
    bool is_noted = false;                           // the world has noted the request

    std::string account() const { return identity.account.value_or(""); }
    std::string region() const { return identity.region.value_or(""); }
};

/// Adds a request to a service and its response to journal, metrics and news.
void record(const RequestContext& context, const protocol::Response& response, world::World& world, News& news);

/// Logs the notes of a request, and one line about it and its response.
void log(const RequestContext& context, const protocol::Response& response, base::Log& log);

}  // namespace plocal::engine
