// The setting `clock`: a clock of one account, or the common one. On the thread that owns the world.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "server/base/json.h"
#include "server/base/problem.h"
#include "server/local/world/tenant_setting.h"
#include "server/service/lifecycle/clock.h"

namespace plocal::world {

const TenantSetting& clock_setting();

/// `{"mode": "frozen", "now": "2026-01-31T12:00:00Z", "speed": 1}`.
base::Json to_json(const lifecycle::ClockState& state);

/// A change to a clock. What is absent stays as it is.
struct ClockChange {
    std::optional<bool> is_frozen;
    std::optional<base::Instant> now;
    std::optional<double> speed;

    /// Returns this change; what it leaves out is taken from `other`.
    ClockChange over(const ClockChange& other) const;

    /// Returns the changed clock. It goes on from the present moment of `clock`, or from `now`, which may be earlier.
    lifecycle::Clock applied_to(lifecycle::Clock clock) const;
};

/// Reads `{"mode": ..., "now": ..., "speed": ...}`, each optional. Adds what is wrong to `problems`.
ClockChange read_clock_change(const base::Json& json, std::vector<base::Problem>& problems);

/// A clock as the database has it, with the moment of the machine. It is stored `lead` ahead of its present moment.
base::Json stored_clock(lifecycle::Clock& clock, std::chrono::milliseconds lead);

}  // namespace plocal::world
