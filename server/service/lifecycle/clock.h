// What time it is for the service. The only room that asks the machine. For one thread.
#pragma once

#include <chrono>
#include <optional>

#include "server/base/instant.h"

namespace plocal::lifecycle {

enum class ClockMode { real, frozen };

/// A clock as it can be kept and set up again.
struct ClockState {
    ClockMode mode = ClockMode::real;
    double speed = 1;         // service seconds that pass in a real one, where the mode is real
    base::Instant service{};  // the service's moment when the state was taken
    base::Instant real{};     // the machine's moment then

    bool operator==(const ClockState&) const = default;
};

/// Service time, which never runs back: the machine's own, shifted, sped up, or standing still.
class Clock {
public:
    inline static constexpr double slowest = 0.001;
    inline static constexpr double fastest = 1'000'000;

    /// The machine's time.
    static Clock real();

    /// Stands still at this moment until it is advanced.
    static Clock frozen(base::Instant at);

    /// Goes on from a kept state: a frozen clock where it stood; any other as if it had gone on at normal speed in
    /// the meantime, then at its own. Never before `last_told`.
    static Clock resumed(const ClockState& state, base::Instant last_told);

    /// Never earlier than a moment that was told before, whatever happens to the machine's clock.
    base::Instant now();

    ClockState state();
    bool is_frozen() const { return state_.mode == ClockMode::frozen; }

    /// Goes on from the present service moment in another mode or at another speed, which must lie between slowest and
    /// fastest.
    void set(ClockMode mode, double speed);

    /// Goes on from `moment`, which must not be before now().
    void jump_to(base::Instant moment);

    /// Goes on from `by` later; `by` must not be negative.
    void advance(std::chrono::milliseconds by) { jump_to(now() + by); }

    /// How long in real time until the service's clock reaches a moment; nothing where it stands still. Zero for
    /// moments that have come.
    std::optional<std::chrono::milliseconds> real_time_until(base::Instant moment);

private:
    explicit Clock(ClockState state) : state_(state) {}

    base::Instant now(base::Instant machine);

    ClockState state_;
    base::Instant last_told_{};
};

}  // namespace plocal::lifecycle
