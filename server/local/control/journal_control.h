// The calls of `/_local/requests`: the journal of the requests that the services have answered. On the thread that owns
// the world.
#pragma once

#include <string>

#include "server/local/control/control_call.h"
#include "server/local/world/world.h"

namespace plocal::control {

/// GET ?operation=&arn=&result=&rule=&id=&after=&bodies=&limit=: `{"requests": [...], "counts": {...}, "next"}`, newest
/// first. Throws ControlError for a bad parameter.
std::string get_requests(world::World& world, const ControlCall& call);

/// DELETE: empties the journal, or removes the requests of the account. Returns what is left.
std::string delete_requests(world::World& world, const ControlCall& call);

}  // namespace plocal::control
