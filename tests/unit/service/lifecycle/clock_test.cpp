#include "server/service/lifecycle/clock.h"

#include <gtest/gtest.h>

#include "tests/unit/service/lifecycle/moment.h"

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
    base::Instant last = clock.now();
    EXPECT_GE(last, before);
    for (int i = 0; i < 1000; ++i) {
        const base::Instant now = clock.now();
        ASSERT_GE(now, last);
        last = now;
    }
}

TEST(Clock, GoesOnFromThePresentMomentInAnotherMode) {
    Clock clock = Clock::frozen(at("2030-01-01T00:00:00Z"));
    clock.set(ClockMode::real, 1);
    EXPECT_FALSE(clock.is_frozen());
    EXPECT_GE(clock.now(), at("2030-01-01T00:00:00Z"));
    EXPECT_LT(clock.now(), at("2030-01-01T01:00:00Z"));
    clock.set(ClockMode::frozen, 1);
    const base::Instant stopped = clock.now();
    EXPECT_EQ(clock.now(), stopped);
    EXPECT_TRUE(clock.is_frozen());
}

TEST(Clock, JumpsOnward) {
    Clock frozen = Clock::frozen(at("2026-01-31"));
    frozen.jump_to(at("2026-02-01"));
    EXPECT_EQ(frozen.now(), at("2026-02-01"));
    Clock real = Clock::real();
    const base::Instant before = real.now();
    real.advance(24h);
    EXPECT_GE(real.now(), before + 24h);
    EXPECT_LT(real.now(), before + 25h);
}

TEST(Clock, TellsHowLongAMomentIsOffInRealTime) {
    Clock frozen = Clock::frozen(at("2026-01-31T00:00:00Z"));
    EXPECT_EQ(frozen.real_time_until(at("2026-01-31T00:00:01Z")), std::nullopt);
    EXPECT_EQ(frozen.real_time_until(at("2026-01-31T00:00:00Z")), 0ms);
    EXPECT_EQ(frozen.real_time_until(at("2026-01-30")), 0ms);
    Clock fast = Clock::real();
    fast.set(ClockMode::real, 60);
    const auto left = fast.real_time_until(fast.now() + 1h).value();
    EXPECT_LE(left, 1min);
    EXPECT_GT(left, 30s);
    EXPECT_EQ(fast.real_time_until(at("2000-01-01")), 0ms);
}

TEST(Clock, ResumesAFrozenOneWhereItStood) {
    const ClockState kept = Clock::frozen(at("2030-01-01")).state();
    EXPECT_EQ(kept.mode, ClockMode::frozen);
    EXPECT_EQ(kept.service, at("2030-01-01"));
    EXPECT_EQ(Clock::resumed(kept, {}).now(), at("2030-01-01"));
    EXPECT_EQ(Clock::resumed(kept, at("2030-01-02")).now(), at("2030-01-02")) << "never before what was told";
}

TEST(Clock, ResumesARealOneAsIfItHadGoneOnAtNormalSpeed) {
    ClockState kept = Clock::real().state();
    kept.service = at("2050-01-01T00:00:00Z");
    kept.real -= 1h;  // it was kept an hour ago
    kept.speed = 60;
    Clock clock = Clock::resumed(kept, {});
    EXPECT_GE(clock.now(), at("2050-01-01T01:00:00Z"));
    EXPECT_LT(clock.now(), at("2050-01-01T02:00:00Z"));
    EXPECT_EQ(clock.state().speed, 60);
    kept.real += 2h;  // the machine's clock has been set back
    EXPECT_GE(Clock::resumed(kept, {}).now(), at("2050-01-01T00:00:00Z"));
    EXPECT_LT(Clock::resumed(kept, {}).now(), at("2050-01-01T01:00:00Z"));
}

}  // namespace
}  // namespace plocal::lifecycle
