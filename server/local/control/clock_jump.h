// A move of a clock to a later moment by a call: slice by slice, so that other requests are answered in between. They
// see the world as it is at the moment that the clock has come to. On the thread that owns the world.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "server/base/instant.h"
#include "server/base/json.h"
#include "server/local/control/control_error.h"
#include "server/local/control/long_call.h"
#include "server/local/world/world.h"
#include "server/service/resources/due.h"

namespace plocal::control {

class ClockJump {
public:
    /// The world must outlive it. An account is twelve digits, or "" for the common clock.
    ClockJump(world::World& world, std::string account) : world_(world), account_(std::move(account)) {}

    /// The clock that moves. The reference lives until that clock is changed.
    lifecycle::Clock& clock() { return world_.tenants().clocks.of(account_); }

    /// The latest moment that a clock can show: ISO-8601 can write no later one.
    static base::Instant latest_moment();

    /// Claims the clock, so that no other jump of it begins before `end`. Returns false while another one has begun.
    /// Does nothing for a jump that has begun itself.
    bool begin();

    /// Heads for a moment. Must have begun. Throws ControlError (400) for one after the latest.
    void aim(base::Instant moment);

    /// Returns true from `aim` until the clock is there or the bound stops it.
    bool is_under_way() const { return target_.has_value(); }

    /// Does one slice, which begins no work after `end`. Must be under way. Throws SqlError; ControlError (409) where
    /// another call has set the clock back meanwhile.
    void step(RealTime end);

    /// Stops here, and notes why for the log: "after 100 rounds".
    void bound(std::string why);
    bool is_bounded() const { return !bound_.empty(); }

    /// Frees the clock for other jumps. Does nothing for one that has not begun. A ControlError has done so.
    void end();

    /// Returns the clock and what the jump did and what has stopped it, where there is anything to tell:
    /// `{"mode", "now", "speed", "done", "stopped"}`.
    base::Json answer();

    /// Ends the jump. Returns the refusal where the server stops meanwhile: 503, with how far the clock has come.
    ControlError refusal_at_stop();

private:
    resources::DueDone done() const;

    world::World& world_;
    std::string account_;
    std::shared_ptr<world::ClockMove> move_;  // from `begin` to `end`
    resources::DueDone done_;                 // by moves that have ended
    std::optional<base::Instant> target_;
    base::Instant reached_{};  // by the last slice
    std::string bound_;        // what has stopped it
};

}  // namespace plocal::control
