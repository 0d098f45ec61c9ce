#include "server/service/recommender/exact_math.h"

#include <cmath>

#include <gtest/gtest.h>

namespace plocal::recommender {
namespace {

TEST(ExactMath, ComputesPowersOfE) {
    EXPECT_EQ(exact_exp(0), 1.0);
    EXPECT_DOUBLE_EQ(exact_exp(1), 0x1.5bf0a8b145769p+1);
    for (double x = -690; x < 690; x += 0.37) EXPECT_NEAR(exact_exp(x) / std::exp(x), 1, 1e-12) << x;
}

TEST(ExactMath, KeepsPowersOfEFinite) {
    EXPECT_EQ(exact_exp(10'000), exact_exp(700));
    EXPECT_EQ(exact_exp(-10'000), exact_exp(-700));
    EXPECT_GT(exact_exp(-10'000), 0);
    EXPECT_TRUE(std::isfinite(exact_exp(10'000)));
}

// Fidelity: seen | Scores are rounded to seven decimals | aws-samples/amazon-personalize-samples,
//   personalized_ranking/personalize_ranking_example.ipynb
TEST(ExactMath, RoundsScoresToSevenDecimals) {
    const struct {
        const char* name;
        double x;
        double rounded;
    } cases[] = {
        {"zero", 0, 0},
        {"one", 1, 1},
        {"down", 0.12345674, 0.1234567},
        {"up", 0.12345678, 0.1234568},
        {"tiny", 0.00000171, 1.7e-6},
        {"below half of the last decimal", 4.9e-8, 0},
        {"almost one", 0.99999996, 1},
    };
    for (const auto& each : cases) EXPECT_EQ(rounded_score(each.x), each.rounded) << each.name;
}

}  // namespace
}  // namespace plocal::recommender
