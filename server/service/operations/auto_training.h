// Automatic training: creates solution versions on a solution's schedule. On the thread that owns the store.
// https://docs.aws.amazon.com/personalize/latest/dg/solution-config-auto-training.html
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "server/base/instant.h"
#include "server/base/json.h"
#include "server/service/resources/context.h"
#include "server/service/resources/hooks.h"
#include "storage/record.h"

namespace plocal::operations {

/// Returns the time of the first training after automatic training was turned on at `on`: within an hour, drawn by the
/// seed. Pure.
base::Instant first_training(std::string_view solution_arn, std::uint64_t seed, base::Instant on);

/// Returns the period of the solution's schedule, or seven days if it has none. Throws ApiError for an invalid
/// schedule. Pure.
std::chrono::milliseconds training_period(const base::Json& solution);

/// Returns the first time after `now` among `first`, `first + period`, `first + 2 * period` and so on. Pure.
base::Instant next_training(base::Instant first, std::chrono::milliseconds period, base::Instant now);

/// The due hook of solutions: see DueHook::next and DueHook::run. A training is counted under "trainings", one that is
/// due without data under "skippedTrainings".
std::optional<base::Instant> next_training_of(const storage::Record& solution, std::uint64_t seed,
                                              base::Instant stable_at);
std::string_view train_when_due(resources::Context& context, storage::Record& solution);

}  // namespace plocal::operations
