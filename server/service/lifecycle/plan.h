// How a new resource shall live. Plain values, and their one spelling in JSON, which `_local` in fixtures has.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/duration.h"
#include "server/base/json.h"
#include "server/base/problem.h"

namespace plocal::lifecycle {

/// What lets a resource move on: time passing, nothing at all (it is born in its last status), a number of Describe
/// calls a status, or a command.
enum class Progression { time, immediate, calls, manual };

std::optional<Progression> parse_progression(std::string_view text);
std::string_view progression_text(Progression progression);
inline constexpr std::string_view progression_form = "time, immediate, calls or manual";

inline constexpr std::int64_t most_calls = 1'000'000;
inline constexpr std::string_view calls_form = "a whole number of calls from 1 to 1000000";

struct Plan {
    Progression progression = Progression::time;
    base::DurationRange pending = std::chrono::milliseconds(1'000);
    base::DurationRange in_progress = std::chrono::milliseconds(2'000);
    std::int64_t calls = 2;
    bool fails = false;  // ends as CREATE FAILED, else as ACTIVE
    std::string failure_reason;
    std::uint64_t seed = 0;  // of what is drawn from the ranges
};

/// What someone asks to be different from a plan; what is absent stays.
struct PlanChange {
    std::optional<Progression> progression;
    std::optional<base::DurationRange> pending;
    std::optional<base::DurationRange> in_progress;
    std::optional<std::int64_t> calls;
    std::optional<bool> fails;
    std::optional<std::string> failure_reason;

    Plan applied_to(Plan plan) const;

    /// These changes, and where they are silent the `other` ones.
    PlanChange over(const PlanChange& other) const;

    bool operator==(const PlanChange&) const = default;
};

/// Reads `{"pending": "2s", "inProgress": "5s", "outcome": "CREATE FAILED", "failureReason": "...",
/// "progression": "manual", "calls": 3}`, each optional. What is wrong is added to `problems`, all of it.
PlanChange read_plan_change(const base::Json& json, std::vector<base::Problem>& problems);

/// What `read_plan_change` reads back to the same.
base::Json to_json(const PlanChange& change);

}  // namespace plocal::lifecycle
