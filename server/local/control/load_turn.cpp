#include "server/local/control/load_turn.h"

#include <chrono>

namespace plocal::control {

std::optional<RealTime> take_turn(world::World& world, world::Loading& loading, RealTime now) {
    constexpr std::chrono::milliseconds pause_while_waiting(2);
    for (;;) {
        const world::Loading::Progress progress = loading.step();
        if (progress == world::Loading::Progress::is_over) return std::nullopt;
        if (progress == world::Loading::Progress::waits) return now + pause_while_waiting;
        if (std::chrono::steady_clock::now() - now >= world.settings().due.slice_time) return now;
    }
}

}  // namespace plocal::control
