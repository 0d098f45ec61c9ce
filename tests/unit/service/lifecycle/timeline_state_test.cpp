#include "server/service/lifecycle/timeline_state.h"

#include <string>

#include <gtest/gtest.h>

#include "server/service/lifecycle/timeline_change.h"
#include "tests/unit/service/lifecycle/moment.h"

namespace plocal::lifecycle {
namespace {

using namespace std::chrono_literals;
using base::DurationRange;
using storage::Timeline;

const base::Instant start = at("2026-01-31T12:00:00.123Z");

Plan plan_of(Progression progression) {
    return {.progression = progression, .pending = DurationRange(1s), .in_progress = DurationRange(2s), .calls = 2};
}

Plan failing(Progression progression, const std::string& reason = "no space") {
    Plan result = plan_of(progression);
    result.fails = true;
    result.failure_reason = reason;
    return result;
}

/// "STATUS since ...ms", and the failure's reason where there is one; times from `start` on.
std::string shown(const Timeline& timeline, std::chrono::milliseconds after) {
    const State state = state_at(timeline, start + after);
    std::string text = std::string(state.status) + " since " + std::to_string((state.changed - start).count());
    return state.failure_reason.empty() ? text : text + ": " + std::string(state.failure_reason);
}

struct Look {
    std::chrono::milliseconds after;
    const char* told;
};

void expect_all(const Timeline& timeline, std::initializer_list<Look> polls) {
    for (const Look& look : polls) EXPECT_EQ(shown(timeline, look.after), look.told) << look.after.count() << " ms";
}

TEST(Lifecycle, PassesEachStatusAtItsMoment) {
    expect_all(creation(plan_of(Progression::time), start), {{0ms, "CREATE PENDING since 0"},
                                                             {999ms, "CREATE PENDING since 0"},
                                                             {1000ms, "CREATE IN_PROGRESS since 1000"},
                                                             {2999ms, "CREATE IN_PROGRESS since 1000"},
                                                             {3000ms, "ACTIVE since 3000"},
                                                             {3001ms, "ACTIVE since 3000"}});
}

TEST(Lifecycle, TellsTheTrueMomentOfAChangeHoweverLateTheLook) {
    expect_all(creation(plan_of(Progression::time), start),
               {{1h, "ACTIVE since 3000"}, {24h * 36500, "ACTIVE since 3000"}});
}

TEST(Lifecycle, IsTheSameInWhateverOrderItIsLookedAt) {
    const Timeline timeline = creation(plan_of(Progression::time), start);
    expect_all(timeline,
               {{1h, "ACTIVE since 3000"}, {0ms, "CREATE PENDING since 0"}, {1s, "CREATE IN_PROGRESS since 1000"}});
}

TEST(Lifecycle, IsPendingStillWhereTheClockStandsBeforeItsBeginning) {
    expect_all(creation(plan_of(Progression::time), start), {{-1h, "CREATE PENDING since 0"}});
}

TEST(Lifecycle, SkipsAStatusThatLastsNoTime) {
    Plan brief = plan_of(Progression::time);
    brief.pending = 0ms;
    expect_all(creation(brief, start), {{0ms, "CREATE IN_PROGRESS since 0"}, {2s, "ACTIVE since 2000"}});
    brief.in_progress = 0ms;
    expect_all(creation(brief, start), {{0ms, "ACTIVE since 0"}});
}

TEST(Lifecycle, IsBornInItsLastStatusWhereItIsImmediate) {
    expect_all(creation(plan_of(Progression::immediate), start), {{0ms, "ACTIVE since 0"}, {1h, "ACTIVE since 0"}});
    expect_all(creation(failing(Progression::immediate), start), {{0ms, "CREATE FAILED since 0: no space"}});
}

TEST(Lifecycle, StaysWhereItIsWhileOnlyACommandMovesIt) {
    expect_all(creation(plan_of(Progression::manual), start),
               {{0ms, "CREATE PENDING since 0"}, {1h, "CREATE PENDING since 0"}});
}

TEST(Lifecycle, WaitsForLooksHoweverMuchTimePasses) {
    expect_all(creation(plan_of(Progression::calls), start),
               {{0ms, "CREATE PENDING since 0"}, {1h, "CREATE PENDING since 0"}});
}

TEST(Lifecycle, FailsWithItsReasonAndOnlyThen) {
    expect_all(creation(failing(Progression::time), start), {{0ms, "CREATE PENDING since 0"},
                                                             {1s, "CREATE IN_PROGRESS since 1000"},
                                                             {3s, "CREATE FAILED since 3000: no space"}});
}

TEST(Lifecycle, FailsWithAReasonOfOursWhereNoneIsGiven) {
    expect_all(creation(failing(Progression::immediate, ""), start),
               {{0ms, "CREATE FAILED since 0: The outcome was set to CREATE FAILED, without a reason."}});
}

TEST(NoteLook, StillTellsTheOldStatusToTheLookThatEndsIt) {
    Timeline timeline = creation(plan_of(Progression::calls), start);
    const char* const statuses[] = {
        "CREATE PENDING since 0",      "CREATE PENDING since 0", "CREATE IN_PROGRESS since 20",
        "CREATE IN_PROGRESS since 20", "ACTIVE since 40",        "ACTIVE since 40"};
    std::chrono::milliseconds after = 0ms;
    for (const char* const status : statuses) {
        after += 10ms;
        EXPECT_EQ(shown(timeline, after), status);
        count_poll(timeline, start + after);
    }
}

TEST(NoteLook, SaysWhetherAnythingIsToBeKept) {
    Timeline timeline = creation(plan_of(Progression::calls), start);
    for (int look = 1; look <= 4; ++look) EXPECT_TRUE(count_poll(timeline, start)) << look;
    EXPECT_FALSE(count_poll(timeline, start)) << "ACTIVE counts nothing";
    for (const Progression other : {Progression::time, Progression::immediate, Progression::manual}) {
        Timeline untouched = creation(plan_of(other), start);
        EXPECT_FALSE(count_poll(untouched, start));
        EXPECT_EQ(untouched, creation(plan_of(other), start));
    }
}

TEST(NoteLook, EndsAStatusAtOnceWhereOneLookIsEnough) {
    Plan one = plan_of(Progression::calls);
    one.calls = 1;
    Timeline timeline = creation(one, start);
    count_poll(timeline, start + 5ms);
    expect_all(timeline, {{5ms, "CREATE IN_PROGRESS since 5"}, {1h, "CREATE IN_PROGRESS since 5"}});
    count_poll(timeline, start + 7ms);
    expect_all(timeline, {{7ms, "ACTIVE since 7"}});
}

TEST(NoteLook, CountsEachStatusAnew) {
    Plan three = plan_of(Progression::calls);
    three.calls = 3;
    Timeline timeline = creation(three, start);
    for (int look = 0; look < 3; ++look) count_poll(timeline, start);
    for (int look = 0; look < 2; ++look) count_poll(timeline, start + 1s);
    expect_all(timeline, {{1s, "CREATE IN_PROGRESS since 0"}});
    count_poll(timeline, start + 2s);
    expect_all(timeline, {{2s, "ACTIVE since 2000"}});
}

struct Found {
    const char* name;
    const char* status;
    Progression progression;
    bool fails;
    std::initializer_list<Look> polls;
};

TEST(Continuation, GoesOnFromTheStatusThatIsGiven) {
    const base::Instant changed = start - 5s;
    const Found cases[] = {
        {"pending",
         "CREATE PENDING",
         Progression::time,
         false,
         {{0ms, "CREATE PENDING since -5000"},
          {999ms, "CREATE PENDING since -5000"},
          {1s, "CREATE IN_PROGRESS since 1000"},
          {3s, "ACTIVE since 3000"}}},
        {"in progress",
         "CREATE IN_PROGRESS",
         Progression::time,
         false,
         {{0ms, "CREATE IN_PROGRESS since -5000"},
          {1999ms, "CREATE IN_PROGRESS since -5000"},
          {2s, "ACTIVE since 2000"}}},
        {"in progress, to fail",
         "CREATE IN_PROGRESS",
         Progression::time,
         true,
         {{0ms, "CREATE IN_PROGRESS since -5000"}, {2s, "CREATE FAILED since 2000: no space"}}},
        {"in progress, pinned",
         "CREATE IN_PROGRESS",
         Progression::manual,
         false,
         {{0ms, "CREATE IN_PROGRESS since -5000"}, {1h, "CREATE IN_PROGRESS since -5000"}}},
        {"in progress, immediate", "CREATE IN_PROGRESS", Progression::immediate, false, {{0ms, "ACTIVE since 0"}}},
        {"active", "ACTIVE", Progression::time, false, {{0ms, "ACTIVE since -5000"}, {1h, "ACTIVE since -5000"}}},
        {"active, whatever the plan", "ACTIVE", Progression::time, true, {{0ms, "ACTIVE since -5000"}}},
        {"failed",
         "CREATE FAILED",
         Progression::time,
         true,
         {{0ms, "CREATE FAILED since -5000: no space"}, {1h, "CREATE FAILED since -5000: no space"}}},
        {"stopped", "CREATE STOPPED", Progression::time, false, {{1h, "CREATE STOPPED since -5000"}}},
    };
    for (const Found& one : cases) {
        SCOPED_TRACE(one.name);
        const Plan life = one.fails ? failing(one.progression) : plan_of(one.progression);
        expect_all(continuation(one.status, life, changed, start), one.polls);
    }
}

TEST(Continuation, OfAFailureNeedsNoReason) {
    expect_all(continuation("CREATE FAILED", plan_of(Progression::time), start, start),
               {{0ms, "CREATE FAILED since 0"}});
}

TEST(Continuation, CountsLooksFromWhereItIsGiven) {
    Timeline timeline = continuation("CREATE IN_PROGRESS", plan_of(Progression::calls), start - 1h, start);
    count_poll(timeline, start + 1s);
    expect_all(timeline, {{1s, "CREATE IN_PROGRESS since -3600000"}});
    count_poll(timeline, start + 2s);
    expect_all(timeline, {{2s, "ACTIVE since 2000"}});
}

TEST(Lifecycle, IsTheSameOnceItHasBeenKept) {
    Timeline timeline = creation(failing(Progression::calls), start);
    for (int look = 0; look < 3; ++look) count_poll(timeline, start + 1s);
    Timeline kept = storage::timeline_from_text(storage::to_text(timeline));
    EXPECT_EQ(kept, timeline);
    count_poll(kept, start + 2s);
    expect_all(kept, {{2s, "CREATE FAILED since 2000: no space"}});
}

TEST(LatestWay, BeganFromTheRestBeforeEarlierFailures) {
    Timeline timeline = creation(plan_of(Progression::immediate), start);
    start_transition(timeline, updating, failing(Progression::immediate), start, cause_call);
    start_transition(timeline, updating, plan_of(Progression::time), start, cause_call);
    const auto way = latest_run(timeline, updating, start);
    ASSERT_TRUE(way);
    EXPECT_EQ(way->before, active);
    EXPECT_EQ(way->state.status, "UPDATE PENDING");
    EXPECT_EQ(way->began, start);
}

TEST(LatestWay, IsTheOneThatWasSetOutOnLast) {
    Timeline timeline = creation(plan_of(Progression::time), start);
    EXPECT_FALSE(latest_run(timeline, updating, start + 1h));
    start_transition(timeline, updating, plan_of(Progression::time), start + 1h, cause_call);
    start_transition(timeline, deleting, plan_of(Progression::time), start + 2h, cause_call);
    const auto way = latest_run(timeline, updating, start + 3h);
    ASSERT_TRUE(way);
    EXPECT_EQ(way->began, start + 1h);
    EXPECT_EQ(way->state.status, active);
    EXPECT_EQ(latest_run(timeline, deleting, start + 3h)->state.status, deleted);
}

}  // namespace
}  // namespace plocal::lifecycle
