// A point in time on the service's clock. The only form of time that is stored.
#pragma once

#include <chrono>

namespace plocal::base {

/// Milliseconds since 1970-01-01T00:00Z: the resolution of the service's own timestamps.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

}  // namespace plocal::base
