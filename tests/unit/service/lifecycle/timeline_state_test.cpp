#include "server/service/lifecycle/timeline_state.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/service/lifecycle/timeline_change.h"
#include "tests/unit/service/lifecycle/states.h"

namespace plocal::lifecycle {
namespace {

using namespace std::chrono_literals;
using storage::Timeline;
using testing::ElementsAre;

TEST(Lifecycle, PassesEachStatusAtItsMoment) {
    expect_states(creation(plan_of(Progression::time), start), {{0ms, "CREATE PENDING since 0"},
                                                                {999ms, "CREATE PENDING since 0"},
                                                                {1000ms, "CREATE IN_PROGRESS since 1000"},
                                                                {2999ms, "CREATE IN_PROGRESS since 1000"},
                                                                {3000ms, "ACTIVE since 3000"},
                                                                {3001ms, "ACTIVE since 3000"}});
}

TEST(Lifecycle, ShowsTheTrueMomentOfAChangeHoweverLateItIsRead) {
    expect_states(creation(plan_of(Progression::time), start),
                  {{1h, "ACTIVE since 3000"}, {24h * 36500, "ACTIVE since 3000"}});
}

TEST(Lifecycle, IsTheSameInWhateverOrderItIsRead) {
    const Timeline timeline = creation(plan_of(Progression::time), start);
    expect_states(timeline,
                  {{1h, "ACTIVE since 3000"}, {0ms, "CREATE PENDING since 0"}, {1s, "CREATE IN_PROGRESS since 1000"}});
}

TEST(Lifecycle, IsPendingBeforeItsBeginning) {
    expect_states(creation(plan_of(Progression::time), start), {{-1h, "CREATE PENDING since 0"}});
}

TEST(Lifecycle, SkipsAStatusThatLastsNoTime) {
    Plan brief = plan_of(Progression::time);
    brief.pending = 0ms;
    expect_states(creation(brief, start), {{0ms, "CREATE IN_PROGRESS since 0"}, {2s, "ACTIVE since 2000"}});
    brief.in_progress = 0ms;
    expect_states(creation(brief, start), {{0ms, "ACTIVE since 0"}});
}

TEST(Lifecycle, BeginsInItsLastStatusWhereItIsImmediate) {
    expect_states(creation(plan_of(Progression::immediate), start), {{0ms, "ACTIVE since 0"}, {1h, "ACTIVE since 0"}});
    expect_states(creation(failing(Progression::immediate), start), {{0ms, "CREATE FAILED since 0: no space"}});
}

TEST(Lifecycle, StaysWhileOnlyACommandEndsIt) {
    expect_states(creation(plan_of(Progression::manual), start),
                  {{0ms, "CREATE PENDING since 0"}, {1h, "CREATE PENDING since 0"}});
}

TEST(Lifecycle, WaitsForPollsHoweverMuchTimePasses) {
    expect_states(creation(plan_of(Progression::calls), start),
                  {{0ms, "CREATE PENDING since 0"}, {1h, "CREATE PENDING since 0"}});
}

TEST(Lifecycle, FailsWithItsReasonAndOnlyThen) {
    expect_states(creation(failing(Progression::time), start), {{0ms, "CREATE PENDING since 0"},
                                                                {1s, "CREATE IN_PROGRESS since 1000"},
                                                                {3s, "CREATE FAILED since 3000: no space"}});
}

TEST(Lifecycle, FailsWithAStandardReasonWhereNoneIsGiven) {
    expect_states(creation(failing(Progression::immediate, ""), start),
                  {{0ms, "CREATE FAILED since 0: The outcome was set to CREATE FAILED, without a reason."}});
}

TEST(Lifecycle, IsTheSameOnceItHasBeenStored) {
    Timeline timeline = creation(failing(Progression::calls), start);
    for (int poll = 0; poll < 3; ++poll) count_poll(timeline, start + 1s);
    Timeline kept = storage::timeline_from_text(storage::to_text(timeline));
    EXPECT_EQ(kept, timeline);
    count_poll(kept, start + 2s);
    expect_states(kept, {{2s, "CREATE FAILED since 2000: no space"}});
}

TEST(LatestRun, BeganFromTheStableStatusBeforeEarlierFailures) {
    Timeline timeline = creation(plan_of(Progression::immediate), start);
    start_transition(timeline, updating, failing(Progression::immediate), start, cause_call);
    start_transition(timeline, updating, plan_of(Progression::time), start, cause_call);
    const auto run = latest_run(timeline, updating, start);
    ASSERT_TRUE(run);
    EXPECT_EQ(run->before, active);
    EXPECT_EQ(run->state.status, "UPDATE PENDING");
    EXPECT_EQ(run->began, start);
}

TEST(LatestRun, IsTheOneThatStartedLast) {
    Timeline timeline = creation(plan_of(Progression::time), start);
    EXPECT_FALSE(latest_run(timeline, updating, start + 1h));
    start_transition(timeline, updating, plan_of(Progression::time), start + 1h, cause_call);
    start_transition(timeline, deleting, plan_of(Progression::time), start + 2h, cause_call);
    const auto run = latest_run(timeline, updating, start + 3h);
    ASSERT_TRUE(run);
    EXPECT_EQ(run->began, start + 1h);
    EXPECT_EQ(run->state.status, active);
    EXPECT_EQ(latest_run(timeline, deleting, start + 3h)->state.status, deleted);
}

TEST(History, HasEveryStatusUntilNow) {
    const Timeline timeline = creation(plan_of(Progression::time), start);
    EXPECT_THAT(lines_of(timeline, 0ms), ElementsAre("CREATE PENDING at 0 by call"));
    EXPECT_THAT(lines_of(timeline, 1s),
                ElementsAre("CREATE PENDING at 0 by call", "CREATE IN_PROGRESS at 1000 by timer"));
    EXPECT_THAT(lines_of(timeline, 1h), ElementsAre("CREATE PENDING at 0 by call",
                                                    "CREATE IN_PROGRESS at 1000 by timer", "ACTIVE at 3000 by timer"));
}

TEST(History, NamesThePollThatEndedAStatus) {
    Plan one = plan_of(Progression::calls);
    one.calls = 1;
    Timeline timeline = creation(one, start);
    count_poll(timeline, start + 5s);
    EXPECT_THAT(lines_of(timeline, 1h),
                ElementsAre("CREATE PENDING at 0 by call", "CREATE IN_PROGRESS at 5000 by call"));
}

TEST(History, NamesWhatBeganIt) {
    Timeline timeline = continuation(active, plan_of(Progression::time), start - 1h, start);
    timeline.origin = cause_fixture;
    EXPECT_THAT(lines_of(timeline, 0ms), ElementsAre("ACTIVE at -3600000 by fixture"));
}

TEST(NextChange, IsWhatTheClockAloneBrings) {
    const Timeline timeline = creation(plan_of(Progression::time), start);
    EXPECT_EQ(next_change(timeline, start), start + 1s);
    EXPECT_EQ(next_change(timeline, start + 999ms), start + 1s);
    EXPECT_EQ(next_change(timeline, start + 1s), start + 3s);
    EXPECT_EQ(next_change(timeline, start + 3s), std::nullopt);
    for (const Progression other : {Progression::immediate, Progression::calls, Progression::manual}) {
        EXPECT_EQ(next_change(creation(plan_of(other), start), start), std::nullopt);
    }
}

TEST(StableStateOf, IsWhereAndWhenTheClockHasNothingMoreToDo) {
    const Timeline timeline = creation(plan_of(Progression::time), start);
    EXPECT_EQ(stable_state_of(timeline, start), (storage::StableState{"ACTIVE", start + 3s}));
    EXPECT_EQ(stable_state_of(timeline, start + 1s), (storage::StableState{"ACTIVE", start + 3s}));
    EXPECT_EQ(stable_state_of(timeline, start + 3s), (storage::StableState{"ACTIVE", std::nullopt}));
    EXPECT_EQ(stable_state_of(creation(plan_of(Progression::manual), start), start),
              (storage::StableState{"CREATE PENDING", std::nullopt}));
    EXPECT_EQ(stable_state_of({}, start), storage::StableState());
    Timeline pushed = creation(plan_of(Progression::manual), start);
    pushed.steps[1].ending = storage::Ending::duration;
    pushed.steps[1].duration = 5s;
    move_on(pushed, start + 1s, cause_command);
    EXPECT_EQ(stable_state_of(pushed, start + 1s), (storage::StableState{"ACTIVE", start + 6s}));
}

TEST(CanReach, IsTrueOfTheCurrentStatusAndThoseToCome) {
    const Timeline timeline = creation(plan_of(Progression::time), start);
    EXPECT_TRUE(can_reach(timeline, create_pending, start));
    EXPECT_TRUE(can_reach(timeline, active, start));
    EXPECT_FALSE(can_reach(timeline, create_failed, start));
    EXPECT_FALSE(can_reach(timeline, create_pending, start + 1s));
    EXPECT_TRUE(can_reach(timeline, active, start + 1h));
}

TEST(LatestRun, KeepsTheReasonOfItsOwnFailure) {
    Timeline timeline = creation(plan_of(Progression::immediate), start);
    start_transition(timeline, updating, failing(Progression::immediate, "no model"), start, cause_call);
    move_to(timeline, create_failed, plan_of(Progression::immediate), "by hand", start + 1s, cause_command);
    EXPECT_EQ(latest_run(timeline, updating, start + 1s)->state.failure_reason, "no model");
    EXPECT_EQ(state_at(timeline, start + 1s).failure_reason, "by hand");
}

TEST(LatestRun, KnowsTheReasonOfTheFailureBeforeIt) {
    Timeline timeline = creation(failing(Progression::immediate, "no data"), start);
    start_transition(timeline, updating, failing(Progression::immediate, "no model"), start, cause_call);
    const auto run = latest_run(timeline, updating, start);
    ASSERT_TRUE(run);
    EXPECT_EQ(run->before, create_failed);
    EXPECT_EQ(run->before_reason, "no data");
    EXPECT_EQ(run->state.failure_reason, "no model");
}

// What version 1 of the tables wrote: one reason, which every failed status shows.
TEST(State, ShowsTheTimelinesReasonInEveryFailedStatusWithoutAReasonOfItsOwn) {
    const Timeline timeline = storage::timeline_from_text("0 0 0;c@5,command UPDATE FAILED;n CREATE FAILED!no space");
    EXPECT_EQ(state_at(timeline, at_ms(1)).failure_reason, "no space");
    EXPECT_EQ(state_at(timeline, at_ms(9)).failure_reason, "no space");
}

}  // namespace
}  // namespace plocal::lifecycle
