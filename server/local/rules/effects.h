// The effects of a rule on the requests that it matches. Plain values; `app/engine` applies them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/duration.h"
#include "server/base/json.h"
#include "server/model/service.h"
#include "server/service/lifecycle/plan.h"

namespace plocal::rules {

struct ErrorEffect {
    std::string type;  // the name of the exception
    std::string message;
    std::optional<int> status;
    bool after_commit = false;  // the request is carried out before the error is answered

    /// Returns the given status, else the one that AWS documents for this type, for all services or for this one; else
    /// 400.
    int status_in(const model::Service& service) const;
};

/// An answer instead of the operation's own.
struct OutputEffect {
    base::Json value;                      // fits the output shape, timestamps in milliseconds; {} for a void operation
    bool needs_recommendation_id = false;  // the shape has one, and the value has none
};

/// An item or action that a rule declares: what the model would have said.
struct Candidate {
    std::string id;
    std::optional<double> score;
};

enum class ConnectionFault { reset, close, truncate };

std::string_view text_of(ConnectionFault fault);

/// At least one is present.
struct Effects {
    std::optional<lifecycle::PlanChange> lifecycle;  // of the transition that the operation starts
    std::optional<ErrorEffect> error;
    std::optional<OutputEffect> output;
    std::optional<base::Json> merge;  // a JSON merge patch (RFC 7396) of the answer; timestamps in milliseconds
    std::optional<std::vector<Candidate>> candidates;  // the best first
    std::optional<base::DurationRange> delay;          // in real time, before the answer
    std::optional<ConnectionFault> connection;
};

}  // namespace plocal::rules
