// What was asked of the services.
#pragma once

#include <string>

#include "server/local/control/control_call.h"
#include "server/local/world/world.h"

namespace plocal::control {

/// GET ?operation=&arn=&limit=: `{"requests": [...], "counts": {...}}`, newest first.
std::string get_requests(world::World& world, const ControlCall& call);

/// DELETE: forgets all of them, or the account's.
std::string delete_requests(world::World& world, const ControlCall& call);

}  // namespace plocal::control
