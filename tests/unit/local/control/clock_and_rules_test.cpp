// Clocks and rules of accounts, and over a restart.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/base/iso8601.h"
#include "tests/unit/local/control/asking.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::control {
namespace {

using base::Json;
using support::create_input;
using support::World;
using world::WorldConfig;

TEST(Clock, CanBeSetBackBeforeAnythingWasRecordedAndFixturesBeginThen) {
    World world = World::from(usual_beginning());
    EXPECT_EQ(asked(world, "PUT", "/_local/clock", {{"now", "2020-01-01T00:00:00Z"}}).status, 200);
    const Json job = described(world, job_arn("fixed"));
    EXPECT_EQ(job["status"], "PENDING");
    EXPECT_EQ(get(world, "/_local/history?arn=" + job_arn("fixed"))["history"][0]["at"], "2020-01-01T00:00:00Z");
    asked(world, "POST", "/_local/clock/advance", {{"by", "1s"}});
    EXPECT_EQ(status(world, job_arn("fixed")), "IN PROGRESS");
    EXPECT_EQ(asked(world, "PUT", "/_local/clock", {{"now", "2019-01-01T00:00:00Z"}}).status, 409);
    asked(world, "POST", "/_local/reset");
    EXPECT_EQ(asked(world, "PUT", "/_local/clock", {{"now", "2019-01-01T00:00:00Z"}}).status, 200);
}

TEST(Clock, BeginsIn1970) {
    World world = World::from(usual_beginning());
    EXPECT_EQ(asked(world, "PUT", "/_local/clock", {{"now", "1969-12-31T23:59:59.999Z"}}).status, 400);
    EXPECT_EQ(asked(world, "PUT", "/_local/clock", {{"now", "1970-01-01T00:00:00Z"}}).status, 200);
}

TEST(Clock, ThatRunsIsFrozenWithoutAnythingLost) {
    World world = World::from({.clock = lifecycle::Clock::real()});
    support::load_solution_version(world);
    world.call("CreateBatchInferenceJob", create_input("one"));
    for (int turn = 0; turn < 1'000; ++turn) {
        asked(world, "PUT", "/_local/clock", {{"mode", turn % 2 == 0 ? "frozen" : "real"}, {"speed", turn % 3 + 1}});
        asked(world, "POST", "/_local/clock/advance", {{"by", "0s"}});
    }
    EXPECT_NE(status(world, job_arn("one")), "ResourceNotFoundException");
}

TEST(Clock, ThatRunsFastIsFrozenAtExactlyTheMomentAskedFor) {
    World world = World::from({.clock = lifecycle::Clock::real()});
    asked(world, "PUT", "/_local/clock", {{"speed", 1000}});
    for (const char* const moment : {"2100-01-01T00:00:00Z", "2101-01-01T00:00:00Z"}) {
        EXPECT_EQ(asked(world, "PUT", "/_local/clock", {{"mode", "frozen"}, {"now", moment}}).body["now"], moment);
        asked(world, "PUT", "/_local/clock", {{"mode", "real"}});
    }
}

TEST(Clock, ThatRunsFastNeverRunsBackOverARestart) {
    const storage::TemporaryFolder folder;
    const auto moment_of = [](World& world, const std::string& account) {
        return *base::parse_iso8601(get(world, "/_local/clock?account=" + account)["now"].get<std::string>());
    };
    for (const bool is_killed : {true, false}) {
        base::Instant seen;
        {
            World world = World::from({}, folder.file("world.db"));
            asked(world, "PUT", "/_local/clock", {{"mode", "real"}, {"speed", 100'000}});
            for (int i = 0; i < 50; ++i) status(world, job_arn("none"), alice);
            seen = moment_of(world, alice);
            if (!is_killed) world.engine().stop();
        }
        World again = World::from({}, folder.file("world.db"));
        EXPECT_GE(moment_of(again, alice), seen) << is_killed;
        asked(again, "PUT", "/_local/clock", {{"mode", "frozen"}});
        EXPECT_EQ(get(again, "/_local/clock?account=" + std::string(alice))["mode"], "frozen")
            << "the account still follows the common clock";
    }
}

TEST(Clock, OfAnAccountIsIdleWithItsOwnJobs) {
    WorldConfig config = usual_beginning();
    config.accounts = {alice, bob};
    World world = World::from(config);
    asked(world, "POST", "/_local/transition", {{"arn", job_arn("done", bob)}, {"to", "PENDING"}, {"force", true}});
    asked(world, "PUT", "/_local/lifecycle", {{"default", {{"pending", "10h"}}}});
    asked(world, "POST", "/_local/transition", {{"arn", job_arn("done", bob)}, {"to", "ACTIVE"}, {"force", true}});
    asked(world, "POST", "/_local/transition", {{"arn", job_arn("done", bob)}, {"to", "PENDING"}, {"force", true}});
    EXPECT_EQ(
        asked(world, "POST", "/_local/clock/advance?account=" + std::string(alice), {{"until", "idle"}}).body["now"],
        "2026-01-31T12:00:03.123Z");
}

TEST(Rules, OfAnAccountHideNoneOfTheCommonOnesByChance) {
    World world = World::from(usual_beginning());
    asked(world, "POST", "/_local/rules",
          {{"match", {{"operation", "List*"}}}, {"error", {{"type", "ThrottlingException"}}}});
    asked(world, "POST", "/_local/rules?account=" + std::string(alice),
          {{"match", {{"jobName", "other"}}}, {"delay", "1s"}});
    EXPECT_EQ(world.call_as(alice, "us-east-1", "ListBatchInferenceJobs", Json::object()).error(),
              "ThrottlingException");
}

TEST(Rules, CountWhatTheySkipOverARestart) {
    const storage::TemporaryFolder folder;
    {
        World world = World::from(usual_beginning(), folder.file("world.db"));
        asked(world, "POST", "/_local/rules",
              {{"match", {{"operation", "List*"}}}, {"after", 2}, {"error", {{"type", "ThrottlingException"}}}});
        EXPECT_EQ(world.call("ListBatchInferenceJobs", Json::object()).status, 200);
        EXPECT_EQ(world.call("ListBatchInferenceJobs", Json::object()).status, 200);
    }
    World again = World::from(usual_beginning(), folder.file("world.db"));
    EXPECT_EQ(again.call("ListBatchInferenceJobs", Json::object()).error(), "ThrottlingException");
}

}  // namespace
}  // namespace plocal::control
