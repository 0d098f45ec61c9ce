// Automatic training: when a solution makes its next version by itself. Pure.
// https://docs.aws.amazon.com/personalize/latest/dg/solution-config-auto-training.html
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "server/model/json.h"
#include "storage/instant.h"

namespace plocal::operations {

/// The first moment behind `after` at which a solution trains: within an hour of its creation, by the seed, and from
/// then on by its schedule, every seven days where it has none. Nothing where it does not train by itself.
std::optional<storage::Instant> next_training(const model::Json& solution, std::string_view arn,
                                              storage::Instant created, std::uint64_t seed, storage::Instant after);

/// Whether this moment is the solution's first, which it passes over where it has been trained by hand already.
bool is_first_training(std::string_view arn, storage::Instant created, std::uint64_t seed, storage::Instant moment);

}  // namespace plocal::operations
