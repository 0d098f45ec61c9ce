#include "server/service/lifecycle/timeline_work.h"

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

WorkResult success(std::int64_t lines = 0) {
    return {.is_failed = false, .failure_reason = {}, .counts = {.lines = lines}};
}

WorkResult failure(const std::string& reason) {
    return {.is_failed = true, .failure_reason = reason, .counts = {}};
}

TEST(Work, EndsTheStatusOnceBothTimeAndWorkAreOver) {
    Timeline late = creation(working(Progression::time), start);
    expect_states(late, {{999ms, "CREATE PENDING since 0"},
                         {1s, "CREATE IN_PROGRESS since 1000"},
                         {1h, "CREATE IN_PROGRESS since 1000"}});
    EXPECT_TRUE(finish_work(late, success(), start + 10s, false));
    expect_states(late, {{9s, "CREATE IN_PROGRESS since 1000"}, {10s, "ACTIVE since 10000"}});

    Timeline early = creation(working(Progression::time), start);
    EXPECT_TRUE(finish_work(early, success(), start + 1500ms, false));
    expect_states(early, {{2999ms, "CREATE IN_PROGRESS since 1000"}, {3s, "ACTIVE since 3000"}});
}

TEST(Work, TakesNoTimeWhereTheClockIsFrozen) {
    Timeline timeline = creation(working(Progression::time), start);
    EXPECT_TRUE(finish_work(timeline, success(), start + 1h, true));
    expect_states(timeline, {{2999ms, "CREATE IN_PROGRESS since 1000"}, {1h, "ACTIVE since 3000"}});
}

TEST(Work, IsFinishedOnceAndOnlyInItsOwnStatus) {
    Timeline timeline = creation(working(Progression::time), start);
    EXPECT_FALSE(finish_work(timeline, success(), start, false)) << "it is pending";
    EXPECT_TRUE(finish_work(timeline, success(), start + 1s, false));
    const Timeline finished = timeline;
    EXPECT_FALSE(finish_work(timeline, failure("late"), start + 1s, false));
    EXPECT_EQ(timeline, finished);
}

TEST(Work, ThatFailsEndsInTheFailedStatusWithItsReason) {
    Timeline timeline = creation(working(Progression::time), start);
    EXPECT_TRUE(finish_work(timeline, failure("no such key"), start + 1s, false));
    expect_states(timeline, {{1s, "CREATE IN_PROGRESS since 1000"}, {3s, "CREATE FAILED since 3000: no such key"}});
    Timeline deletion = creation(working(Progression::time), start, deleting_data);
    const Transition transitions[] = {deleting_data};
    EXPECT_TRUE(finish_work(deletion, failure("no ids"), start + 1s, false, transitions));
    expect_states(deletion, {{3s, "FAILED since 3000: no ids"}});
}

TEST(Work, IsNotDoneForAPlannedFailure) {
    Plan fails = failing(Progression::time);
    fails.does_work = true;
    const Timeline timeline = creation(fails, start);
    EXPECT_EQ(work_start(timeline, start), std::nullopt);
    expect_states(timeline, {{3s, "CREATE FAILED since 3000: no space"}});
}

TEST(Work, ThatFailsIsBeatenByAnOutcomeThatWasGiven) {
    const PlanChange given{.fails = false};
    Timeline timeline = creation(given.applied_to(working(Progression::time)), start);
    EXPECT_TRUE(finish_work(timeline, failure("no such key"), start + 1s, false));
    expect_states(timeline, {{3s, "ACTIVE since 3000"}});
}

TEST(Work, IsShownInTheHistory) {
    Timeline timeline = creation(working(Progression::time), start);
    finish_work(timeline, success(12), start + 10s, false);
    EXPECT_THAT(lines_of(timeline, 1h), ElementsAre("CREATE PENDING at 0 by call",
                                                    "CREATE IN_PROGRESS at 1000 by timer", "ACTIVE at 10000 by work"));
    const auto changes = history(timeline, start + 1h);
    EXPECT_FALSE(changes[1].work);
    EXPECT_EQ(changes[2].work.value().lines, 12);
}

