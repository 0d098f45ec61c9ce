// The metrics of the server for Prometheus. On the thread that owns the world.
#pragma once

#include <chrono>
#include <string>

#include "server/local/world/world.h"

namespace plocal::control {

/// Returns the requests since the start, and the present gauges. The cost grows with the resources in progress, not
/// with those in a stable state. Throws SqlError.
std::string metrics_text(world::World& world, std::chrono::steady_clock::duration uptime);

}  // namespace plocal::control
