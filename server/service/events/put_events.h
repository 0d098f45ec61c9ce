// PutEvents and PutActionInteractions: interactions that are appended. On the thread that owns the store; every call
// may throw ApiError and SqlError, and needs a transaction.
#pragma once

#include "server/base/json.h"
#include "server/service/events/known_targets.h"
#include "server/service/resources/context.h"

namespace plocal::events {

resources::Output put_events(resources::Context& context, KnownTargets& targets, const base::Json& input);
resources::Output put_action_interactions(resources::Context& context, KnownTargets& targets, const base::Json& input);

}  // namespace plocal::events
