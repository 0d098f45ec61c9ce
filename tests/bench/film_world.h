// A world of films for benchmarks: 100,000 interactions of 10,000 users with 10,000 items, and campaigns with the
// filters "genre" and "bought".
#pragma once

#include <string>

#include "server/base/json.h"

namespace plocal::bench {

inline constexpr int item_count = 10'000;
inline constexpr int user_count = 10'000;

/// The ARN of a resource in the default account and region.
std::string arn(const std::string& name);

/// The fixtures document, with the campaigns "personal", "popular" and "sims" and a version of each.
base::Json film_world();

}  // namespace plocal::bench
