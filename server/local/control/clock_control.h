// The clock, read and moved.
#pragma once

#include "server/base/json.h"
#include "server/local/control/control_call.h"
#include "server/local/control/long_call.h"
#include "server/local/world/world.h"

namespace plocal::control {

/// GET: `{"mode", "now", "speed"}` of the account's clock.
base::Json get_clock(world::World& world, const ControlCall& call);

/// PUT: another mode or speed from the present service moment on, or a later moment. Throws ControlError: 409 for a
/// moment before the present one, for time never runs back.
base::Json put_clock(world::World& world, const ControlCall& call);

/// POST: `{"by": "90s"}` or `{"until": "idle"}`. Waits for the work that has begun by then, unless a schedule began it,
/// then answers the clock. Throws ControlError: 400 for a bad body, 503 where the server stops meanwhile.
LongCall advance_clock(world::World& world, const ControlCall& call);

}  // namespace plocal::control
