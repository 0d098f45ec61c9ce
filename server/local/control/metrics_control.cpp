#include "server/local/control/metrics_control.h"

#include <utility>
#include <vector>

#include "server/local/control/data_reading.h"
#include "server/model/service.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/resources/kinds.h"

namespace plocal::control {
namespace {

using world::World;

// Beyond so many resources in progress of one account, the last to become stable are counted as if they were stable.
constexpr std::size_t most_moving = 10'000;

std::string shown_status(World& world, const std::string& kind, std::string_view status) {
    const resources::Kind& row = resources::kind_named(kind);
    return std::string(resources::displayed_status(row, status, world.settings().status_names));
}

std::vector<telemetry::ResourceCount> resources_by_status(World& world) {
    std::vector<telemetry::ResourceCount> counts;
    for (const storage::StatusCount& each : world.store().counts().by_stable_status()) {
        counts.push_back({each.kind, shown_status(world, each.kind, each.status), each.count});
    }
    for (const std::string& account : world.store().counts().accounts()) {
        const base::Instant now = world.tenants().clocks.of(account).now();
        for (const storage::ResourceInTransition& each :
             world.store().counts().in_transition(account, now, most_moving)) {
            counts.push_back({each.kind, shown_status(world, each.kind, each.stable_status), -1});
            counts.push_back(
                {each.kind, shown_status(world, each.kind, lifecycle::state_at(each.timeline, now).status), 1});
        }
    }
    return counts;
}

}  // namespace

std::string metrics_text(World& world, std::chrono::steady_clock::duration uptime) {
    return world.metrics().text({.resources = resources_by_status(world),
                                 .rows = row_counts(world, ""),
                                 .uptime = std::chrono::duration_cast<std::chrono::milliseconds>(uptime),
                                 .resident_bytes = telemetry::resident_bytes()});
}

}  // namespace plocal::control
