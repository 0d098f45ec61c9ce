#include "server/app/engine/backlog.h"

#include <algorithm>
#include <vector>

namespace plocal::engine {

using world::BehindClock;

void Backlog::run(lifecycle::ClockReadings& readings, const std::optional<std::string>& account,
                  std::shared_ptr<LateRequest>& request) {
    const std::vector<BehindClock> behind = world_.due().behind(readings, account);
    if (behind.empty()) return;
    if (!request) request = std::make_shared<LateRequest>(LateRequest{.arrival = readings});
    request->runs_slices = false;
    const auto end = world_.due().end_of_slice();
    for (const BehindClock& each : behind) {
        const std::shared_ptr<LateRequest> other = runners_[each.clock].lock();
        if (other && other != request) continue;
        if (world_.due().run_slice(each.clock, readings, end)) {
            runners_.erase(each.clock);
            continue;
        }
        runners_[each.clock] = request;
        request->runs_slices = true;
        return;
    }
}

bool Backlog::is_left(lifecycle::ClockReadings& readings, const std::optional<std::string>& account,
                      LateRequest& request) {
    const std::vector<BehindClock> behind = world_.due().behind(readings, account);
    return std::ranges::any_of(
        behind, [&request](const BehindClock& each) { return each.since <= request.arrival.now_of(each.clock); });
}

}  // namespace plocal::engine
