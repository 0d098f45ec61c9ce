// Long polls of `/_local/wait` over real connections: what ends a wait, and with which answer.
#include <chrono>
#include <deque>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "server/app/engine/gate.h"
#include "server/base/json.h"
#include "tests/support/http_client.h"
#include "tests/support/json_request.h"
#include "tests/support/loopback_server.h"
#include "tests/support/world.h"

namespace plocal::test {
namespace {

using base::Json;

std::string arn_of(const std::string& name) {
    return support::arn("batch-inference-job/" + name);
}

std::string wait_for(const std::string& name, const std::string& more = "&timeout=1h") {
    return json_request("GET", "/_local/wait?arn=" + arn_of(name) + more);
}

class Waiting : public testing::TestWithParam<int> {
protected:
    Waiting() { support::load_solution_version(world_); }

    /// Calls the engine without the gate, so no client may be served at the same time.
    void create(const std::string& name) {
        ASSERT_EQ(world_.call("CreateBatchInferenceJob", support::create_input(name)).status, 200);
    }

    /// Makes a control call as another client. It must succeed.
    Json control(const std::string& method, const std::string& target, const Json& body) {
        HttpClient client(server_.endpoint());
        const Answer answer = client.ask(json_request(method, target, body));
        EXPECT_EQ(answer.status, 200) << answer.body;
        return Json::parse(answer.body);
    }

    void advance(const std::string& by) { control("POST", "/_local/clock/advance", {{"by", by}}); }

    /// Returns true once this many requests wait, false if they do not within two minutes.
    bool waits(std::size_t count) const {
        const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(2);
        while (gate_.waiting() != count && std::chrono::steady_clock::now() < end) std::this_thread::yield();
        return gate_.waiting() == count;
    }

    support::World world_;
    engine::Gate gate_{world_.engine()};
    LoopbackServer server_{gate_, GetParam(), {.stop_grace = std::chrono::minutes(2)}};
};

std::string status_in(const Answer& answer) {
    return answer.status == 200 ? Json::parse(answer.body)["status"] : Json(std::to_string(answer.status));
}

TEST_P(Waiting, EndsWhenAFrozenClockReachesTheChange) {
    create("one");
    HttpClient client(server_.endpoint());
    client.send(wait_for("one"));
    ASSERT_TRUE(waits(1));
    advance("2999ms");
    control("GET", "/_local/health", nullptr);
    EXPECT_TRUE(waits(1));
    EXPECT_TRUE(client.is_quiet());
    advance("1ms");
    const Answer answer = client.read_answer();
    EXPECT_EQ(answer.body, R"({"arn":")" + arn_of("one") +
                               R"(","status":"ACTIVE","lastUpdatedDateTime":"2026-01-31T12:00:03.123Z"})");
    EXPECT_EQ(answer.header("content-type"), "application/json");
}

TEST_P(Waiting, EndsAtTheGivenStatus) {
    create("one");
    HttpClient client(server_.endpoint());
    client.send(wait_for("one", "&status=IN%20PROGRESS&timeout=1h"));
    ASSERT_TRUE(waits(1));
    advance("1s");
    EXPECT_EQ(status_in(client.read_answer()), "IN PROGRESS");
    EXPECT_EQ(status_in(client.ask(wait_for("one", "&status=CREATE+IN_PROGRESS"))), "IN PROGRESS")
        << "both spellings are accepted, and the wait ends at once";
}

