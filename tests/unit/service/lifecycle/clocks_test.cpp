#include "server/service/lifecycle/clocks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/service/lifecycle/moment.h"

namespace plocal::lifecycle {
namespace {

using namespace std::chrono_literals;

constexpr const char* alice = "111111111111";
constexpr const char* bob = "222222222222";

TEST(Clocks, AreTheCommonOneForAnAccountWithoutItsOwn) {
    Clocks clocks(Clock::frozen(at("2026-01-01")));
    clocks.put(alice, Clock::frozen(at("2030-01-01")));
    EXPECT_EQ(clocks.of("").now(), at("2026-01-01"));
    EXPECT_EQ(clocks.of(bob).now(), at("2026-01-01"));
    EXPECT_EQ(clocks.of(alice).now(), at("2030-01-01"));
    EXPECT_TRUE(clocks.has_own(alice));
    EXPECT_FALSE(clocks.has_own(bob));
    EXPECT_FALSE(clocks.has_own(""));
    EXPECT_THAT(clocks.accounts(), testing::ElementsAre(alice));
}

TEST(Clocks, MoveByThemselves) {
    Clocks clocks(Clock::frozen(at("2026-01-01T00:00:00Z")));
    clocks.put(alice, Clock::frozen(at("2026-01-01T00:00:00Z")));
    clocks.of(alice).advance(1h);
    clocks.of("").advance(1min);
    EXPECT_EQ(clocks.of(alice).now(), at("2026-01-01T01:00:00Z"));
    EXPECT_EQ(clocks.of(bob).now(), at("2026-01-01T00:01:00Z"));
}

TEST(Clocks, AreReplacedAndForgotten) {
    Clocks clocks(Clock::frozen(at("2026-01-01")));
    clocks.put(alice, Clock::frozen(at("2030-01-01")));
    clocks.put(alice, Clock::frozen(at("2031-01-01")));
    clocks.put("", Clock::frozen(at("2027-01-01")));
    EXPECT_EQ(clocks.of(alice).now(), at("2031-01-01"));
    clocks.forget(alice);
    clocks.forget(bob);
    EXPECT_EQ(clocks.of(alice).now(), at("2027-01-01"));
    EXPECT_THAT(clocks.accounts(), testing::IsEmpty());
}

TEST(ClockReadings, AreReadOnceARequest) {
    Clocks clocks(Clock::frozen(at("2026-01-01T00:00:00Z")));
    clocks.put(alice, Clock::frozen(at("2030-01-01T00:00:00Z")));
    ClockReadings readings(clocks);
    EXPECT_EQ(readings.now_of(bob), at("2026-01-01T00:00:00Z"));
    EXPECT_EQ(readings.now_of(alice), at("2030-01-01T00:00:00Z"));
    clocks.of("").advance(1h);
    clocks.of(alice).advance(1h);
    EXPECT_EQ(readings.now_of(""), at("2026-01-01T00:00:00Z")) << "the common clock is read already";
    EXPECT_EQ(readings.now_of(alice), at("2030-01-01T00:00:00Z"));
    EXPECT_EQ(ClockReadings(clocks).now_of(alice), at("2030-01-01T01:00:00Z"));
}

}  // namespace
}  // namespace plocal::lifecycle
