// The calls of `/_local/events`: what was sent to Personalize Events, and what became of it. On the thread that owns
// the world.
#pragma once

#include <string>

#include "server/local/control/control_call.h"
#include "server/local/world/world.h"

namespace plocal::control {

/// GET ?trackingId=&datasetArn=&userId=&sessionId=&outcome=&after=&limit=: `{"events": [...], "next"}`, newest first.
/// Throws ControlError for a bad parameter.
std::string get_events(world::World& world, const ControlCall& call);

/// DELETE: empties the list, or removes the events of the account. Returns what is left.
std::string delete_events(world::World& world, const ControlCall& call);

}  // namespace plocal::control
