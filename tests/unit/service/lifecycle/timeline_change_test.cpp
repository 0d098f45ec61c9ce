#include "server/service/lifecycle/timeline_change.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/service/lifecycle/moment.h"

namespace plocal::lifecycle {
namespace {

using namespace std::chrono_literals;
using storage::Timeline;
using testing::ElementsAre;

const base::Instant begin = at("2026-01-31T12:00:00Z");

Plan plan(Progression progression) {
    Plan result;
    result.progression = progression;
    return result;
}

/// "STATUS at MS by CAUSE", from `begin` on.
std::vector<std::string> told(const Timeline& timeline, std::chrono::milliseconds after) {
    std::vector<std::string> lines;
    for (const StatusChange& passage : history(timeline, begin + after)) {
        lines.push_back(passage.status + " at " + std::to_string((passage.at - begin).count()) + " by " +
                        passage.cause);
    }
    return lines;
}

TEST(History, HasEveryStatusUntilNow) {
    const Timeline timeline = creation(plan(Progression::time), begin);
    EXPECT_THAT(told(timeline, 0ms), ElementsAre("CREATE PENDING at 0 by call"));
    EXPECT_THAT(told(timeline, 1s), ElementsAre("CREATE PENDING at 0 by call", "CREATE IN_PROGRESS at 1000 by timer"));
    EXPECT_THAT(told(timeline, 1h), ElementsAre("CREATE PENDING at 0 by call", "CREATE IN_PROGRESS at 1000 by timer",
                                                "ACTIVE at 3000 by timer"));
}

TEST(History, TellsTheLookThatEndedAStatus) {
    Plan one = plan(Progression::calls);
    one.calls = 1;
    Timeline timeline = creation(one, begin);
    count_poll(timeline, begin + 5s);
    EXPECT_THAT(told(timeline, 1h), ElementsAre("CREATE PENDING at 0 by call", "CREATE IN_PROGRESS at 5000 by call"));
}

TEST(History, TellsWhatBeganIt) {
    Timeline timeline = continuation(active, plan(Progression::time), begin - 1h, begin);
    timeline.origin = cause_fixture;
    EXPECT_THAT(told(timeline, 0ms), ElementsAre("ACTIVE at -3600000 by fixture"));
}

TEST(NextChange, IsWhatTheClockAloneBrings) {
    const Timeline timeline = creation(plan(Progression::time), begin);
    EXPECT_EQ(next_change(timeline, begin), begin + 1s);
    EXPECT_EQ(next_change(timeline, begin + 999ms), begin + 1s);
    EXPECT_EQ(next_change(timeline, begin + 1s), begin + 3s);
    EXPECT_EQ(next_change(timeline, begin + 3s), std::nullopt);
    for (const Progression other : {Progression::immediate, Progression::calls, Progression::manual}) {
        EXPECT_EQ(next_change(creation(plan(other), begin), begin), std::nullopt);
    }
}

TEST(RestOf, IsWhereAndWhenTheClockHasNothingMoreToDo) {
    const Timeline timeline = creation(plan(Progression::time), begin);
    EXPECT_EQ(stable_state_of(timeline, begin), (storage::StableState{"ACTIVE", begin + 3s}));
    EXPECT_EQ(stable_state_of(timeline, begin + 1s), (storage::StableState{"ACTIVE", begin + 3s}));
    EXPECT_EQ(stable_state_of(timeline, begin + 3s), (storage::StableState{"ACTIVE", std::nullopt}));
    EXPECT_EQ(stable_state_of(creation(plan(Progression::manual), begin), begin),
              (storage::StableState{"CREATE PENDING", std::nullopt}));
    EXPECT_EQ(stable_state_of({}, begin), storage::StableState());
    Timeline pushed = creation(plan(Progression::manual), begin);
    pushed.steps[1].ending = storage::Ending::duration;
    pushed.steps[1].duration = 5s;
    move_on(pushed, begin + 1s, cause_command);
    EXPECT_EQ(stable_state_of(pushed, begin + 1s), (storage::StableState{"ACTIVE", begin + 6s}));
}

TEST(CanReach, IsTrueOfThePresentStatusAndThoseToCome) {
    const Timeline timeline = creation(plan(Progression::time), begin);
    EXPECT_TRUE(can_reach(timeline, create_pending, begin));
    EXPECT_TRUE(can_reach(timeline, active, begin));
    EXPECT_FALSE(can_reach(timeline, create_failed, begin));
    EXPECT_FALSE(can_reach(timeline, create_pending, begin + 1s));
    EXPECT_TRUE(can_reach(timeline, active, begin + 1h));
}

TEST(MoveOn, EndsThePresentStatusNow) {
    Timeline timeline = creation(plan(Progression::manual), begin);
    EXPECT_TRUE(move_on(timeline, begin + 7s, cause_command));
    EXPECT_TRUE(move_on(timeline, begin + 9s, "rule:quick"));
    EXPECT_THAT(told(timeline, 1h), ElementsAre("CREATE PENDING at 0 by call", "CREATE IN_PROGRESS at 7000 by command",
                                                "ACTIVE at 9000 by rule:quick"));
    const Timeline before = timeline;
    EXPECT_FALSE(move_on(timeline, begin + 10s, cause_command));
    EXPECT_EQ(timeline, before);
}

TEST(MoveOn, CutsADurationShortAndCountsTheNextFromThere) {
    Timeline timeline = creation(plan(Progression::time), begin);
    EXPECT_TRUE(move_on(timeline, begin + 200ms, cause_command));
    EXPECT_EQ(next_change(timeline, begin + 200ms), begin + 2200ms);
}

TEST(MoveOn, ForgetsTheLooksThatWereTaken) {
    Timeline timeline = creation(plan(Progression::calls), begin);
    count_poll(timeline, begin);
    move_on(timeline, begin, cause_command);
    count_poll(timeline, begin);
    EXPECT_EQ(state_at(timeline, begin).status, create_in_progress) << "the first of two";
}

TEST(MoveTo, SkipsToAStatusThatIsStillToCome) {
    Timeline timeline = creation(plan(Progression::manual), begin);
    move_to(timeline, active, plan(Progression::time), std::nullopt, begin + 4s, cause_command);
    EXPECT_THAT(told(timeline, 1h), ElementsAre("CREATE PENDING at 0 by call", "ACTIVE at 4000 by command"));
}

TEST(MoveTo, FailsWithTheReasonThatIsGiven) {
    Timeline timeline = creation(plan(Progression::time), begin);
    move_to(timeline, create_failed, plan(Progression::time), "no space", begin + 1500ms, cause_command);
    EXPECT_THAT(told(timeline, 1h), ElementsAre("CREATE PENDING at 0 by call", "CREATE IN_PROGRESS at 1000 by timer",
                                                "CREATE FAILED at 1500 by command"));
    EXPECT_EQ(state_at(timeline, begin + 1h).failure_reason, "no space");
    EXPECT_EQ(state_at(timeline, begin + 1200ms).failure_reason, "");
}

TEST(MoveTo, GoesBackAndOnFromThereByThePlan) {
    Timeline timeline = creation(plan(Progression::immediate), begin);
    move_to(timeline, create_in_progress, plan(Progression::time), std::nullopt, begin + 10s, cause_command);
    EXPECT_EQ(state_at(timeline, begin + 11s).status, create_in_progress);
    EXPECT_EQ(state_at(timeline, begin + 12s).status, active);
    EXPECT_EQ(state_at(timeline, begin + 12s).changed, begin + 12s);
}

}  // namespace
}  // namespace plocal::lifecycle
