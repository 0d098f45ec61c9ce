#include "server/service/lifecycle/timeline_change.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/service/lifecycle/states.h"

namespace plocal::lifecycle {
namespace {

using namespace std::chrono_literals;
using storage::Timeline;
using testing::ElementsAre;

TEST(CountPoll, AnswersTheOldStatusToThePollThatEndsIt) {
    Timeline timeline = creation(plan_of(Progression::calls), start);
    const char* const statuses[] = {
        "CREATE PENDING since 0",      "CREATE PENDING since 0", "CREATE IN_PROGRESS since 20",
        "CREATE IN_PROGRESS since 20", "ACTIVE since 40",        "ACTIVE since 40"};
    std::chrono::milliseconds after = 0ms;
    for (const char* const status : statuses) {
        after += 10ms;
        EXPECT_EQ(text_of(timeline, after), status);
        count_poll(timeline, start + after);
    }
}

TEST(CountPoll, ReturnsWhetherTheTimelineHasChanged) {
    Timeline timeline = creation(plan_of(Progression::calls), start);
    for (int poll = 1; poll <= 4; ++poll) EXPECT_TRUE(count_poll(timeline, start)) << poll;
    EXPECT_FALSE(count_poll(timeline, start)) << "ACTIVE counts nothing";
    for (const Progression other : {Progression::time, Progression::immediate, Progression::manual}) {
        Timeline untouched = creation(plan_of(other), start);
        EXPECT_FALSE(count_poll(untouched, start));
        EXPECT_EQ(untouched, creation(plan_of(other), start));
    }
}

TEST(CountPoll, EndsAStatusAtOnceWhereOnePollIsEnough) {
    Plan one = plan_of(Progression::calls);
    one.calls = 1;
    Timeline timeline = creation(one, start);
    count_poll(timeline, start + 5ms);
    expect_states(timeline, {{5ms, "CREATE IN_PROGRESS since 5"}, {1h, "CREATE IN_PROGRESS since 5"}});
    count_poll(timeline, start + 7ms);
    expect_states(timeline, {{7ms, "ACTIVE since 7"}});
}

TEST(CountPoll, CountsEachStatusFromZero) {
    Plan three = plan_of(Progression::calls);
    three.calls = 3;
    Timeline timeline = creation(three, start);
    for (int poll = 0; poll < 3; ++poll) count_poll(timeline, start);
    for (int poll = 0; poll < 2; ++poll) count_poll(timeline, start + 1s);
    expect_states(timeline, {{1s, "CREATE IN_PROGRESS since 0"}});
    count_poll(timeline, start + 2s);
    expect_states(timeline, {{2s, "ACTIVE since 2000"}});
}

struct Found {
    const char* name;
    const char* status;
    Progression progression;
    bool fails;
    std::initializer_list<At> states;
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
        expect_states(continuation(one.status, life, changed, start), one.states);
    }
}

TEST(Continuation, OfAFailureNeedsNoReason) {
    expect_states(continuation("CREATE FAILED", plan_of(Progression::time), start, start),
                  {{0ms, "CREATE FAILED since 0"}});
}

TEST(Continuation, CountsPollsFromTheGivenStatus) {
    Timeline timeline = continuation("CREATE IN_PROGRESS", plan_of(Progression::calls), start - 1h, start);
    count_poll(timeline, start + 1s);
    expect_states(timeline, {{1s, "CREATE IN_PROGRESS since -3600000"}});
    count_poll(timeline, start + 2s);
    expect_states(timeline, {{2s, "ACTIVE since 2000"}});
}

TEST(MoveOn, EndsTheCurrentStatusNow) {
    Timeline timeline = creation(plan_of(Progression::manual), start);
    EXPECT_TRUE(move_on(timeline, start + 7s, cause_command));
    EXPECT_TRUE(move_on(timeline, start + 9s, "rule:quick"));
    EXPECT_THAT(lines_of(timeline, 1h),
                ElementsAre("CREATE PENDING at 0 by call", "CREATE IN_PROGRESS at 7000 by command",
                            "ACTIVE at 9000 by rule:quick"));
    const Timeline before = timeline;
    EXPECT_FALSE(move_on(timeline, start + 10s, cause_command));
    EXPECT_EQ(timeline, before);
}

TEST(MoveOn, CutsADurationShortAndCountsTheNextFromThere) {
    Timeline timeline = creation(plan_of(Progression::time), start);
    EXPECT_TRUE(move_on(timeline, start + 200ms, cause_command));
    EXPECT_EQ(next_change(timeline, start + 200ms), start + 2200ms);
}

TEST(MoveOn, ForgetsThePollsThatWereTaken) {
    Timeline timeline = creation(plan_of(Progression::calls), start);
    count_poll(timeline, start);
    move_on(timeline, start, cause_command);
    count_poll(timeline, start);
    EXPECT_EQ(state_at(timeline, start).status, create_in_progress) << "the first of two";
}

TEST(MoveTo, SkipsToAStatusThatIsStillToCome) {
    Timeline timeline = creation(plan_of(Progression::manual), start);
    move_to(timeline, active, plan_of(Progression::time), std::nullopt, start + 4s, cause_command);
    EXPECT_THAT(lines_of(timeline, 1h), ElementsAre("CREATE PENDING at 0 by call", "ACTIVE at 4000 by command"));
}

TEST(MoveTo, FailsWithTheReasonThatIsGiven) {
    Timeline timeline = creation(plan_of(Progression::time), start);
    move_to(timeline, create_failed, plan_of(Progression::time), "no space", start + 1500ms, cause_command);
    EXPECT_THAT(lines_of(timeline, 1h),
                ElementsAre("CREATE PENDING at 0 by call", "CREATE IN_PROGRESS at 1000 by timer",
                            "CREATE FAILED at 1500 by command"));
    EXPECT_EQ(state_at(timeline, start + 1h).failure_reason, "no space");
    EXPECT_EQ(state_at(timeline, start + 1200ms).failure_reason, "");
}

TEST(MoveTo, GoesBackAndOnFromThereByThePlan) {
    Timeline timeline = creation(plan_of(Progression::immediate), start);
    move_to(timeline, create_in_progress, plan_of(Progression::time), std::nullopt, start + 10s, cause_command);
    EXPECT_EQ(state_at(timeline, start + 11s).status, create_in_progress);
    EXPECT_EQ(state_at(timeline, start + 12s).status, active);
    EXPECT_EQ(state_at(timeline, start + 12s).changed, start + 12s);
}

TEST(SetFailureReason, ChangesNoEarlierOne) {
    Timeline timeline = creation(failing(Progression::immediate, "first"), start);
    start_transition(timeline, updating, plan_of(Progression::manual), start, cause_call);
    move_to(timeline, "UPDATE FAILED", plan_of(Progression::manual), "second", start + 1s, cause_command);
    set_failure_reason(timeline, step_at(timeline, start + 1s).step, "third");
    EXPECT_EQ(state_at(timeline, start + 1s).failure_reason, "third");
    EXPECT_EQ(latest_run(timeline, updating, start + 1s)->before_reason, "first");
}

}  // namespace
}  // namespace plocal::lifecycle
