#include "server/service/lifecycle/plan.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plocal::lifecycle {
namespace {

using namespace std::chrono_literals;
using base::DurationRange;
using base::Problem;
using testing::ElementsAre;
using testing::IsEmpty;

/// The problems of a life as "POINTER: expected EXPECTED, found FOUND".
std::vector<std::string> problems_of(const char* json) {
    std::vector<Problem> problems;
    read_plan_change(base::parse_json(json), problems);
    std::vector<std::string> texts;
    for (const Problem& each : problems) {
        texts.push_back(each.pointer + ": expected " + each.expected + ", found " + each.found);
    }
    return texts;
}

PlanChange read(const char* json) {
    std::vector<Problem> problems;
    PlanChange change = read_plan_change(base::parse_json(json), problems);
    EXPECT_THAT(problems_of(json), IsEmpty());
    return change;
}

TEST(Plan, IsReadMemberByMember) {
    const PlanChange change = read(R"({"pending": "250ms", "inProgress": "5m", "outcome": "CREATE FAILED",
        "failureReason": "no space", "progression": "calls", "calls": 3})");
    EXPECT_EQ(change.pending, DurationRange(250ms));
    EXPECT_EQ(change.in_progress, DurationRange(5min));
    EXPECT_EQ(change.fails, true);
    EXPECT_EQ(change.failure_reason, "no space");
    EXPECT_EQ(change.progression, Progression::calls);
    EXPECT_EQ(change.calls, 3);
}

TEST(Plan, LeavesAsItIsWhatAChangeDoesNotName) {
    const Plan plan =
        read("{}").applied_to({Progression::manual, DurationRange(7s), DurationRange(8s), 9, true, "why"});
    EXPECT_EQ(plan.progression, Progression::manual);
    EXPECT_EQ(plan.pending, DurationRange(7s));
    EXPECT_EQ(plan.in_progress, DurationRange(8s));
    EXPECT_EQ(plan.calls, 9);
    EXPECT_TRUE(plan.fails);
    EXPECT_EQ(plan.failure_reason, "why");
}

TEST(Plan, TakesOverWhatAChangeNames) {
    const Plan plan = read(R"({"pending": "0s", "inProgress": "1s", "outcome": "ACTIVE", "progression": "time",
        "calls": 1})")
                          .applied_to({Progression::manual, DurationRange(7s), DurationRange(8s), 9, true, "why"});
    EXPECT_EQ(plan.progression, Progression::time);
    EXPECT_EQ(plan.pending, DurationRange(0s));
    EXPECT_EQ(plan.in_progress, DurationRange(1s));
    EXPECT_EQ(plan.calls, 1);
    EXPECT_FALSE(plan.fails);
}

TEST(Plan, MayHaveRangesForDurations) {
    const PlanChange change = read(R"({"pending": "1s..2s", "inProgress": "20m..40m"})");
    EXPECT_EQ(change.pending, DurationRange(1s, 2s));
    EXPECT_EQ(change.in_progress, DurationRange(20min, 40min));
}

TEST(Plan, ChangesLieOverEachOther) {
    const PlanChange upper = read(R"({"pending": "1s", "calls": 3})");
    const PlanChange lower = read(R"({"pending": "9s", "inProgress": "9s", "outcome": "CREATE FAILED",
        "failureReason": "no space", "progression": "manual"})");
    EXPECT_EQ(upper.over(lower), read(R"({"pending": "1s", "inProgress": "9s", "outcome": "CREATE FAILED",
        "failureReason": "no space", "progression": "manual", "calls": 3})"));
    EXPECT_EQ(upper.over({}), upper);
    EXPECT_EQ(PlanChange{}.over(lower), lower);
}

TEST(Plan, ChangesGoToJsonAndBack) {
    for (const char* const json :
         {"{}", R"({"progression":"time"})", R"({"progression":"immediate"})", R"({"progression":"calls","calls":3})",
          R"({"progression":"manual"})", R"({"pending":"250ms","inProgress":"20m..40m"})", R"({"outcome":"ACTIVE"})",
          R"({"outcome":"CREATE FAILED","failureReason":"no \"space\""})"}) {
        EXPECT_EQ(to_json(read(json)).dump(), json);
    }
}

TEST(Plan, KnowsFourProgressions) {
    EXPECT_EQ(parse_progression("time"), Progression::time);
    EXPECT_EQ(parse_progression("immediate"), Progression::immediate);
    EXPECT_EQ(parse_progression("calls"), Progression::calls);
    EXPECT_EQ(parse_progression("manual"), Progression::manual);
    for (const char* const text : {"", "Time", "call", "work", " time"}) EXPECT_FALSE(parse_progression(text)) << text;
}

