// Thousands of random walks over batch inference jobs, each step compared with a reference model. A walk that fails is
// shortened and printed with its seed; the environment variable PLOCAL_WALK_SEED runs that walk alone.
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/walks.h"
#include "tests/unit/local/control/walk.h"

namespace plocal::control {
namespace {

using support::Walks;

constexpr int jobs = 4;
constexpr int choices = 24;

/// Returns the first difference of a walk, or an empty text. Sets `steps` to the number of steps taken.
std::string find_difference(const std::vector<WalkStep>& walk, bool has_file, std::size_t& steps) {
    Walk world(has_file);
    for (steps = 0; steps < walk.size();) {
        std::string found = world.take(walk[steps++]);
        if (!found.empty()) return found;
    }
    return {};
}

std::vector<WalkStep> random_walk(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    const auto below = [&random](int bound) { return static_cast<int>(random() % static_cast<std::uint64_t>(bound)); };
    // Creations, Describes and advances are more frequent than other steps.
    const Move moves[] = {
        Move::create,     Move::create,        Move::create,  Move::describe,  Move::describe,
        Move::describe,   Move::list,          Move::history, Move::history,   Move::wait,
        Move::wait,       Move::advance,       Move::advance, Move::advance,   Move::advance_until_idle,
        Move::transition, Move::transition_to, Move::plan,    Move::fail_rule, Move::throttle_rule,
        Move::restart,    Move::advance,       Move::describe};
    std::vector<WalkStep> walk(static_cast<std::size_t>(5 + below(35)));
    for (WalkStep& step : walk) {
        const Move move = below(60) == 0 ? Move::reset : moves[below(static_cast<int>(std::size(moves)))];
        step = {move, below(jobs), below(choices)};
    }
    return walk;
}

Walks<WalkStep> walks(bool has_file) {
    return {random_walk, find_difference, to_text, has_file};
}

/// Each part is a test of its own, so that ctest runs them in parallel.
class RandomWalks : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomWalks, AreWhatTheReferenceMachineSays) {
    walk_from(walks(false), 1'000 * GetParam(), 500);
}

INSTANTIATE_TEST_SUITE_P(Part, RandomWalks, testing::Values(1, 2, 3, 4));

TEST(RandomWalksOnAFile, AreTheSameOverRestarts) {
    walk_from(walks(true), 10'000, 200);
}

}  // namespace
}  // namespace plocal::control
