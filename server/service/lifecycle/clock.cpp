#include "server/service/lifecycle/clock.h"

#include <algorithm>
#include <cmath>

namespace plocal::lifecycle {
namespace {

using base::Instant;
using std::chrono::milliseconds;

Instant machine_now() {
    return std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
}

}  // namespace

Clock Clock::real() {
    const Instant now = machine_now();
    return Clock({ClockMode::real, 1, now, now});
}

Clock Clock::frozen(Instant at) {
    return Clock({ClockMode::frozen, 1, at, machine_now()});
}

Clock Clock::resumed(const ClockState& state, Instant last_reading) {
    const Instant now = machine_now();
    Clock clock({state.mode, state.speed, state.service, now});
    if (state.mode == ClockMode::real) clock.state_.service += std::max(now - state.real, milliseconds(0));
    clock.state_.service = std::max(clock.state_.service, last_reading);
    return clock;
}

Instant Clock::now() {
    return now(machine_now());
}

Instant Clock::now(Instant machine) {
    Instant now = state_.service;
    if (state_.mode == ClockMode::real) {
        const milliseconds passed = machine - state_.real;
        now +=
            state_.speed == 1 ? passed : milliseconds(std::llround(static_cast<double>(passed.count()) * state_.speed));
    }
    last_reading_ = std::max(last_reading_, now);
    return last_reading_;
}

ClockState Clock::state() {
    const Instant machine = machine_now();
    return {state_.mode, state_.speed, now(machine), machine};
}

void Clock::set(ClockMode mode, double speed) {
    const Instant machine = machine_now();
    state_ = {mode, speed, now(machine), machine};
}

void Clock::jump_to(Instant moment) {
    state_ = {state_.mode, state_.speed, moment, machine_now()};
}

std::optional<milliseconds> Clock::real_time_until(Instant moment) {
    const milliseconds left = std::max(moment - now(), milliseconds(0));
    if (state_.mode == ClockMode::frozen && left.count() > 0) return std::nullopt;
    return milliseconds(static_cast<std::int64_t>(std::ceil(static_cast<double>(left.count()) / state_.speed)));
}

}  // namespace plocal::lifecycle
