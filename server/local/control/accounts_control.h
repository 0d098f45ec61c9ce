// The call `/_local/accounts`. On the thread that owns the world.
#pragma once

#include "server/base/json.h"
#include "server/local/control/control_call.h"
#include "server/local/world/world.h"

namespace plocal::control {

/// GET: `{"accounts": [{"account", "regions", "resources", "own"}], "home": {"account", "region"}}`: those that own
/// resources, or settings, which `own` names; `home` owns what a request creates that names no owner.
base::Json list_accounts(world::World& world, const ControlCall& call);

}  // namespace plocal::control
