#include <chrono>
#include <string_view>

#include <gtest/gtest.h>

#include "server/service/lifecycle/timeline_change.h"

namespace plocal::lifecycle {
namespace {

using namespace std::chrono_literals;

constexpr const char* drawn_arn = "arn:aws:personalize:us-east-1:000000000000:batch-inference-job/one";

Plan drawn_plan(std::uint64_t seed, std::string_view kind, std::string_view of) {
    Plan plan;
    plan.pending = base::DurationRange(1s, 1h);
    plan.in_progress = base::DurationRange(1s, 1h);
    plan.seed = seed;
    return with_drawn_ranges(plan, kind, of);
}

TEST(DrawnRanges, SettlesEachRangeOfAPlanByItself) {
    const Plan plan = drawn_plan(1, "batchInferenceJob", drawn_arn);
    EXPECT_EQ(plan.pending.from, plan.pending.to);
    EXPECT_EQ(plan.in_progress.from, plan.in_progress.to);
    EXPECT_NE(plan.pending, plan.in_progress);
    EXPECT_GE(plan.pending.from, 1s);
    EXPECT_LE(plan.pending.from, 1h);
}

TEST(DrawnRanges, OfAPlanFollowsFromSeedKindAndArn) {
    const Plan plan = drawn_plan(1, "batchInferenceJob", drawn_arn);
    EXPECT_EQ(drawn_plan(1, "batchInferenceJob", drawn_arn).pending, plan.pending);
    EXPECT_NE(drawn_plan(2, "batchInferenceJob", drawn_arn).pending, plan.pending);
    EXPECT_NE(drawn_plan(1, "filter", drawn_arn).pending, plan.pending);
    EXPECT_NE(drawn_plan(1, "batchInferenceJob", "other").pending, plan.pending);
}

TEST(DrawnRanges, LeavesAPlainDurationAsItIs) {
    const Plan plan;
    EXPECT_EQ(with_drawn_ranges(plan, "batchInferenceJob", drawn_arn).pending, plan.pending);
    EXPECT_EQ(with_drawn_ranges(plan, "batchInferenceJob", drawn_arn).in_progress, plan.in_progress);
}

}  // namespace
}  // namespace plocal::lifecycle
