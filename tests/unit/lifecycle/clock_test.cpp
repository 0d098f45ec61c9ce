#include "server/lifecycle/clock.h"

#include <gtest/gtest.h>

#include "tests/unit/lifecycle/moment.h"

namespace plocal::lifecycle {
namespace {

using namespace std::chrono_literals;

TEST(Clock, StandsStillWhileItIsFrozen) {
    Clock clock = Clock::frozen(at("2026-01-31T12:00:00.123Z"));
    EXPECT_TRUE(clock.is_frozen());
    EXPECT_EQ(clock.now(), at("2026-01-31T12:00:00.123Z"));
    EXPECT_EQ(clock.now(), at("2026-01-31T12:00:00.123Z"));
}

TEST(Clock, MovesByWhatAFrozenOneIsAdvanced) {
    Clock clock = Clock::frozen(at("2026-01-31T23:59:59Z"));
    clock.advance(1500ms);
    EXPECT_EQ(clock.now(), at("2026-02-01T00:00:00.500Z"));
    clock.advance(0ms);
    EXPECT_EQ(clock.now(), at("2026-02-01T00:00:00.500Z"));
}

TEST(Clock, TellsTheMachinesTimeInMillisecondsAndNeverAnEarlierOne) {
    const auto before = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    Clock clock = Clock::real();
    EXPECT_FALSE(clock.is_frozen());
    storage::Instant last = clock.now();
    EXPECT_GE(last, before);
    for (int i = 0; i < 1000; ++i) {
        const storage::Instant now = clock.now();
        ASSERT_GE(now, last);
        last = now;
    }
}

}  // namespace
}  // namespace plocal::lifecycle
