// The call `/_local/wait`: checks whether a resource has reached a status. Each check answers at once; the caller
// decides when to check again. On the thread that owns the world.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "server/base/json.h"
#include "server/local/control/control_call.h"
#include "server/local/control/long_call.h"
#include "server/local/world/world.h"

namespace plocal::control {

struct Wait {
    std::string arn;
    std::optional<std::string> status;  // as it was given; without it, any terminal status
    std::string account;                // the account of the call; empty for any
    RealTime until;                     // the end of the timeout
    bool was_there = false;             // an earlier check has found the resource
    bool is_given_up = false;           // the server stops
};

/// GET ?arn=&status=&timeout=: the call itself. Throws ControlError for a bad or missing parameter.
LongCall wait(world::World& world, const ControlCall& call);

/// Reads the parameters of the call. Throws ControlError for a bad or missing one.
Wait read_wait(const ControlCall& call, RealTime now);

/// Returns `{"arn", "status", "lastUpdatedDateTime"}` where the resource has the status, else the latest moment for the
/// next check; a call may change the resource earlier. A resource that was deleted meanwhile has the status DELETED,
/// and so has one that is not there while DELETED is waited for. Throws ControlError: 404 for an unknown ARN; 400 for a
/// status that the kind does not have; 409 where the resource cannot reach the status by itself; 408 at the end of the
/// timeout; 503 where the wait is given up. Throws SqlError.
Checked check_wait(world::World& world, const Wait& wait, RealTime now);

}  // namespace plocal::control
