// Calls whose answer is made in steps: in each turn as many as a hold of the gate may take. On the thread that owns the
// world.
#pragma once

#include <chrono>
#include <memory>
#include <utility>

#include "server/local/control/control_error.h"
#include "server/local/control/long_call.h"

namespace plocal::control {

/// Returns the call that is answered by `making->take()` once `making->step()` returns false. `longest_turn` is how
/// long after the beginning of a turn a step may begin. `unfinished` is a literal: what the 503 says where the server
/// stops.
template <typename Making>
LongCall in_steps(std::shared_ptr<Making> making, std::chrono::milliseconds longest_turn, const char* unfinished) {
    return {"", [making = std::move(making), longest_turn, unfinished](RealTime now, bool is_stopping) -> Checked {
                if (is_stopping) throw ControlError(503, unfinished);
                while (making->step()) {
                    if (std::chrono::steady_clock::now() - now >= longest_turn) return now;
                }
                return making->take();
            }};
}

}  // namespace plocal::control
