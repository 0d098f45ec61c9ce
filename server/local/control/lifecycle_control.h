// How what is created from now on shall live.
#pragma once

#include "server/base/json.h"
#include "server/local/control/control_call.h"
#include "server/local/world/world.h"

namespace plocal::control {

/// GET: `{"default": {...}, "batchInferenceJob": {...}}`, what was put for the account, or for all.
base::Json get_lifecycle(world::World& world, const ControlCall& call);

/// PUT: the same in place of what was there. Answers what is there now.
base::Json put_lifecycle(world::World& world, const ControlCall& call);

}  // namespace plocal::control
