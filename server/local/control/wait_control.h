// Waiting for a resource to come to a status: one look at a time. Who waits in between is the caller's to tell.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>

#include "server/base/json.h"
#include "server/local/control/control_call.h"
#include "server/local/control/long_call.h"
#include "server/local/world/world.h"

namespace plocal::control {

struct Wait {
    std::string arn;
    std::optional<std::string> status;  // as asked; without it any that nothing follows
    std::string account;                // that the call is held to; may be empty
    RealTime until;                     // when there is no more time
    bool was_there = false;             // an earlier look has found the resource
    bool is_given_up = false;           // the server stops
};

/// The call itself. Throws ControlError for parameters that are missing or wrong.
LongCall wait(world::World& world, const ControlCall& call);

/// GET ?arn=&status=&timeout=. Throws ControlError for parameters that are missing or wrong.
Wait read_wait(const ControlCall& call, RealTime now);

/// One look: `{"arn", "status", "lastUpdatedDateTime"}` where the resource has come so far, else when to look again at
/// the latest; something else may change it before. A resource that was deleted meanwhile, or is not there while
/// DELETED is waited for, has come to that. Throws ControlError: 404 for an ARN that is not there, 400 for a
/// status that its kind does not have, 409 where it can never come to that status by itself, 408 where there is no
/// time left, 503 where the wait is given up.
Checked check_wait(world::World& world, const Wait& wait, RealTime now);

}  // namespace plocal::control
