// The whole state in and out.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/local/control/asking.h"

namespace plocal::control {
namespace {

using base::Json;
using support::Answer;
using support::arn;
using support::World;
using world::WorldConfig;

TEST(State, IsADocumentThatLoadsBackToTheSame) {
    World world = World::from(usual_beginning());
    set_in_motion(world);
    const std::string snapshot = asked(world, "GET", "/_local/state").text;
    World other = World::from({.clock = lifecycle::Clock::frozen(World::start_time())});
    const Answer put = other.send({.method = "PUT", .target = "/_local/state", .headers = {}, .body = snapshot});
    ASSERT_EQ(put.status, 200) << put.text;
    EXPECT_EQ(put.body["resources"]["batchInferenceJobs"], 4);
    EXPECT_EQ(asked(other, "GET", "/_local/state").text, snapshot);
    for (World* const each : {&world, &other}) asked(*each, "POST", "/_local/clock/advance", {{"by", "4s"}});
    for (const char* const name : {"fixed", "done", "made", "is-called"}) {
        EXPECT_EQ(described(world, job_arn(name)), described(other, job_arn(name)));
        EXPECT_EQ(get(world, "/_local/history?arn=" + job_arn(name)),
                  get(other, "/_local/history?arn=" + job_arn(name)));
    }
    EXPECT_EQ(get(world, "/_local/lifecycle"), get(other, "/_local/lifecycle"));
    EXPECT_EQ(get(world, "/_local/rules"), get(other, "/_local/rules"));
    EXPECT_EQ(other.store().tags().list(job_arn("made")).size(), 1u);
    EXPECT_EQ(asked(world, "GET", "/_local/state").text, asked(other, "GET", "/_local/state").text);
}

TEST(State, ContinuesFromItsMomentWheneverItIsLoaded) {
    World world = World::from(usual_beginning());
    set_in_motion(world);
    Json snapshot = get(world, "/_local/state");
    snapshot.erase("clock");
    WorldConfig later = beginning_with(snapshot);
    later.clock = lifecycle::Clock::frozen(World::start_time() + std::chrono::hours(24 * 400));
    World other = World::from(later);
    EXPECT_EQ(status(other, job_arn("made")), "PENDING");
    other.advance(std::chrono::milliseconds(1'499));
    EXPECT_EQ(status(other, job_arn("made")), "PENDING");
    other.advance(std::chrono::milliseconds(1));
    EXPECT_EQ(status(other, job_arn("made")), "IN PROGRESS");
}

TEST(State, IsReplacedAtOnceOrNotAtAll) {
    World world = World::from(usual_beginning());
    set_in_motion(world);
    const std::string before = asked(world, "GET", "/_local/state").text;
    const struct {
        Json document;
        const char* pointer;
    } bad[] = {
        {{{"batchInferenceJobs", {{{"batchInferenceJobArn", job_arn("x")}}, {{"batchInferenceJobArn", "no"}}}}},
         "/batchInferenceJobs/1/batchInferenceJobArn"},
        {{{"clock", {{"mode", "still"}}}}, "/clock/mode"},
        {{{"rules", {{{"delay", "2s"}, {"match", {{"jobname", "x"}}}}}}}, "/rules/0/match/jobname"},
        {{{"lifecycle", {{"batchInferenceJobb", Json::object()}}}}, "/lifecycle/batchInferenceJobb"},
        {{{"accounts", {{"12", Json::object()}}}}, "/accounts/12"},
        {{{"accounts", {{alice, {{"clok", 1}}}}}}, "/accounts/111111111111/clok"},
        {{{"rules", {{{"id", "a"}, {"delay", "2s"}}, {{"id", "a"}, {"delay", "2s"}}}}}, "/rules/1/id"},
        {{{"batchInferenceJob",
           {{"batchInferenceJobArn", job_arn("x")}, {"_local", {{"timeline", {{"steps", Json::array()}}}}}}}},
         "/batchInferenceJob/_local/timeline/steps"},
        {Json::array(), ""},
    };
    for (const char* const method : {"PUT", "POST"}) {
        for (const auto& each : bad) {
            const Answer answer = asked(world, method, "/_local/state", each.document);
            EXPECT_EQ(answer.status, 400) << answer.text;
            EXPECT_EQ(answer.body.value("pointer", ""), each.pointer) << answer.text;
        }
    }
    EXPECT_EQ(asked(world, "GET", "/_local/state").text, before);
}

TEST(State, IsAddedTo) {
    World world = World::from(usual_beginning());
    const Json more = {{"batchInferenceJob", {{"batchInferenceJobArn", job_arn("more")}}},
                       {"rules", {{{"id", "slow"}, {"delay", "1s"}}}},
                       {"lifecycle", {{"default", {{"pending", "9s"}}}}}};
    EXPECT_EQ(asked(world, "POST", "/_local/state", more).body["resources"]["batchInferenceJobs"], 3);
    EXPECT_EQ(status(world, job_arn("more")), "ACTIVE");
    EXPECT_EQ(get(world, "/_local/rules")["rules"].size(), 1u);
    EXPECT_EQ(get(world, "/_local/lifecycle")["default"]["pending"], "9s");
    const Json again = {{"batchInferenceJob", {{"batchInferenceJobArn", job_arn("more")}}}};
    EXPECT_EQ(asked(world, "POST", "/_local/state", again).status, 200) << "the state has all of it already";
    const struct {
        Json document;
        const char* pointer;
    } contradictions[] = {
        {{{"batchInferenceJob", {{"batchInferenceJobArn", job_arn("more")}, {"status", "PENDING"}}}},
         "/batchInferenceJob"},
        {{{"rules", {{{"id", "slow"}, {"delay", "1s"}}}}}, "/rules/0/id"},
        {{{"clock", {{"now", "2020-01-01T00:00:00Z"}}}}, "/clock/now"},
    };
    const std::string before = asked(world, "GET", "/_local/state").text;
    for (const auto& each : contradictions) {
        const Answer answer = asked(world, "POST", "/_local/state", each.document);
        EXPECT_EQ(answer.status, 409) << answer.text;
        EXPECT_EQ(answer.body.value("pointer", ""), each.pointer);
    }
    EXPECT_EQ(asked(world, "GET", "/_local/state").text, before);
}

TEST(State, OfAnAccountCanBeLoadedForAnother) {
    World world = World::from(usual_beginning());
    asked(world, "POST", "/_local/reset?account=" + std::string(alice));
    asked(world, "PUT", "/_local/clock?account=" + std::string(alice), {{"mode", "frozen"}});
    asked(world, "POST", "/_local/clock/advance?account=" + std::string(alice), {{"by", "500ms"}});
    const Json hers = get(world, "/_local/state?account=" + std::string(alice));
    ASSERT_EQ(asked(world, "PUT", "/_local/state?account=" + std::string(bob), hers).status, 200);
    asked(world, "POST", "/_local/clock/advance?account=" + std::string(bob), {{"by", "500ms"}});
    EXPECT_EQ(status(world, job_arn("fixed", alice), alice), "PENDING");
    EXPECT_EQ(status(world, job_arn("fixed", bob), bob), "IN PROGRESS");
    EXPECT_EQ(status(world, job_arn("fixed", alice), bob), "ResourceNotFoundException");
}

TEST(State, OfOneAccountHasNoMembersOfOthers) {
    World world = World::from(usual_beginning());
    const std::string target = "/_local/state?account=" + std::string(alice);
    const struct {
        Json document;
        const char* pointer;
    } cases[] = {
        {{{"accounts", {{bob, Json::object()}}}}, "/accounts"},
        {{{"recipes", {{{"recipeArn", "arn:aws:personalize:::recipe/mine"}}}}}, "/recipes"},
    };
    for (const char* const method : {"PUT", "POST"}) {
        for (const auto& each : cases) {
            const Answer answer = asked(world, method, target, each.document);
            EXPECT_EQ(answer.status, 400) << answer.text;
            EXPECT_EQ(answer.body.value("pointer", ""), each.pointer);
        }
    }
}

TEST(State, KeepsAFailureThatHasNoReasonWhateverTheLifecycleSays) {
    World world = World::from(
        beginning_with({{"batchInferenceJob", {{"batchInferenceJobArn", job_arn("x")}, {"status", "CREATE FAILED"}}}}));
    asked(world, "PUT", "/_local/lifecycle", {{"default", {{"outcome", "CREATE FAILED"}, {"failureReason", "other"}}}});
    const std::string before = asked(world, "GET", "/_local/state").text;
    world.send({.method = "PUT", .target = "/_local/state", .headers = {}, .body = before});
    EXPECT_EQ(asked(world, "GET", "/_local/state").text, before);
    EXPECT_FALSE(described(world, job_arn("x")).contains("failureReason"));
}

TEST(State, RefusesATimelineThatNoJobCanHave) {
    World world = World::from(usual_beginning());
    const auto with_steps = [](const Json& steps) {
        return Json{{"batchInferenceJob",
                     {{"batchInferenceJobArn", job_arn("x")}, {"_local", {{"timeline", {{"steps", steps}}}}}}}};
    };
    const struct {
        Json document;
        const char* pointer;
    } cases[] = {
        {with_steps({{{"status", "DONE"}}}), "/batchInferenceJob/_local/timeline/steps/0/status"},
        {with_steps({{{"status", "CREATE PENDING"}}}), "/batchInferenceJob/_local/timeline/steps/0/status"},
        {with_steps({{{"status", "ACTIVE"}, {"lasts", "1s"}}, {{"status", "ACTIVE"}}}),
         "/batchInferenceJob/_local/timeline/steps/0/status"},
        {with_steps({{{"status", "CREATE PENDING"}, {"lasts", "soon"}}, {{"status", "ACTIVE"}}}),
         "/batchInferenceJob/_local/timeline/steps/0/lasts"},
        {with_steps({{{"status", "CREATE PENDING"}, {"ends", "1s"}}, {{"status", "ACTIVE"}}}),
         "/batchInferenceJob/_local/timeline/steps/0"},
        {with_steps({{{"status", "ACTIVE"}, {"lasts", "1s"}}}), "/batchInferenceJob/_local/timeline/steps/0"},
        {{{"batchInferenceJob",
           {{"batchInferenceJobArn", job_arn("x")},
            {"status", "CREATE FAILED"},
            {"_local", {{"timeline", {{"steps", {{{"status", "ACTIVE"}}}}}}}}}}},
         "/batchInferenceJob/status"},
        {{{"schema",
           {{"schemaArn", arn("schema/x")}, {"_local", {{"timeline", {{"steps", {{{"status", "ACTIVE"}}}}}}}}}}},
         "/schema/_local"},
    };
    for (const auto& each : cases) {
        const Answer answer = asked(world, "POST", "/_local/state", each.document);
        EXPECT_EQ(answer.status, 400) << answer.text;
        EXPECT_EQ(answer.body.value("pointer", ""), each.pointer) << answer.text;
    }
}

}  // namespace
}  // namespace plocal::control
