// Streams of `/_local/stream` over real connections: what they send, to which listener, and what ends them.
#include <chrono>
#include <deque>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/app/engine/gate.h"
#include "server/base/json.h"
#include "tests/support/event_reader.h"
#include "tests/support/http_client.h"
#include "tests/support/json_request.h"
#include "tests/support/loopback_server.h"
#include "tests/support/world.h"

namespace plocal::test::streams {
namespace {

using base::Json;
using testing::ElementsAre;

constexpr const char* her_account = "111111111111";
constexpr const char* his_account = "222222222222";

std::string arn_of_job(const std::string& name, const std::string& account = "000000000000") {
    return "arn:aws:personalize:us-east-1:" + account + ":batch-inference-job/" + name;
}

class Stream : public testing::TestWithParam<int> {
protected:
    explicit Stream(const engine::StreamLimits& limits = {})
        : gate_(world_.engine(), engine::Gate::most_long_body_bytes, limits),
          server_(gate_, GetParam(), {.stop_grace = std::chrono::minutes(2)}) {}

    /// Makes a control call as another client. It must succeed.
    Json control(const std::string& method, const std::string& target, const Json& body = nullptr) {
        HttpClient client(server_.endpoint());
        const Answer answer = client.ask(json_request(method, target, body));
        EXPECT_EQ(answer.status, 200) << answer.body;
        return Json::parse(answer.body);
    }

    void load(const std::string& name, const std::string& account = "000000000000",
              const std::string& status = "PENDING") {
        control("POST", "/_local/state",
                {{"batchInferenceJob", {{"batchInferenceJobArn", arn_of_job(name, account)}, {"status", status}}}});
    }

