// How a resource passes its statuses: a plan, and changes to a plan with their JSON form (the `_local` member of
// fixtures, the lifecycle of rules and `/_local/lifecycle`). Plain values, for any thread.
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

/// What ends a status: time, nothing (the resource is created in its final status), a number of Describe calls, or a
/// command.
enum class Progression { time, immediate, calls, manual };

/// The progression of a name, as `progression_text` spells it; nothing for any other text.
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
    bool fails = false;             // the transition ends in its failed status, else in its success
    std::string failure_reason;     // for a failure; a sentence of ours stands in for an empty one
    std::uint64_t seed = 0;         // for values drawn from the ranges
    bool does_work = false;         // the kind's creation stands for work, which has to be done too
    bool is_outcome_given = false;  // a rule or a fixture has set the outcome, which beats that of the work
};

/// Changes to a plan. An absent member changes nothing.
struct PlanChange {
    std::optional<Progression> progression;
    std::optional<base::DurationRange> pending;
    std::optional<base::DurationRange> in_progress;
    std::optional<std::int64_t> calls;
    std::optional<bool> fails;
    std::optional<std::string> failure_reason;

    Plan applied_to(Plan plan) const;

    /// These changes, with `other` for each absent member.
    PlanChange over(const PlanChange& other) const;

    bool operator==(const PlanChange&) const = default;
};

/// Reads `{"pending": "2s", "inProgress": "5s", "outcome": "CREATE FAILED", "failureReason": "...",
/// "progression": "manual", "calls": 3}`, each member optional. Adds every problem to `problems`, with its JSON
/// pointer; the result is meaningful only where none was added.
PlanChange read_plan_change(const base::Json& json, std::vector<base::Problem>& problems);

/// The JSON form, which `read_plan_change` reads back to an equal value.
base::Json to_json(const PlanChange& change);

}  // namespace plocal::lifecycle
