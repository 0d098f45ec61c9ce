// The calls about what models know and why they answer what they do: `/_local/train` and `/_local/explain`. On the
// thread that owns the world; all of them may throw SqlError.
#pragma once

#include "server/local/control/control_call.h"
#include "server/local/control/long_call.h"
#include "server/local/world/world.h"

namespace plocal::control {

/// POST `{"arn"}`: a solution version or recommender knows the rows of this moment from now on. Answers
/// `{"arn", "trainedAt", "revision", "interactions", "users", "items"}` once its model is made. Throws ControlError:
/// 400 for another kind, 404 for an unknown ARN, 409 for one that is not ACTIVE.
LongCall train(world::World& world, const ControlCall& call);

/// POST `{"operation", "input", "itemIds"}`, or "actionIds" for actions: answers what the next such request would get,
/// rules included, and why. Changes nothing. Throws ControlError: 400 for a bad body, and the status, message and name
/// of the error that the request would get.
LongCall explain(world::World& world, const ControlCall& call);

}  // namespace plocal::control
