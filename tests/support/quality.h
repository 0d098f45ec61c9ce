// How well user-personalization and personalized-ranking find the last item of each user, which they are not trained
// on, beside plain popularity and the plain cosine of items.
#pragma once

#include <cstdint>
#include <vector>

#include "tests/support/taste_world.h"

namespace plocal::test {

/// Shares of the users.
struct HitRates {
    double top_25 = 0;         // the item is among the best 25 that the user has not had
    double top_10_of_100 = 0;  // the item is among the first ten of itself and 99 others, drawn by popularity
};

struct Quality {
    HitRates model;
    HitRates popularity;
    HitRates cosine;
};

Quality measure_quality(const std::vector<TasteRow>& rows, std::uint64_t seed);

}  // namespace plocal::test