TEST_P(Waiting, EndsByItselfWithARunningClock) {
    control("PUT", "/_local/clock", {{"mode", "real"}, {"speed", 1'000}});
    create("one");
    HttpClient client(server_.endpoint());
    EXPECT_EQ(status_in(client.ask(wait_for("one"))), "ACTIVE");
}

TEST_P(Waiting, EndsAtAForcedTransition) {
    create("one");
    HttpClient client(server_.endpoint());
    client.send(wait_for("one"));
    ASSERT_TRUE(waits(1));
    control("POST", "/_local/transition", {{"arn", arn_of("one")}, {"to", "CREATE FAILED"}});
    EXPECT_EQ(status_in(client.read_answer()), "CREATE FAILED");
}

TEST_P(Waiting, EndsAtThePollThatChangesTheStatus) {
    control("PUT", "/_local/lifecycle", {{"default", {{"progression", "calls"}, {"calls", 1}}}});
    create("one");
    HttpClient client(server_.endpoint());
    client.send(wait_for("one", "&status=ACTIVE&timeout=1h"));
    ASSERT_TRUE(waits(1));
    HttpClient poller(server_.endpoint());
    const std::string body = Json{{"batchInferenceJobArn", arn_of("one")}}.dump();
    const std::string poll =
        "POST / HTTP/1.1\r\ncontent-type: application/x-amz-json-1.1\r\nx-amz-target: "
        "AmazonPersonalize.DescribeBatchInferenceJob\r\ncontent-length: " +
        std::to_string(body.size()) + "\r\n\r\n" + body;
    poller.ask(poll);
    poller.ask(poll);
    EXPECT_EQ(status_in(client.read_answer()), "ACTIVE");
}

TEST_P(Waiting, IsRefusedOnceTheStatusCannotBeReached) {
    create("one");
    HttpClient client(server_.endpoint());
    client.send(wait_for("one", "&status=ACTIVE&timeout=1h"));
    ASSERT_TRUE(waits(1));
    control("POST", "/_local/transition", {{"arn", arn_of("one")}, {"to", "CREATE FAILED"}});
    const Answer answer = client.read_answer();
    EXPECT_EQ(answer.status, 409);
    EXPECT_EQ(answer.body, R"({"error":"it is CREATE FAILED and cannot reach ACTIVE by itself any more"})");
}

TEST_P(Waiting, EndsWhenAResetRemovesTheResource) {
    create("one");
    HttpClient client(server_.endpoint());
    client.send(wait_for("one"));
    ASSERT_TRUE(waits(1));
    control("POST", "/_local/reset?fixtures=false", nullptr);
    EXPECT_EQ(status_in(client.read_answer()), "DELETED");
}

TEST_P(Waiting, EndsAtItsTimeout) {
    create("one");
    HttpClient client(server_.endpoint());
    const Answer answer = client.ask(wait_for("one", "&timeout=1ms"));
    EXPECT_EQ(answer.status, 408);
    EXPECT_EQ(answer.body, R"({"error":"there is no time left; it is PENDING"})");
}

TEST_P(Waiting, IsRefusedForInvalidParameters) {
    create("one");
    HttpClient client(server_.endpoint());
    EXPECT_EQ(client.ask(wait_for("none")).status, 404);
    EXPECT_EQ(client.ask(wait_for("one", "&status=READY")).status, 400);
    EXPECT_EQ(client.ask(wait_for("one", "&timeout=soon")).status, 400);
    EXPECT_EQ(client.ask(wait_for("one", "&timeout=61m")).status, 400);
    EXPECT_EQ(client.ask(wait_for("one", "&account=111111111111")).status, 404);
    EXPECT_EQ(client.ask(json_request("GET", "/_local/wait")).status, 400);
}

TEST_P(Waiting, OfManyClientsBlocksNoOtherRequestAndEndsForAll) {
    constexpr int waiters = 300;
    constexpr int jobs = 100;
    for (int i = 0; i < jobs; ++i) create("job-" + std::to_string(i));
    std::deque<HttpClient> clients;
    for (int i = 0; i < waiters; ++i) {
        clients.emplace_back(server_.endpoint()).send(wait_for("job-" + std::to_string(i % jobs)));
    }
    ASSERT_TRUE(waits(waiters));
    EXPECT_EQ(control("GET", "/_local/health", nullptr)["resources"]["batchInferenceJobs"], jobs);
    control("POST", "/_local/clock/advance", {{"until", "idle"}});
    for (HttpClient& client : clients) EXPECT_EQ(status_in(client.read_answer()), "ACTIVE");
}

TEST_P(Waiting, EndsWith503WhenTheServerStops) {
    create("one");
    std::deque<HttpClient> clients;
    for (int i = 0; i < 5; ++i) clients.emplace_back(server_.endpoint()).send(wait_for("one"));
    ASSERT_TRUE(waits(clients.size()));
    server_.listener().stop();
    for (HttpClient& client : clients) {
        EXPECT_TRUE(client.read_to_end().starts_with("HTTP/1.1 503 "));
    }
    EXPECT_TRUE(server_.drains());
}

INSTANTIATE_TEST_SUITE_P(OnThreads, Waiting, testing::Values(1, 2), testing::PrintToStringParamName());

}  // namespace
}  // namespace plocal::test
