// One resource under the tester's hand: pushed onward, and asked for its past.
#pragma once

#include "server/control/control_call.h"
#include "server/control/world.h"
#include "server/model/json.h"

namespace plocal::control {

/// POST: `{"arn", "to", "failureReason", "force"}`; without `to` one step onward. Answers `{"arn", "status",
/// "lastUpdatedDateTime"}`. Throws ControlError: 404 for an ARN that is not there, 409 where the resource has come to
/// its last status and `force` is not true.
model::Json transition(World& world, const ControlCall& call);

/// GET ?arn=: `{"history": [{"status", "at", "cause"}]}`, the present status last.
model::Json get_history(World& world, const ControlCall& call);

}  // namespace plocal::control
