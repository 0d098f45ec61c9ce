#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/base/json.h"
#include "server/local/control/guard.h"
#include "tests/support/world.h"

namespace plocal::control {
namespace {

using base::Json;
using support::Answer;
using support::arn;
using support::create_input;
using support::World;
using testing::HasSubstr;

class Calls : public testing::Test {
protected:
    Calls() { support::load_solution_version(world); }

    Answer ask(std::string_view method, std::string_view target, const Json& body = nullptr) {
        const std::string text = body.is_null() ? "" : body.dump();
        return world.send({.method = method, .target = target, .headers = {}, .body = text});
    }

    void create(const std::string& name) {
        ASSERT_EQ(world.call("CreateBatchInferenceJob", create_input(name)).status, 200);
    }

    Answer describe(const std::string& name) {
        return world.call("DescribeBatchInferenceJob", {{"batchInferenceJobArn", arn("batch-inference-job/" + name)}});
    }

    std::string status(const std::string& name) { return describe(name).body["batchInferenceJob"]["status"]; }

    Json history(const std::string& name) {
        return ask("GET", "/_local/history?arn=" + arn("batch-inference-job/" + name)).body["history"];
    }

    World world;
};

TEST_F(Calls, AdvanceTheClockThroughEveryStatus) {
    create("one");
    EXPECT_EQ(ask("POST", "/_local/clock/advance", {{"by", "1s"}}).body["now"], "2026-01-31T12:00:01.123Z");
    EXPECT_EQ(status("one"), "IN PROGRESS");
    ask("POST", "/_local/clock/advance", {{"by", "1h"}});
    const Json expected = {{{"status", "PENDING"}, {"at", "2026-01-31T12:00:00.123Z"}, {"cause", "call"}},
                           {{"status", "IN PROGRESS"}, {"at", "2026-01-31T12:00:01.123Z"}, {"cause", "timer"}},
                           {{"status", "ACTIVE"}, {"at", "2026-01-31T12:00:03.123Z"}, {"cause", "timer"}}};
    EXPECT_EQ(history("one"), expected);
}

TEST_F(Calls, AdvanceUntilNoJobHasATimedStepLeft) {
    create("one");
    world.advance(std::chrono::milliseconds(500));
    create("two");
    EXPECT_EQ(ask("POST", "/_local/clock/advance", {{"until", "idle"}}).body["now"], "2026-01-31T12:00:03.623Z");
    EXPECT_EQ(status("one"), "ACTIVE");
    EXPECT_EQ(status("two"), "ACTIVE");
    EXPECT_EQ(ask("POST", "/_local/clock/advance", {{"until", "idle"}}).body["now"], "2026-01-31T12:00:03.623Z");
}

TEST_F(Calls, NeverTurnTheClockBackOnceSomethingWasAnswered) {
    create("one");
    const Answer refused = ask("PUT", "/_local/clock", {{"now", "2025-01-01T00:00:00Z"}});
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(refused.body["pointer"], "/now");
    EXPECT_EQ(ask("GET", "/_local/clock").body["now"], "2026-01-31T12:00:00.123Z");
    EXPECT_EQ(ask("PUT", "/_local/clock", {{"now", "2026-01-31T12:00:01.123Z"}}).status, 200);
    EXPECT_EQ(status("one"), "IN PROGRESS");
}

TEST_F(Calls, GiveEachAccountItsOwnClock) {
    ask("POST", "/_local/clock/advance?account=111111111111", {{"by", "1h"}});
    EXPECT_EQ(ask("GET", "/_local/clock?account=111111111111").body["now"], "2026-01-31T13:00:00.123Z");
    EXPECT_EQ(ask("GET", "/_local/clock").body["now"], "2026-01-31T12:00:00.123Z");
    EXPECT_EQ(world.call_as("111111111111", "us-east-1", "ListBatchInferenceJobs", Json::object()).header("date"),
              "Sat, 31 Jan 2026 13:00:00 GMT");
}

TEST_F(Calls, SetTheLifecycleOfNewJobs) {
    create("before");
    const Json changes = {{"default", {{"progression", "manual"}}},
                          {"batchInferenceJob", {{"progression", "immediate"}}}};
    EXPECT_EQ(ask("PUT", "/_local/lifecycle", changes).body["set"], changes);
    create("after");
    EXPECT_EQ(status("before"), "PENDING");
    EXPECT_EQ(status("after"), "ACTIVE");
    EXPECT_EQ(ask("GET", "/_local/lifecycle").body["set"], changes);
}

TEST_F(Calls, MoveAJobToItsNextStatusAndToItsEnd) {
    create("one");
    const std::string job = arn("batch-inference-job/one");
    EXPECT_EQ(ask("POST", "/_local/transition", {{"arn", job}}).body["status"], "IN PROGRESS");
    const Answer failed =
        ask("POST", "/_local/transition", {{"arn", job}, {"to", "CREATE FAILED"}, {"failureReason", "Because."}});
    EXPECT_EQ(failed.body["status"], "CREATE FAILED");
    EXPECT_EQ(describe("one").body["batchInferenceJob"]["failureReason"], "Because.");
    EXPECT_EQ(history("one").back()["cause"], "command");
}

TEST_F(Calls, ChangeATerminalStatusOnlyByForce) {
    create("one");
    world.advance(std::chrono::hours(1));
    const std::string job = arn("batch-inference-job/one");
    EXPECT_EQ(ask("POST", "/_local/transition", {{"arn", job}, {"to", "PENDING"}}).status, 409);
    EXPECT_EQ(status("one"), "ACTIVE");
    EXPECT_EQ(ask("POST", "/_local/transition", {{"arn", job}, {"to", "PENDING"}, {"force", true}}).status, 200);
    EXPECT_EQ(status("one"), "PENDING");
    world.advance(std::chrono::hours(1));
    EXPECT_EQ(status("one"), "ACTIVE");
    EXPECT_EQ(history("one").size(), 6U);
}

TEST_F(Calls, ThrottleAsOftenAsARuleSays) {
    create("one");
    ask("POST", "/_local/rules",
        {{"match", {{"operation", "Describe*"}}},
         {"times", 2},
         {"error", {{"type", "ThrottlingException"}, {"message", "Rate exceeded"}}}});
    for (int i = 0; i < 2; ++i) {
        const Answer throttled = describe("one");
        EXPECT_EQ(throttled.status, 400);
        EXPECT_EQ(throttled.error(), "ThrottlingException");
        EXPECT_EQ(throttled.message(), "Rate exceeded");
        EXPECT_EQ(throttled.header("x-personalize-local-why"), "rule rule-1 fired (ruled)");
    }
    EXPECT_EQ(describe("one").status, 200);
    EXPECT_EQ(ask("GET", "/_local/rules").body["rules"][0]["fired"], 2);
}

TEST_F(Calls, LoseAnAnswerAfterTheCommit) {
    ask("POST", "/_local/rules",
        {{"match", {{"jobName", "lost"}}},
         {"times", 1},
         {"error", {{"type", "InternalFailure"}, {"status", 500}, {"afterCommit", true}}}});
    EXPECT_EQ(world.call("CreateBatchInferenceJob", create_input("lost")).status, 500);
    EXPECT_EQ(world.call("CreateBatchInferenceJob", create_input("lost")).error(), "ResourceAlreadyExistsException");
}

TEST_F(Calls, DisturbTheNetworkAsARuleSays) {
    ask("POST", "/_local/rules", {{"match", {{"operation", "List*"}}}, {"connection", "truncate"}, {"delay", "2s"}});
    const Answer disturbed = world.call("ListBatchInferenceJobs", Json::object());
    EXPECT_EQ(disturbed.response.disturbance.fault, protocol::Fault::truncate);
    EXPECT_EQ(disturbed.response.disturbance.delay, std::chrono::seconds(2));
    EXPECT_EQ(ask("GET", "/_local/health").response.disturbance.fault, protocol::Fault::none);
}

TEST_F(Calls, SetTheLifecycleOfAJobByItsName) {
    ask("POST", "/_local/rules",
        {{"id", "slow"},
         {"match", {{"jobName", "*-slow"}}},
         {"lifecycle", {{"pending", "20m..40m"}, {"outcome", "CREATE FAILED"}, {"failureReason", "Too slow"}}}});
    create("one-slow");
    create("one");
    ask("POST", "/_local/clock/advance", {{"by", "19m"}});
    EXPECT_EQ(status("one"), "ACTIVE");
    EXPECT_EQ(status("one-slow"), "PENDING");
    ask("POST", "/_local/clock/advance", {{"until", "idle"}});
    EXPECT_EQ(describe("one-slow").body["batchInferenceJob"]["failureReason"], "Too slow");
    EXPECT_EQ(history("one-slow").front()["cause"], "rule:slow");
}

TEST_F(Calls, ListTheRequestsAndTheirResults) {
    create("one");
    describe("two");
    const Json requests = ask("GET", "/_local/requests").body["requests"];
    ASSERT_EQ(requests.size(), 2U);
    EXPECT_EQ(requests[0]["operation"], "DescribeBatchInferenceJob");
    EXPECT_EQ(requests[0]["error"], "ResourceNotFoundException");
    EXPECT_EQ(requests[1]["input"]["jobName"], "one");
    EXPECT_EQ(ask("GET", "/_local/requests?operation=CreateBatchInferenceJob").body["requests"].size(), 1U);
    EXPECT_EQ(ask("DELETE", "/_local/requests").body["requests"].size(), 0U);
}

TEST_F(Calls, NameTheErrorAndItsPointer) {
    const struct {
        const char* method;
        const char* target;
        const char* body;
        int status;
        const char* pointer;
        const char* text;
    } cases[] = {
        {"PUT", "/_local/clock", "{", 400, "", "not JSON"},
        {"PUT", "/_local/clock", "", 400, "", "found none"},
        {"PUT", "/_local/clock", R"({"sped":60})", 400, "/sped", "expected speed, found a member"},
        {"PUT", "/_local/clock", R"({"speed":0})", 400, "/speed", "0.001"},
        {"POST", "/_local/clock/advance", R"({"by":"1y"})", 400, "/by", "250ms"},
        {"PUT", "/_local/lifecycle", R"({"batchInferenceJobs":{}})", 400, "/batchInferenceJobs", "batchInferenceJob"},
        {"PUT", "/_local/lifecycle", R"({"default":{"calls":0}})", 400, "/default/calls", "1 to 1000000"},
        {"POST", "/_local/rules", R"({"match":{},"delay":"1s","probabilty":1})", 400, "/probabilty", "probability"},
        {"POST", "/_local/transition", R"({"arn":"arn:none"})", 404, "", "arn:none"},
        {"GET", "/_local/history", "", 400, "", "?arn="},
        {"GET", "/_local/requests?limt=3", "", 400, "", "limit"},
        {"GET", "/_local/clock?account=12", "", 400, "", "twelve digits"},
        {"DELETE", "/_local/rules/none", "", 404, "", "none"},
    };
    for (const auto& one : cases) {
        const Answer answer = world.send({.method = one.method, .target = one.target, .headers = {}, .body = one.body});
        EXPECT_EQ(answer.status, one.status) << one.target << answer.text;
        EXPECT_EQ(answer.body.value("pointer", ""), one.pointer) << answer.text;
        EXPECT_THAT(answer.body.value("error", ""), HasSubstr(one.text));
    }
}

TEST(Guard, AllowsRequestsThatNameThisMachine) {
    for (const char* const host :
         {"127.0.0.1:7377", "[::1]:7377", "localhost", "personalize:7377", "mac.local", "a.b.svc", "x.internal", ""}) {
        EXPECT_TRUE(is_own_host(host, {})) << host;
    }
    for (const char* const host : {"example.com", "evil.example.com:7377", "127.0.0.1.example.com"}) {
        EXPECT_FALSE(is_own_host(host, {})) << host;
        EXPECT_TRUE(is_own_host(host, {"*"})) << host;
    }
}

TEST(Guard, AllowsRequestsThatUseAnAllowedName) {
    EXPECT_TRUE(is_own_host("ci.example.com:7377", {"mock.example.com", "ci.example.com"}));
    EXPECT_FALSE(is_own_host("other.example.com", {"ci.example.com"}));
}

TEST(Guard, KeepsForeignPagesOutOfLocalControl) {
    World world;
    const auto status_for = [&world](std::string_view name, std::string_view value) {
        return world.send({.method = "GET", .target = "/_local/health", .headers = {{name, value}}, .body = ""}).status;
    };
    EXPECT_EQ(status_for("origin", "http://localhost:3000"), 200);
    EXPECT_EQ(status_for("origin", "https://example.com"), 403);
    EXPECT_EQ(status_for("host", "example.com"), 403);
}

TEST(ControlCalls, ShowAStatusThatIsNotUtf8) {
    World world;
    support::load_solution_version(world);
    const std::string target = "/_local/wait?arn=" + support::arn("solution/movies/1234abcd") + "&status=%FF";
    const auto answer = world.send({.method = "GET", .target = target, .headers = {}, .body = ""});
    EXPECT_EQ(answer.status, 400) << answer.text;
    EXPECT_THAT(answer.body.value("error", ""), testing::HasSubstr("has no status"));
}

TEST(Guard, KnowsWhichPagesAreForeign) {
    const struct {
        const char* origin;
        const char* host;
        bool is_foreign;
    } cases[] = {
        {"", "example.com", false},
        {"http://localhost:3000", "localhost:7377", false},
        {"https://app.example", "localhost:7377", false},
        {"http://personalize:7377", "personalize:7377", false},
        {"https://personalize:7378", "personalize:7378", false},
        {"http://personalize:7377", "localhost:7377", true},
        {"http://example.com:7377", "example.com:7377", true},
        {"http://ci.example:7377", "ci.example:7377", false},
        {"http://example.com", "localhost:7377", true},
        {"null", "localhost:7377", true},
    };
    const Access access{.hosts = {"ci.example"}, .origins = {{"https://app.example"}}};
    for (const auto& each : cases) {
        protocol::Request request{.method = "POST", .target = "/", .headers = {{"host", each.host}}, .body = ""};
        if (*each.origin != 0) request.headers.push_back({"origin", each.origin});
        EXPECT_EQ(is_from_foreign_page(request, access), each.is_foreign) << each.origin << " at " << each.host;
    }
}

TEST(ServiceSettings, OutliveARestart) {
    const std::string file = testing::TempDir() + "settings_outlive_a_restart.db";
    std::remove(file.c_str());
    {
        World world({}, file);
        world.send({.method = "POST", .target = "/_local/rules", .headers = {}, .body = R"({"id":"x","delay":"1s"})"});
        world.send(
            {.method = "PUT", .target = "/_local/lifecycle", .headers = {}, .body = R"({"default":{"calls":7}})"});
        world.send({.method = "POST", .target = "/_local/clock/advance", .headers = {}, .body = R"({"by":"1h"})"});
    }
    World world({}, file);
    const auto get = [&world](std::string_view target) {
        return world.send({.method = "GET", .target = target, .headers = {}, .body = ""}).body;
    };
    EXPECT_EQ(get("/_local/rules")["rules"][0]["id"], "x");
    EXPECT_EQ(get("/_local/lifecycle")["default"]["calls"], 7);
    EXPECT_EQ(get("/_local/clock")["now"], "2026-01-31T13:00:00.123Z");
}

}  // namespace
}  // namespace plocal::control
