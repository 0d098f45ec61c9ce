// The turns of a load that a call waits for. On the thread that owns the world.
#pragma once

#include <optional>

#include "server/local/control/long_call.h"
#include "server/local/world/loading.h"
#include "server/local/world/world.h"

namespace plocal::control {

/// Takes steps of a load for as long as a turn may take. Returns when to go on, or nothing once the load is over.
/// Throws what `Loading::step` throws.
std::optional<RealTime> take_turn(world::World& world, world::Loading& loading, RealTime now);

}  // namespace plocal::control
