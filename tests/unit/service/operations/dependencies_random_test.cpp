// Random deployments: every part is made in a random order, deleted in a random legal order, and made again under the
// same names.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/deployment.h"

namespace plocal::operations {
namespace {

using support::Deployment;
using support::outcome;

using Random = std::mt19937_64;

/// Makes all parts. Returns the ARNs of those that a client can delete.
std::vector<std::string> make_in_any_order(Deployment& world, Random& random) {
    std::vector<std::string_view> names;
    for (const support::Part& part : support::parts()) names.push_back(part.name);
    std::ranges::shuffle(names, random);
    std::vector<std::string> deletable;
    for (const std::string_view name : names) {
        std::string made = world.make(name);
        const resources::Kind& kind = support::kind_of(made);
        if (!kind.has_status() || deletion_transition(kind) != nullptr) deletable.push_back(std::move(made));
    }
    return deletable;
}

/// Tries resources at random until all are deleted. A refusal says that others are to be deleted first.
void delete_in_any_order(Deployment& world, std::vector<std::string> remaining, Random& random) {
    constexpr int most_tries = 2'000;
    for (int tries = 0; !remaining.empty() && tries < most_tries; ++tries) {
        const std::size_t chosen = random() % remaining.size();
        const std::string answer = outcome(world.call_on("Delete", remaining[chosen]));
        if (answer == "200") {
            remaining.erase(remaining.begin() + static_cast<std::ptrdiff_t>(chosen));
        } else {
            EXPECT_EQ(answer.substr(0, answer.find(':')), "ResourceInUseException") << answer;
        }
        world.advance(std::chrono::milliseconds(random() % 1'500));
    }
    EXPECT_TRUE(remaining.empty()) << "the last is " << remaining.front();
    world.advance(std::chrono::seconds(3));
}

TEST(RandomDeployments, AreDeletedAndMadeAgainUnderTheSameNames) {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Random random(seed);
        Deployment world;
        for (int round = 0; round < 3; ++round) {
            delete_in_any_order(world, make_in_any_order(world, random), random);
            for (const std::string_view kind : support::creatable_kinds()) {
                EXPECT_TRUE(world.listed(kind).empty()) << kind << " in round " << round;
            }
            EXPECT_EQ(world.store().counts().total(), 0) << "in round " << round;
            world.forget();
        }
    }
}

}  // namespace
}  // namespace plocal::operations
