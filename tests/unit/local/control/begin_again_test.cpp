// What a world starts with: documents, resets, and copies for accounts.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/local/control/asking.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::control {
namespace {

using base::Json;
using support::Answer;
using support::create_input;
using support::World;
using testing::HasSubstr;
using world::WorldConfig;

TEST(Reset, RestoresTheStateOfTheStart) {
    World world = World::from(usual_beginning());
    const std::string at_start = asked(world, "GET", "/_local/state").text;
    set_in_motion(world);
    EXPECT_NE(asked(world, "GET", "/_local/state").text, at_start);
    EXPECT_EQ(asked(world, "POST", "/_local/reset").status, 200);
    EXPECT_EQ(asked(world, "GET", "/_local/state").text, at_start);
    EXPECT_EQ(get(world, "/_local/requests")["requests"].size(), 0u);
}

TEST(Reset, LeavesNothingWithoutFixtures) {
    World world = World::from(usual_beginning());
    set_in_motion(world);
    EXPECT_EQ(asked(world, "POST", "/_local/reset?fixtures=false").body["resources"], Json::object());
    EXPECT_EQ(status(world, job_arn("fixed")), "ResourceNotFoundException");
    EXPECT_EQ(asked(world, "POST", "/_local/reset?fixtures=maybe").status, 400);
}

TEST(Reset, RestoresTheStateOfAFileToo) {
    const storage::TemporaryFolder folder;
    {
        World world = World::from(usual_beginning(), folder.file("world.db"));
        set_in_motion(world);
        asked(world, "POST", "/_local/reset");
        world.call("CreateBatchInferenceJob", create_input("after"));
    }
    World again = World::from(usual_beginning(), folder.file("world.db"));
    EXPECT_EQ(status(again, job_arn("made")), "ResourceNotFoundException");
    EXPECT_EQ(status(again, job_arn("after")), "PENDING");
    EXPECT_EQ(get(again, "/_local/rules")["rules"].size(), 0u);
}

TEST(Documents, SetClockLifecycleAndRules) {
    Json document = {{"clock", {{"mode", "frozen"}, {"now", "2024-02-29T12:00:00Z"}}},
                     {"lifecycle", {{"default", {{"pending", "90s"}}}}},
                     {"rules", {{{"match", {{"operation", "List*"}}}, {"error", {{"type", "ThrottlingException"}}}}}},
                     {"batchInferenceJob", {{"batchInferenceJobArn", job_arn("one")}, {"status", "PENDING"}}}};
    World world = World::from(beginning_with(document));
    EXPECT_EQ(get(world, "/_local/clock")["now"], "2024-02-29T12:00:00Z");
    EXPECT_EQ(world.call("ListBatchInferenceJobs", Json::object()).error(), "ThrottlingException");
    world.advance(std::chrono::seconds(89));
    EXPECT_EQ(status(world, job_arn("one")), "PENDING") << "the document's own lifecycle";
    world.advance(std::chrono::seconds(1));
    EXPECT_EQ(status(world, job_arn("one")), "IN PROGRESS");
}

TEST(Documents, ChangeNothingWhenLoadedTwice) {
    const storage::TemporaryFolder folder;
    Json document = {{"clock", {{"mode", "frozen"}, {"now", "2024-02-29T12:00:00Z"}}},
                     {"lifecycle", {{"default", {{"pending", "90s"}}}}},
                     {"rules", {{{"delay", "1s"}}, {{"id", "mine"}, {"delay", "2s"}}}}};
    Json before;
    {
        World world = World::from(beginning_with(document), folder.file("world.db"));
        asked(world, "POST", "/_local/clock/advance", {{"by", "1h"}});
        asked(world, "PUT", "/_local/lifecycle", {{"default", {{"pending", "7s"}}}});
        before = get(world, "/_local/state");
    }
    World again = World::from(beginning_with(document), folder.file("world.db"));
    EXPECT_EQ(get(again, "/_local/state"), before);
}

TEST(Documents, DoNotChangeAClockOfTheFlags) {
    WorldConfig config = beginning_with({{"clock", {{"mode", "frozen"}, {"now", "2024-02-29T12:00:00Z"}}}});
    config.is_clock_given = true;
    World world = World::from(config);
    EXPECT_EQ(get(world, "/_local/clock")["now"], "2026-01-31T12:00:00.123Z");
}

TEST(Copies, AreMadeForEachAccount) {
    WorldConfig config = usual_beginning();
    config.accounts = {alice, bob};
    World world = World::from(config);
    for (const char* const account : {"000000000000", alice, bob}) {
        const Json job = described(world, job_arn("done", account), account);
        EXPECT_EQ(job["failureReason"], "No objects") << account;
        EXPECT_EQ(world.call_as(account, "us-east-1", "ListBatchInferenceJobs", Json::object())
                      .body["batchInferenceJobs"]
                      .size(),
                  2u);
    }
    asked(world, "POST", "/_local/reset?account=" + std::string(alice) + "&fixtures=false");
    EXPECT_EQ(status(world, job_arn("done", alice), alice), "ResourceNotFoundException");
    EXPECT_EQ(status(world, job_arn("done", bob), bob), "CREATE FAILED");
    asked(world, "POST", "/_local/reset");
    EXPECT_EQ(status(world, job_arn("done", alice), alice), "CREATE FAILED");
}

TEST(Copies, AreRefusedWhereTwoWouldHaveOneArn) {
    World world =
        World::from(beginning_with({{"batchInferenceJobs",
                                     {{{"batchInferenceJobArn", job_arn("x")}},
                                      {{"batchInferenceJobArn", job_arn("x", bob)}, {"status", "PENDING"}}}}}));
    const Answer answer = asked(world, "POST", "/_local/reset?account=" + std::string(alice));
    EXPECT_EQ(answer.status, 409) << answer.text;
    EXPECT_THAT(answer.body.value("error", ""), HasSubstr("/batchInferenceJobs/1"));
}

TEST(Copies, FollowAClockOfTheFlags) {
    WorldConfig config = beginning_with({{"clock", {{"mode", "frozen"}, {"now", "2024-02-29T12:00:00Z"}}}});
    config.is_clock_given = true;
    config.accounts = {alice};
    World world = World::from(config);
    for (const char* const account : {alice, bob}) {
        EXPECT_EQ(get(world, "/_local/clock?account=" + std::string(account))["now"], "2026-01-31T12:00:00.123Z");
        asked(world, "POST", "/_local/reset?account=" + std::string(account));
        EXPECT_EQ(get(world, "/_local/clock?account=" + std::string(account))["now"], "2026-01-31T12:00:00.123Z");
    }
}

TEST(Copies, HaveTheirOwnRulesBesideThoseOfAll) {
    WorldConfig config = beginning_with(
        {{"rules",
          {{{"match", {{"operation", "List*"}}}, {"times", 1}, {"error", {{"type", "ThrottlingException"}}}}}}});
    config.accounts = {alice, bob};
    World world = World::from(config);
    const auto listed = [&world](const char* account) {
        return world.call_as(account, "us-east-1", "ListBatchInferenceJobs", Json::object()).status;
    };
    EXPECT_EQ(listed(alice), 400);
    EXPECT_EQ(listed(alice), 200) << "the copy of the common rule is the same rule, and used up";
    EXPECT_EQ(listed(bob), 400);
    EXPECT_EQ(listed("333333333333"), 400) << "no account has used up the common rule";
}

}  // namespace
}  // namespace plocal::control
