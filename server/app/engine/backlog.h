// Lets requests wait while much work is due, as after a long time without requests: it is done in slices, and requests
// that do not depend on it are answered in between. On the thread that owns the world.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "server/local/world/world.h"
#include "server/service/lifecycle/clocks.h"

namespace plocal::engine {

/// A request that came while work was due.
struct LateRequest {
    lifecycle::ClockReadings arrival;  // the clocks when it came: it waits for what was due then
    std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
    bool runs_slices = false;  // each check of it does a slice
};

class Backlog {
public:
    /// The world must outlive this.
    explicit Backlog(world::World& world) : world_(world) {}

    /// Does a slice of the work that is due on the clock of this account, or on all clocks for none. Skips the clocks
    /// whose slices another request does that waits. Sets `request` if it is null and there was any work; it must be
    /// kept as long as the request waits. Throws SqlError.
    void run(lifecycle::ClockReadings& readings, const std::optional<std::string>& account,
             std::shared_ptr<LateRequest>& request);

    /// Returns true where work is left that was due on that clock, or on any clock for none, when the request came.
    bool is_left(lifecycle::ClockReadings& readings, const std::optional<std::string>& account, LateRequest& request);

private:
    world::World& world_;
    std::map<std::string, std::weak_ptr<LateRequest>> runners_;  // by clock: who does the slices of its work
};

}  // namespace plocal::engine
