// The calls of `/_local/clock`. On the thread that owns the world; all of them may throw SqlError.
#pragma once

#include "server/base/json.h"
#include "server/local/control/control_call.h"
#include "server/local/control/long_call.h"
#include "server/local/world/world.h"

namespace plocal::control {

/// GET: `{"mode", "now", "speed"}` of the clock of the account.
base::Json get_clock(world::World& world, const ControlCall& call);

/// PUT: changes mode, speed or moment. A later moment is a jump as in `advance_clock`. Returns the clock as a jump
/// does. Throws ControlError: 400 for a bad body; 409 for a moment before the present one once something was recorded,
/// because time never runs back.
LongCall put_clock(world::World& world, const ControlCall& call);

/// POST: `{"by": "90s"}` or `{"until": "idle"}`, the moment when no resource has a timed step left. The clock goes
/// there slice by slice and does what is due; of two such calls for one clock, the second begins where the
/// first has ended. Waits for the work that has begun by then, unless a schedule began it, then returns the clock, what
/// was done, and what has stopped it before. Throws ControlError: 400 for a bad body, 409 where another call sets the
/// clock back meanwhile, 503 where the server stops meanwhile.
LongCall advance_clock(world::World& world, const ControlCall& call);

}  // namespace plocal::control
