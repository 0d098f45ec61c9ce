#include "server/base/random.h"

#include <array>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "server/service/lifecycle/timeline_state.h"

namespace plocal::base {
namespace {

using lifecycle::drawn;

using namespace std::chrono_literals;

const RandomKey name{7, "111111111111", "batchInferenceJob", "parent", 3};

TEST(Draw, IsTheSameForTheSameName) {
    EXPECT_EQ(random_bits(name), random_bits(name));
}

TEST(Draw, IsAnotherForEveryPartOfAName) {
    std::set<std::uint64_t> bits;
    const std::vector<RandomKey> names = {
        name,
        {8, "111111111111", "batchInferenceJob", "parent", 3},
        {7, "222222222222", "batchInferenceJob", "parent", 3},
        {7, "111111111111", "filter", "parent", 3},
        {7, "111111111111", "batchInferenceJob", "other", 3},
        {7, "111111111111", "batchInferenceJob", "parent", 4},
        {7, "", "111111111111batchInferenceJob", "parent", 3},
        {7, "111111111111", "batchInferenceJobparent", "", 3},
        {3, "111111111111", "batchInferenceJob", "parent", 7},
    };
    for (const RandomKey& each : names) bits.insert(random_bits(each));
    EXPECT_EQ(bits.size(), names.size());
}

TEST(Draw, IsSpreadEvenly) {
    std::array<int, 10> tenths{};
    for (std::int64_t ordinal = 0; ordinal < 10'000; ++ordinal) {
        const double fraction = random_fraction({1, "account", "kind", "parent", ordinal});
        ASSERT_GE(fraction, 0.0);
        ASSERT_LT(fraction, 1.0);
        ++tenths[static_cast<std::size_t>(fraction * 10)];
    }
    for (const int count : tenths) {
        EXPECT_GT(count, 850);
        EXPECT_LT(count, 1150);
    }
}

constexpr const char* arn = "arn:aws:personalize:us-east-1:000000000000:batch-inference-job/one";

Plan drawn_plan(std::uint64_t seed, std::string_view kind, std::string_view of) {
    Plan plan;
    plan.pending = DurationRange(1s, 1h);
    plan.in_progress = DurationRange(1s, 1h);
    plan.seed = seed;
    return drawn(plan, kind, of);
}

TEST(Draw, SettlesEachRangeOfAPlanByItself) {
    const Plan plan = drawn_plan(1, "batchInferenceJob", arn);
    EXPECT_EQ(plan.pending.from, plan.pending.to);
    EXPECT_EQ(plan.in_progress.from, plan.in_progress.to);
    EXPECT_NE(plan.pending, plan.in_progress);
    EXPECT_GE(plan.pending.from, 1s);
    EXPECT_LE(plan.pending.from, 1h);
}

TEST(Draw, OfAPlanFollowsFromSeedKindAndArn) {
    const Plan plan = drawn_plan(1, "batchInferenceJob", arn);
    EXPECT_EQ(drawn_plan(1, "batchInferenceJob", arn).pending, plan.pending);
    EXPECT_NE(drawn_plan(2, "batchInferenceJob", arn).pending, plan.pending);
    EXPECT_NE(drawn_plan(1, "filter", arn).pending, plan.pending);
    EXPECT_NE(drawn_plan(1, "batchInferenceJob", "other").pending, plan.pending);
}

TEST(Draw, LeavesAPlainDurationAsItIs) {
    const Plan plan;
    EXPECT_EQ(drawn(plan, "batchInferenceJob", arn).pending, plan.pending);
    EXPECT_EQ(drawn(plan, "batchInferenceJob", arn).in_progress, plan.in_progress);
}

}  // namespace
}  // namespace plocal::base
