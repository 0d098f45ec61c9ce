// Automatic training: when a solution makes its next version by itself. Pure.
// https://docs.aws.amazon.com/personalize/latest/dg/solution-config-auto-training.html
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "server/base/instant.h"
#include "server/base/json.h"

namespace plocal::operations {

/// The first training once it is on from this moment: within an hour, by the seed.
base::Instant first_training(std::string_view solution_arn, std::uint64_t seed, base::Instant on);

/// How long it is from one training to the next: by the solution's schedule, seven days where it has none. Throws
/// ApiError for a schedule that is none.
std::chrono::milliseconds training_period(const base::Json& solution);

/// The first moment behind `now` of those that come every period from `first` on.
base::Instant next_training(base::Instant first, std::chrono::milliseconds period, base::Instant now);

}  // namespace plocal::operations
