// What is known of one request on its way through the engine.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "server/local/rules/rule_book.h"
#include "server/service/lifecycle/clocks.h"
#include "server/wire/protocol/answer.h"
#include "server/wire/protocol/call.h"
#include "server/wire/protocol/identity.h"
#include "server/wire/protocol/message.h"
#include "server/wire/protocol/recognise.h"

namespace plocal::engine {

struct RequestContext {
    const protocol::Request& request;
    lifecycle::ClockReadings readings;
    std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
    base::Instant now{};
    protocol::Identity identity;
    protocol::Stamp stamp;
    std::string error;    // name of the refusal, if any
    std::string message;  // and its text
    std::vector<std::string> notes;
    protocol::Recognised recognised;
    std::optional<protocol::Call> call;
    rules::Firing firing;
    bool is_ruled = false;  // the error is a rule's

    std::string account() const { return identity.account.value_or(""); }
};

}  // namespace plocal::engine
