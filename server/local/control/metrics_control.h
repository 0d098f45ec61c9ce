// Figures for Prometheus.
#pragma once

#include <string>
#include <vector>

#include "server/local/control/control_call.h"
#include "server/local/telemetry/metrics.h"
#include "server/local/world/world.h"

namespace plocal::control {

/// GET: requests since the start, and how the server stands now. What it costs grows with the resources that are on
/// their way, not with those that have arrived.
std::string get_metrics(world::World& world, const ControlCall& call);

}  // namespace plocal::control
