// The whole state in and out: snapshots, reset, and what documents say of clock, lifecycle and rules.
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/lifecycle/iso8601.h"
#include "server/model/json.h"
#include "tests/support/world.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::control {
namespace {

using model::Json;
using support::Answer;
using support::arn;
using support::create_input;
using support::World;
using testing::HasSubstr;

constexpr const char* alice = "111111111111";
constexpr const char* bob = "222222222222";

Answer asked(World& world, std::string_view method, std::string_view target, const Json& body = nullptr) {
    const std::string text = body.is_null() ? "" : body.dump();
    return world.send({.method = method, .target = target, .headers = {}, .body = text});
}

Json get(World& world, std::string_view target) {
    const Answer answer = asked(world, "GET", target);
    EXPECT_EQ(answer.status, 200) << target << answer.text;
    return answer.body;
}

std::string job_arn(std::string_view name, std::string_view account = "000000000000") {
    return "arn:aws:personalize:us-east-1:" + std::string(account) + ":batch-inference-job/" + std::string(name);
}

Json described(World& world, const std::string& job, std::string_view account = "") {
    const Answer answer =
        world.call_as(account, "us-east-1", "DescribeBatchInferenceJob", {{"batchInferenceJobArn", job}});
    return answer.status == 200 ? answer.body["batchInferenceJob"] : Json(answer.error());
}

std::string status(World& world, const std::string& job, std::string_view account = "") {
    const Json told = described(world, job, account);
    return told.is_object() ? told["status"] : told;
}

Beginning beginning_with(const Json& document) {
    Beginning beginning{.clock = lifecycle::Clock::frozen(World::beginning())};
    beginning.documents.push_back({"fixtures.json", document.dump()});
    return beginning;
}

/// A world with a version, so that jobs can be made, a job that goes on and one that has ended.
Beginning usual_beginning() {
    return beginning_with({{"solutionVersion", {{"solutionVersionArn", arn("solution/movies/1234abcd")}}},
                           {"batchInferenceJobs",
                            {{{"batchInferenceJobArn", job_arn("fixed")}, {"status", "PENDING"}},
                             {{"batchInferenceJobArn", job_arn("done")},
                              {"status", "CREATE FAILED"},
                              {"failureReason", "No objects"},
                              {"creationDateTime", "2025-05-05T05:05:05.055Z"}}}}});
}

/// A world in which everything is in the middle of something.
void set_in_motion(World& world) {
    asked(world, "PUT", "/_local/lifecycle",
          {{"default", {{"inProgress", "7s"}}}, {"batchInferenceJob", {{"pending", "3s"}}}});
    Json input = create_input("made");
    input["tags"] = {{{"tagKey", "team"}, {"tagValue", "search"}}};
    world.call("CreateBatchInferenceJob", input);
    asked(world, "POST", "/_local/rules",
          {{"rules",
            {{{"match", {{"jobName", "*-called"}}},
              {"lifecycle", {{"progression", "calls"}, {"calls", 3}, {"outcome", "CREATE FAILED"}}}},
             {{"match", {{"operation", "List*"}}}, {"times", 5}, {"delay", "2s"}}}}});
    world.call("CreateBatchInferenceJob", create_input("is-called"));
    world.call("ListBatchInferenceJobs", Json::object());
    asked(world, "POST", "/_local/clock/advance", {{"by", "1500ms"}});
    status(world, job_arn("is-called"));
    asked(world, "POST", "/_local/transition", {{"arn", job_arn("done")}, {"to", "PENDING"}, {"force", true}});
}

TEST(State, IsADocumentThatIsReadBackToTheSame) {
    World world = World::from(usual_beginning());
    set_in_motion(world);
    const std::string snapshot = asked(world, "GET", "/_local/state").text;
    World other = World::from({.clock = lifecycle::Clock::frozen(World::beginning())});
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

TEST(State, GoesOnWhereItStoodWheneverItIsLoaded) {
    World world = World::from(usual_beginning());
    set_in_motion(world);
    Json snapshot = get(world, "/_local/state");
    snapshot.erase("clock");
    Beginning later = beginning_with(snapshot);
    later.clock = lifecycle::Clock::frozen(World::beginning() + std::chrono::hours(24 * 400));
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
    EXPECT_EQ(asked(world, "POST", "/_local/state", again).status, 200) << "it is so already";
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

TEST(State, OfAnAccountIsLoadedAsAnothersOwn) {
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

TEST(Reset, BringsBackWhatWasThereAtTheStart) {
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

TEST(Reset, BeginsAgainWithAFileToo) {
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

TEST(Documents, ArrangeClockLifecycleAndRules) {
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

TEST(Documents, ChangeNothingWhenTheyAreLoadedTwice) {
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

TEST(Documents, AreBeatenByAClockThatWasGiven) {
    Beginning beginning = beginning_with({{"clock", {{"mode", "frozen"}, {"now", "2024-02-29T12:00:00Z"}}}});
    beginning.is_clock_given = true;
    World world = World::from(beginning);
    EXPECT_EQ(get(world, "/_local/clock")["now"], "2026-01-31T12:00:00.123Z");
}

TEST(Copies, AreMadeForEachAccount) {
    Beginning beginning = usual_beginning();
    beginning.accounts = {alice, bob};
    World world = World::from(beginning);
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

TEST(Copies, AreRefusedWhereTwoWouldBeTheSame) {
    World world =
        World::from(beginning_with({{"batchInferenceJobs",
                                     {{{"batchInferenceJobArn", job_arn("x")}},
                                      {{"batchInferenceJobArn", job_arn("x", bob)}, {"status", "PENDING"}}}}}));
    const Answer answer = asked(world, "POST", "/_local/reset?account=" + std::string(alice));
    EXPECT_EQ(answer.status, 409) << answer.text;
    EXPECT_THAT(answer.body.value("error", ""), HasSubstr("/batchInferenceJobs/1"));
}

TEST(Copies, FollowAClockThatWasGiven) {
    Beginning beginning = beginning_with({{"clock", {{"mode", "frozen"}, {"now", "2024-02-29T12:00:00Z"}}}});
    beginning.is_clock_given = true;
    beginning.accounts = {alice};
    World world = World::from(beginning);
    for (const char* const account : {alice, bob}) {
        EXPECT_EQ(get(world, "/_local/clock?account=" + std::string(account))["now"], "2026-01-31T12:00:00.123Z");
        asked(world, "POST", "/_local/reset?account=" + std::string(account));
        EXPECT_EQ(get(world, "/_local/clock?account=" + std::string(account))["now"], "2026-01-31T12:00:00.123Z");
    }
}

TEST(State, OfOneAccountSpeaksOfNoOther) {
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

TEST(Clock, ThatRunsFastNeverRunsBackOverARestart) {
    const storage::TemporaryFolder folder;
    const auto moment_of = [](World& world, const std::string& account) {
        return *lifecycle::parse_iso8601(get(world, "/_local/clock?account=" + account)["now"].get<std::string>());
    };
    for (const bool is_killed : {true, false}) {
        storage::Instant told;
        {
            World world = World::from({}, folder.file("world.db"));
            asked(world, "PUT", "/_local/clock", {{"mode", "real"}, {"speed", 100'000}});
            for (int i = 0; i < 50; ++i) status(world, job_arn("none"), alice);
            told = moment_of(world, alice);
            if (!is_killed) world.engine().stop();
        }
        World again = World::from({}, folder.file("world.db"));
        EXPECT_GE(moment_of(again, alice), told) << is_killed;
        asked(again, "PUT", "/_local/clock", {{"mode", "frozen"}});
        EXPECT_EQ(get(again, "/_local/clock?account=" + std::string(alice))["mode"], "frozen")
            << "she follows the common clock still";
    }
}

TEST(Clock, OfAnAccountIsIdleWithItsOwnJobs) {
    Beginning beginning = usual_beginning();
    beginning.accounts = {alice, bob};
    World world = World::from(beginning);
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

TEST(Copies, HaveTheirOwnRulesBesideThoseOfAll) {
    Beginning beginning = beginning_with(
        {{"rules",
          {{{"match", {{"operation", "List*"}}}, {"times", 1}, {"error", {{"type", "ThrottlingException"}}}}}}});
    beginning.accounts = {alice, bob};
    World world = World::from(beginning);
    const auto listed = [&world](const char* account) {
        return world.call_as(account, "us-east-1", "ListBatchInferenceJobs", Json::object()).status;
    };
    EXPECT_EQ(listed(alice), 400);
    EXPECT_EQ(listed(alice), 200) << "the common rule is her own in another place, and used up";
    EXPECT_EQ(listed(bob), 400);
    EXPECT_EQ(listed("333333333333"), 400) << "nobody has used up the common one";
}

}  // namespace
}  // namespace plocal::control
