// Service time: the machine's time, shifted, sped up or frozen. The only room that reads the machine's clock. For one
// thread at a time.
#pragma once

#include <chrono>
#include <optional>

#include "server/base/instant.h"

namespace plocal::lifecycle {

enum class ClockMode { real, frozen };

/// The state of a clock, to store it and to restore it.
struct ClockState {
    ClockMode mode = ClockMode::real;
    double speed = 1;         // service seconds per machine second; used in mode real only
    base::Instant service{};  // service time when the state was taken
    base::Instant real{};     // machine time at that moment

    bool operator==(const ClockState&) const = default;
};

/// A clock whose time never runs back.
class Clock {
public:
    inline static constexpr double slowest = 0.001;
    inline static constexpr double fastest = 1'000'000;

    /// A clock that shows the machine's time.
    static Clock real();

    /// A clock that stands still at this moment until it is advanced.
    static Clock frozen(base::Instant at);

    /// Restores a stored clock. A frozen one stands where it stood. A real one has gone on at normal speed since the
    /// state was taken, and goes on at its own speed. The result is never earlier than `last_reading`.
    static Clock resumed(const ClockState& state, base::Instant last_reading);

    /// Service time now. Never earlier than an earlier result, even where the machine's clock is set back.
    base::Instant now();

    ClockState state();
    bool is_frozen() const { return state_.mode == ClockMode::frozen; }

    /// Whether service time runs faster than the machine's.
    bool is_fast() const { return state_.mode == ClockMode::real && state_.speed > 1; }

    /// Changes mode and speed; service time goes on from the present moment. `speed` must lie between `slowest` and
    /// `fastest`.
    void set(ClockMode mode, double speed);

    /// Sets service time to `moment`, which must not be before now().
    void jump_to(base::Instant moment);

    /// Sets service time `by` later; `by` must not be negative.
    void advance(std::chrono::milliseconds by) { jump_to(now() + by); }

    /// The machine time until service time reaches `moment`: zero for a moment that has come, nothing where the clock
    /// is frozen before it.
    std::optional<std::chrono::milliseconds> real_time_until(base::Instant moment);

private:
    explicit Clock(ClockState state) : state_(state) {}

    base::Instant now(base::Instant machine);

    ClockState state_;
    base::Instant last_reading_{};
};

}  // namespace plocal::lifecycle