TEST(Work, KeepsItsStatusAtLeastForAsManyPollsAsAreAskedFor) {
    Timeline timeline = continuation(create_in_progress, working(Progression::calls), start, start);
    EXPECT_TRUE(count_poll(timeline, start));
    finish_work(timeline, success(), start + 1s, true);
    expect_states(timeline, {{1s, "CREATE IN_PROGRESS since 0"}});
    EXPECT_TRUE(count_poll(timeline, start + 2s));
    expect_states(timeline, {{2s, "ACTIVE since 2000"}});
}

TEST(Work, EndsAStatusThatHasHadItsPolls) {
    Timeline timeline = continuation(create_in_progress, working(Progression::calls), start, start);
    for (int poll = 0; poll < 2; ++poll) EXPECT_TRUE(count_poll(timeline, start));
    EXPECT_FALSE(count_poll(timeline, start)) << "it has as many as it needs";
    expect_states(timeline, {{1h, "CREATE IN_PROGRESS since 0"}});
    finish_work(timeline, success(), start + 4s, true);
    expect_states(timeline, {{4s, "ACTIVE since 4000"}});
    EXPECT_THAT(lines_of(timeline, 4s), ElementsAre("CREATE IN_PROGRESS at 0 by call", "ACTIVE at 4000 by work"));
}

TEST(Work, WaitsForTheCommandUnderManual) {
    Timeline timeline = creation(working(Progression::manual), start);
    EXPECT_EQ(work_start(timeline, start), std::nullopt) << "nobody knows when it will be in progress";
    move_on(timeline, start + 1s, cause_command);
    EXPECT_EQ(work_start(timeline, start + 5s), start + 1s);
    finish_work(timeline, failure("no such key"), start + 2s, true);
    expect_states(timeline, {{1h, "CREATE IN_PROGRESS since 1000"}});
    move_on(timeline, start + 3s, cause_command);
    expect_states(timeline, {{1h, "CREATE FAILED since 3000: no such key"}});
}

TEST(Work, IsNoLongerOpenWhereItsStatusWasEndedEarly) {
    Timeline timeline = creation(working(Progression::time), start);
    move_to(timeline, create_failed, plan_of(Progression::time), "stop", start + 2s, cause_command);
    EXPECT_EQ(work_start(timeline, start + 2s), std::nullopt);
    EXPECT_FALSE(finish_work(timeline, success(), start + 2s, false));
    expect_states(timeline, {{1h, "CREATE FAILED since 2000: stop"}});
}

TEST(WorkStart, IsWhenTheStatusInProgressBegins) {
    const Timeline timeline = creation(working(Progression::time), start);
    EXPECT_EQ(work_start(timeline, start), start + 1s);
    EXPECT_EQ(work_start(timeline, start + 1h), start + 1s);
    EXPECT_FALSE(is_working(timeline, start));
    EXPECT_TRUE(is_working(timeline, start + 1s));
    EXPECT_FALSE(lacks_work_alone(timeline, start + 2999ms));
    EXPECT_TRUE(lacks_work_alone(timeline, start + 3s));
    EXPECT_EQ(work_start(creation(plan_of(Progression::time), start), start), std::nullopt);
    EXPECT_EQ(work_start({}, start), std::nullopt);
}

TEST(WorkingStatus, StandsBeforeALaterStatus) {
    Timeline timeline = creation(working(Progression::time), start);
    EXPECT_EQ(working_status_before(timeline, active, start), create_in_progress);
    EXPECT_EQ(working_status_before(timeline, create_in_progress, start), std::nullopt);
    EXPECT_EQ(working_status_before(timeline, create_failed, start), std::nullopt);
    finish_work(timeline, success(), start + 1s, false);
    EXPECT_EQ(working_status_before(timeline, active, start + 1s), std::nullopt);
}

TEST(CanReach, IsTrueOfTheFailureOfOpenWork) {
    Timeline timeline = creation(working(Progression::time), start);
    EXPECT_TRUE(can_reach(timeline, create_failed, start, create_only));
    finish_work(timeline, success(), start + 1s, false);
    EXPECT_FALSE(can_reach(timeline, create_failed, start + 1s, create_only));
}

}  // namespace
}  // namespace plocal::lifecycle
