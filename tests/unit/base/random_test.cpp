#include "server/base/random.h"

#include <array>
#include <set>
#include <vector>

#include <gtest/gtest.h>

namespace plocal::base {
namespace {

using namespace std::chrono_literals;

const RandomKey name{7, "111111111111", "batchInferenceJob", "parent", 3};

TEST(RandomBits, AreTheSameForTheSameKey) {
    EXPECT_EQ(random_bits(name), random_bits(name));
}

TEST(RandomBits, DependOnEveryPartOfTheKey) {
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

TEST(RandomFraction, IsUniformlyDistributed) {
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

}  // namespace
}  // namespace plocal::base
