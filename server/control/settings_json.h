// Clocks and lifecycles as JSON: as the calls and fixtures have them, and as the database keeps them. Pure.
#pragma once

#include <optional>
#include <vector>

#include "server/lifecycle/clock.h"
#include "server/lifecycle/plan_book.h"
#include "server/model/json.h"

namespace plocal::control {

/// `{"mode": "frozen", "now": "2026-01-31T12:00:00Z", "speed": 1}`.
model::Json to_json(const lifecycle::ClockState& state);

/// What a call asks of a clock; what is absent stays as it is.
struct ClockChange {
    std::optional<bool> is_frozen;
    std::optional<storage::Instant> now;
    std::optional<double> speed;
};
ClockChange read_clock_change(const model::Json& json, std::vector<lifecycle::Problem>& problems);

/// `{"default": {...}, "batchInferenceJob": {...}}`; kinds without a status are problems.
model::Json to_json(const lifecycle::PlanChanges& changes);
lifecycle::PlanChanges read_plan_changes(const model::Json& json, std::vector<lifecycle::Problem>& problems);

/// A state as the database keeps it, with the machine's moment; nothing for a text that is none.
std::string kept_text(const lifecycle::ClockState& state);
std::optional<lifecycle::ClockState> kept_clock(const std::string& text);

}  // namespace plocal::control
