// Clocks and lifecycles as JSON: as the calls and fixtures have them, and as the database keeps them. Pure.
#pragma once

#include <optional>
#include <vector>

#include "server/base/json.h"
#include "server/service/lifecycle/clock.h"
#include "server/service/lifecycle/overrides.h"

namespace plocal::snapshot {

/// `{"mode": "frozen", "now": "2026-01-31T12:00:00Z", "speed": 1}`.
base::Json to_json(const lifecycle::ClockState& state);

/// What a call asks of a clock; what is absent stays as it is.
struct ClockChange {
    std::optional<bool> is_frozen;
    std::optional<base::Instant> now;
    std::optional<double> speed;

    /// These changes, and where they are silent the `other` ones.
    ClockChange over(const ClockChange& other) const;

    /// The clock changed so, going on from its moment where no other is given. May be set back.
    lifecycle::Clock applied_to(lifecycle::Clock clock) const;
};
ClockChange read_clock_change(const base::Json& json, std::vector<base::Problem>& problems);

/// `{"default": {...}, "batchInferenceJob": {...}}`; kinds without a status are problems.
base::Json to_json(const lifecycle::PlanChanges& changes);
lifecycle::PlanChanges read_plan_changes(const base::Json& json, std::vector<base::Problem>& problems);

/// A state as the database keeps it, with the machine's moment; nothing for a text that is none.
std::string stored_text(const lifecycle::ClockState& state);
std::optional<lifecycle::ClockState> stored_clock(const std::string& text);

}  // namespace plocal::snapshot
