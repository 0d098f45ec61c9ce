// The services and operations by which metrics count requests. Pure.
#pragma once

#include <vector>

#include "server/local/telemetry/metrics.h"

namespace plocal::world {

/// Returns the three services of Personalize with all of their operations.
std::vector<telemetry::MeteredService> metered_services();

}  // namespace plocal::world