TEST(Plan, SaysOfEachBadMemberWhereItIsAndWhatWasExpected) {
    const std::string duration =
        "a duration such as 250ms, 2s, 1h30m or 22d, or a range such as 20m..40m, of 100 years at most";
    const struct {
        const char* json;
        std::string problem;
    } cases[] = {
        {"[]", ": expected an object, found []"},
        {"null", ": expected an object, found null"},
        {R"("manual")", R"(: expected an object, found "manual")"},
        {R"({"pending": 2})", "/pending: expected " + duration + ", found 2"},
        {R"({"pending": null})", "/pending: expected " + duration + ", found null"},
        {R"({"inProgress": "2 s"})", "/inProgress: expected " + duration + R"(, found "2 s")"},
        {R"({"outcome": "BROKEN"})", R"(/outcome: expected ACTIVE or CREATE FAILED, found "BROKEN")"},
        {R"({"outcome": false})", "/outcome: expected ACTIVE or CREATE FAILED, found false"},
        {R"({"progression": "slow"})", R"(/progression: expected time, immediate, calls or manual, found "slow")"},
        {R"({"progression": 1})", "/progression: expected time, immediate, calls or manual, found 1"},
        {R"({"calls": 0})", "/calls: expected a whole number of calls from 1 to 1000000, found 0"},
        {R"({"calls": 1000001})", "/calls: expected a whole number of calls from 1 to 1000000, found 1000001"},
        {R"({"calls": 2.0})", "/calls: expected a whole number of calls from 1 to 1000000, found 2.0"},
        {R"({"calls": 18446744073709551615})",
         "/calls: expected a whole number of calls from 1 to 1000000, found 18446744073709551615"},
        {R"({"calls": "3"})", R"(/calls: expected a whole number of calls from 1 to 1000000, found "3")"},
        {R"({"outcome": "CREATE FAILED", "failureReason": 3})", "/failureReason: expected a text, found 3"},
        {R"({"failureReason": "x"})",
         R"(/failureReason: expected "outcome": "CREATE FAILED" beside it, found {"failureReason":"x"})"},
        {R"({"outcome": "ACTIVE", "failureReason": "x"})",
         R"(/failureReason: expected "outcome": "CREATE FAILED" beside it, found {"outcome":"ACTIVE","failureReason":"x"})"},
        {R"({"in_progress": "1s"})",
         R"(/in_progress: expected inProgress, found a member "in_progress", which is none of a life)"},
        {R"({"colour": 1})",
         "/colour: expected pending, inProgress, outcome, failureReason, progression or calls, "
         R"(found a member "colour", which is none of a life)"},
        {R"({"a/b~c": 1})",
         "/a~1b~0c: expected pending, inProgress, outcome, failureReason, progression or calls, "
         R"(found a member "a/b~c", which is none of a life)"},
    };
    for (const auto& one : cases) EXPECT_THAT(problems_of(one.json), ElementsAre(one.problem)) << one.json;
}

TEST(Plan, ListsAllThatIsWrong) {
    const char* const json = R"({"pending": "soon", "inProgress": 3, "outcome": "BROKEN", "failureReason": "x",
        "progression": "slow", "calls": -1, "more": {}})";
    std::vector<Problem> problems;
    read_plan_change(base::parse_json(json), problems);
    std::vector<std::string> pointers;
    for (const Problem& each : problems) pointers.push_back(each.pointer);
    EXPECT_THAT(pointers, ElementsAre("/pending", "/inProgress", "/outcome", "/progression", "/calls", "/more"));
}

TEST(Plan, AddsToTheProblemsThatAreThere) {
    std::vector<Problem> problems{{"/earlier", "this", "that"}};
    read_plan_change(base::Json::array(), problems);
    EXPECT_EQ(problems.size(), 2u);
    EXPECT_EQ(problems.front().pointer, "/earlier");
}

TEST(Excerpt, IsOneReadableLine) {
    EXPECT_EQ(base::excerpt(base::parse_json(R"({"a": [1, "two"]})")), R"({"a":[1,"two"]})");
    EXPECT_EQ(base::excerpt("line\nand \xc3\xa9"), R"("line\nand \u00e9")");
    EXPECT_EQ(base::excerpt(std::string(78, 'x')), "\"" + std::string(78, 'x') + "\"");
    EXPECT_EQ(base::excerpt(std::string(79, 'x')), "\"" + std::string(76, 'x') + "...");
}

}  // namespace
}  // namespace plocal::lifecycle
