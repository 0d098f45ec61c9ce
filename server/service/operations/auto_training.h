// Automatic training: a solution makes its next version by itself, on its schedule.
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

/// The first training of a solution that trains by itself from `on`: within an hour, by the seed. Pure.
base::Instant first_training(std::string_view solution_arn, std::uint64_t seed, base::Instant on);

/// The time from one training to the next: by the solution's schedule, seven days where it has none. Throws ApiError for
/// a schedule that is not one. Pure.
std::chrono::milliseconds training_period(const base::Json& solution);

/// The first moment after `now` of those that come every `period` from `first` on. Pure.
base::Instant next_training(base::Instant first, std::chrono::milliseconds period, base::Instant now);

/// The due hook of solutions.
std::optional<base::Instant> next_training_of(const storage::Record& solution, std::uint64_t seed,
                                              base::Instant stable_at);
void train_when_due(resources::Context& context, storage::Record& solution, base::Instant now);

}  // namespace plocal::operations
