// Whether personal recipes find what users like, on a small world where it can be found. The figures are bounds that
// leave room for tuning; tests/bench/recommender.cpp prints the exact ones.
#include "tests/support/quality.h"

#include <gtest/gtest.h>

#include "tests/support/taste_world.h"

namespace plocal::test {
namespace {

TEST(RecommenderQuality, IsAbovePopularityAndNearThePlainCosine) {
    const Quality quality = measure_quality(rows_of({.seed = 5, .users = 300, .items = 1'000}), 1);
    EXPECT_GT(quality.popularity.top_25, 0.05) << "else the ratios say nothing";
    EXPECT_GE(quality.model.top_25, 1.3 * quality.popularity.top_25);
    EXPECT_GE(quality.model.top_25, 0.9 * quality.cosine.top_25);
    EXPECT_GE(quality.model.top_10_of_100, 1.7 * quality.popularity.top_10_of_100);
}

}  // namespace
}  // namespace plocal::test