    /// Calls an operation as another client.
    void call(const std::string& operation, const Json& input) {
        HttpClient client(server_.endpoint());
        const std::string body = input.dump();
        client.ask("POST / HTTP/1.1\r\ncontent-type: application/x-amz-json-1.1\r\nx-amz-target: AmazonPersonalize." +
                   operation + "\r\ncontent-length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    }

    /// Returns true once so many streams are open, false if they are not within two minutes.
    bool has_open(std::size_t count) const {
        const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(2);
        while (gate_.streams() != count && std::chrono::steady_clock::now() < end) std::this_thread::yield();
        return gate_.streams() == count;
    }

    support::World world_;
    engine::Gate gate_;
    LoopbackServer server_;
};

std::string status_of_event(const StreamedEvent& event) {
    return event.name == "resource" ? event.data.at("status").get<std::string>() : event.name;
}

TEST_P(Stream, BeginsAtOnceAndHasTheHeadOfEvents) {
    EventReader stream(server_.endpoint());
    EXPECT_EQ(stream.head().status, 200);
    EXPECT_EQ(stream.head().header("content-type"), "text/event-stream");
    EXPECT_EQ(stream.head().header("cache-control"), "no-cache");
    EXPECT_EQ(stream.greeting(), "retry: 1000");
}

TEST_P(Stream, ReportsEachStatusByAFrozenClock) {
    EventReader stream(server_.endpoint());
    load("one");
    const StreamedEvent created = stream.next("resource");
    EXPECT_EQ(created.data, (Json{{"arn", arn_of_job("one")},
                                  {"kind", "batchInferenceJob"},
                                  {"account", "000000000000"},
                                  {"region", "us-east-1"},
                                  {"status", "PENDING"},
                                  {"at", "2026-01-31T12:00:00.123Z"},
                                  {"cause", "fixture"}}));
    control("POST", "/_local/clock/advance", {{"by", "30m"}});
    const StreamedEvent begun = stream.next("resource");
    EXPECT_EQ(begun.data.at("status"), "IN PROGRESS");
    EXPECT_EQ(begun.data.at("at"), "2026-01-31T12:00:01.123Z") << "the moment is that of the timeline";
    EXPECT_EQ(begun.data.at("cause"), "timer");
    const StreamedEvent ended = stream.next("resource");
    EXPECT_EQ(ended.data.at("status"), "ACTIVE");
    EXPECT_EQ(ended.data.at("at"), "2026-01-31T12:00:03.123Z");
}

TEST_P(Stream, ReportsByARunningClockWithoutAnyRequest) {
    load("one");
    EventReader stream(server_.endpoint());
    control("PUT", "/_local/clock", {{"mode", "real"}, {"speed", 100}});
    EXPECT_EQ(status_of_event(stream.next("resource")), "IN PROGRESS");
    EXPECT_EQ(status_of_event(stream.next("resource")), "ACTIVE");
}

TEST_P(Stream, ReportsDeletionsByARunningClockWithoutAnyRequest) {
    control(
        "POST", "/_local/state",
        {{"datasetGroup",
          {{"datasetGroupArn", "arn:aws:personalize:us-east-1:000000000000:dataset-group/films"}, {"name", "films"}}}});
    EventReader stream(server_.endpoint());
    call("DeleteDatasetGroup", {{"datasetGroupArn", "arn:aws:personalize:us-east-1:000000000000:dataset-group/films"}});
    control("PUT", "/_local/clock", {{"mode", "real"}, {"speed", 100}});
    std::vector<std::string> statuses;
    do statuses.push_back(status_of_event(stream.next("resource")));
    while (statuses.back() != "DELETED" && statuses.back() != "end");
    EXPECT_THAT(statuses, ElementsAre("DELETE PENDING", "DELETED"));
    EXPECT_EQ(control("GET", "/_local/health")["resources"].value("datasetGroups", 0), 0);
}

TEST_P(Stream, NumbersItsEventsAndReplaysNothing) {
    EventReader first(server_.endpoint());
    control("PUT", "/_local/clock", {{"mode", "frozen"}});
    control("POST", "/_local/rules", {{"match", {{"operation", "List*"}}}, {"delay", "1ms"}});
    control("POST", "/_local/reset");
    std::vector<std::string> names;
    for (const char* const id : {"1", "2", "3"}) {
        const StreamedEvent event = first.next();
        names.push_back(event.name);
        EXPECT_EQ(event.id, id);
        EXPECT_EQ(event.data, Json({{"account", ""}}));
    }
    EXPECT_THAT(names, ElementsAre("clock", "rules", "reset"));

    EventReader second(server_.endpoint(), "", "last-event-id: 1\r\n");
    control("DELETE", "/_local/rules");
    const StreamedEvent event = second.next();
    EXPECT_EQ(event.name, "rules");
    EXPECT_EQ(event.id, "1");
}

TEST_P(Stream, ReportsRequestsWithoutTheirBodies) {
    EventReader stream(server_.endpoint());
    call("DescribeSchema", {{"schemaArn", "arn:aws:personalize:us-east-1:000000000000:schema/none"}});
    const StreamedEvent event = stream.next();
    EXPECT_EQ(event.name, "request");
    EXPECT_EQ(event.data.at("operation"), "DescribeSchema");
    EXPECT_EQ(event.data.at("error"), "ResourceNotFoundException");
    EXPECT_FALSE(event.data.contains("input"));
    const Json whole = control("GET", "/_local/requests?id=" + event.data.at("id").get<std::string>())["requests"];
    ASSERT_EQ(whole.size(), 1u);
    EXPECT_TRUE(whole[0].contains("input"));
    EXPECT_EQ(whole[0]["why"], event.data.at("why"));
}

TEST_P(Stream, IsForOneAccountOrForAll) {
    EventReader all(server_.endpoint());
    EventReader of_her(server_.endpoint(), "?account=" + std::string(her_account));
    load("hers", her_account);
    load("his", his_account);
    control("PUT", "/_local/rules?account=" + std::string(his_account), {{"rules", Json::array()}});
    control("PUT", "/_local/rules?account=" + std::string(her_account), {{"rules", Json::array()}});
    control("PUT", "/_local/rules", {{"rules", Json::array()}});
    for (const char* const account : {her_account, his_account}) EXPECT_EQ(all.next().data.at("account"), account);
    for (const char* const account : {his_account, her_account, ""}) EXPECT_EQ(all.next().data.at("account"), account);
    EXPECT_EQ(of_her.next().data.at("arn"), arn_of_job("hers", her_account));
    for (const char* const account : {her_account, ""}) {
        const StreamedEvent event = of_her.next();
        EXPECT_EQ(event.name, "rules");
        EXPECT_EQ(event.data.at("account"), account);
    }
}

TEST_P(Stream, IsRefusedAsOtherCallsAre) {
    HttpClient client(server_.endpoint());
    EXPECT_EQ(client.ask(json_request("GET", "/_local/stream?account=her_account")).status, 400);
    EXPECT_EQ(client.ask(json_request("GET", "/_local/stream?arn=x")).status, 400);
    EXPECT_EQ(client.ask(json_request("POST", "/_local/stream")).status, 405);
    EXPECT_EQ(client.ask("GET /_local/stream HTTP/1.1\r\nhost: attacker.example\r\n\r\n").status, 403);
    EXPECT_EQ(client.ask("GET /_local/stream HTTP/1.1\r\norigin: https://attacker.example\r\n\r\n").status, 403);
    client.send("HEAD /_local/stream HTTP/1.1\r\n\r\n");
    EXPECT_EQ(client.read_answer(false).status, 200);
    EXPECT_EQ(client.ask(json_request("GET", "/_local/health")).status, 200);
    EXPECT_TRUE(has_open(0));
}

TEST_P(Stream, LetsAPageOfAnAdmittedOriginRead) {
    const EventReader stream(server_.endpoint(), "", "host: localhost\r\norigin: http://localhost:3000\r\n");
    EXPECT_EQ(stream.head().header("access-control-allow-origin"), "http://localhost:3000");
}

TEST_P(Stream, TellsManyResourcesToAClientThatReads) {
    constexpr int jobs = 1500;
    EventReader first(server_.endpoint());
    EventReader second(server_.endpoint());
    Json document = {{"batchInferenceJobs", Json::array()}};
    for (int i = 0; i < jobs; ++i) {
        document["batchInferenceJobs"].push_back(
            {{"batchInferenceJobArn", arn_of_job("job-" + std::to_string(i))}, {"status", "IN PROGRESS"}});
    }
    std::thread other([&] {
        std::set<std::string> arns;
        while (arns.size() < jobs) {
            const StreamedEvent event = second.next("resource");
            if (event.name == "end") break;
            arns.insert(event.data.at("arn"));
        }
        EXPECT_EQ(arns.size(), jobs);
    });
    control("POST", "/_local/state", document);
    control("POST", "/_local/clock/advance", {{"until", "idle"}});
    int active = 0;
    while (active < jobs) {
        const StreamedEvent event = first.next("resource");
        if (event.name == "end") break;
        if (status_of_event(event) == "ACTIVE") ++active;
    }
    EXPECT_EQ(active, jobs);
    other.join();
}

TEST_P(Stream, EndsWithAClientThatLeaves) {
    {
        EventReader stream(server_.endpoint());
        ASSERT_TRUE(has_open(1));
        stream.client().reset();
    }
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(2);
    while (gate_.streams() > 0 && std::chrono::steady_clock::now() < end) {
        control("PUT", "/_local/clock", {{"mode", "frozen"}});
    }
    EXPECT_EQ(gate_.streams(), 0u);
}

TEST_P(Stream, DoesNotHoldUpAStop) {
    std::deque<EventReader> streams;
    for (int i = 0; i < 3; ++i) streams.emplace_back(server_.endpoint());
    ASSERT_TRUE(has_open(3));
    server_.listener().stop();
    for (EventReader& stream : streams) EXPECT_EQ(stream.next().name, "end");
    EXPECT_TRUE(server_.drains());
}

INSTANTIATE_TEST_SUITE_P(OnThreads, Stream, testing::Values(1, 2), testing::PrintToStringParamName());

/// Streams that are let go after a few events, and that send comments quickly.
class NarrowStream : public Stream {
protected:
    NarrowStream() : Stream({.events = 20, .comment_each = std::chrono::milliseconds(20)}) {}
};

TEST_P(NarrowStream, SendsComments) {
    EventReader stream(server_.endpoint());
    EXPECT_EQ(stream.next().name, "comment");
    EXPECT_EQ(stream.next().name, "comment");
}

TEST_P(NarrowStream, LetsAClientGoThatDoesNotRead) {
    EventReader slow(server_.endpoint());
    EventReader quick(server_.endpoint());
    control("POST", "/_local/rules",
            {{"match", {{"operation", "DescribeSchema"}}},
             {"error", {{"type", "ThrottlingException"}, {"message", std::string(200'000, 'x')}}}});
    constexpr int calls = 60;  // 12 MB, more than the buffers of both ends hold
    for (int i = 0; i < calls; ++i) {
        call("DescribeSchema", Json::object());
        quick.next("request");
    }
    StreamedEvent event = slow.next();
    while (event.name == "rules" || event.name == "request" || event.name == "comment") event = slow.next();
    EXPECT_EQ(event.name, "overflow");
    EXPECT_EQ(event.data, Json::object());
    EXPECT_EQ(slow.next().name, "end");
}

INSTANTIATE_TEST_SUITE_P(OnThreads, NarrowStream, testing::Values(2), testing::PrintToStringParamName());

}  // namespace
}  // namespace plocal::test::streams
