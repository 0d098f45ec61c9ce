// Work over real connections: a queue with threads, and requests that wait for its jobs.
#include <chrono>
#include <memory>
#include <semaphore>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "server/app/engine/gate.h"
#include "server/app/engine/job_runner.h"
#include "server/base/json.h"
#include "server/service/jobs/queue.h"
#include "tests/support/http_client.h"
#include "tests/support/json_request.h"
#include "tests/support/loopback_server.h"
#include "tests/support/world.h"

namespace plocal::test {
namespace {

using base::Json;

std::string service_request(const std::string& operation, const Json& input) {
    const std::string body = input.dump();
    return "POST / HTTP/1.1\r\ncontent-type: application/x-amz-json-1.1\r\nx-amz-target: AmazonPersonalize." +
           operation + "\r\ncontent-length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string create_request(const std::string& name) {
    return service_request("CreateBatchInferenceJob", support::create_input(name));
}

std::string arn_of_job(const std::string& name) {
    return support::arn("batch-inference-job/" + name);
}

/// Jobs that end when the test permits it, or when they are aborted.
class Permits {
public:
    jobs::JobMakers makers() {
        return {{"batchInferenceJob", [this](const storage::Record&) -> jobs::Job {
                     return [this](jobs::JobContext& context) { return slice(context); };
                 }}};
    }

    void give() { permits_.release(); }

private:
    jobs::SliceEnd slice(jobs::JobContext& context) {
        if (context.is_aborted()) return jobs::SliceEnd::aborted;
        if (!permits_.try_acquire_for(std::chrono::milliseconds(1))) return jobs::SliceEnd::unfinished;
        std::int64_t resources = 0;
        context.run_in_world([&resources](storage::Store& store) { resources = store.counts().total(); });
        context.progress.lines = resources;
        return jobs::SliceEnd::done;
    }

    std::counting_semaphore<> permits_{0};
};

resources::ServiceSettings working_settings() {
    resources::ServiceSettings settings;
    settings.working_kinds = {"batchInferenceJob"};
    return settings;
}

class WorkOverSockets : public testing::TestWithParam<int> {
protected:
    WorkOverSockets() { support::load_solution_version(world_); }

    /// Makes a control call as another client. It must succeed.
    Json control(const std::string& method, const std::string& target, const Json& body = nullptr) {
        HttpClient client(server_.endpoint());
        const Answer answer = client.ask(json_request(method, target, body));
        EXPECT_EQ(answer.status, 200) << answer.body;
        return Json::parse(answer.body);
    }

    std::string status(const std::string& name) {
        HttpClient client(server_.endpoint());
        const Answer answer =
            client.ask(service_request("DescribeBatchInferenceJob", {{"batchInferenceJobArn", arn_of_job(name)}}));
        return answer.status == 200 ? Json::parse(answer.body)["batchInferenceJob"]["status"] : Json(answer.body);
    }

    /// Returns true once this many requests wait, false if they do not within two minutes.
    bool waits(std::size_t count) const {
        const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(2);
        while (gate_.waiting() != count && std::chrono::steady_clock::now() < end) std::this_thread::yield();
        return gate_.waiting() == count;
    }

    void make_immediate() { control("PUT", "/_local/lifecycle", {{"default", {{"progression", "immediate"}}}}); }

    Permits permits_;
    support::World world_{working_settings()};
    engine::Gate gate_{world_.engine()};
    jobs::Queue queue_{permits_.makers(), {.threads = 2}};
    engine::JobRunner runner_{gate_, queue_};
    LoopbackServer server_{gate_, GetParam(), {.stop_grace = std::chrono::minutes(2)}};
};

TEST_P(WorkOverSockets, HoldsAnImmediateCreateAndNoOtherRequest) {
    make_immediate();
    HttpClient client(server_.endpoint());
    client.send(create_request("one"));
    ASSERT_TRUE(waits(1));
    EXPECT_EQ(status("one"), "IN PROGRESS");
    EXPECT_TRUE(client.is_quiet());
    permits_.give();
    const Answer answer = client.read_answer();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(Json::parse(answer.body), (Json{{"batchInferenceJobArn", arn_of_job("one")}}));
    EXPECT_EQ(status("one"), "ACTIVE");
}

TEST_P(WorkOverSockets, HoldsAnAdvance) {
    HttpClient client(server_.endpoint());
    EXPECT_EQ(client.ask(create_request("one")).status, 200);
    client.send(json_request("POST", "/_local/clock/advance", {{"until", "idle"}}));
    ASSERT_TRUE(waits(1));
    EXPECT_EQ(status("one"), "IN PROGRESS");
    permits_.give();
    EXPECT_EQ(Json::parse(client.read_answer().body)["now"], "2026-01-31T12:00:03.123Z");
    EXPECT_EQ(status("one"), "ACTIVE");
}

TEST_P(WorkOverSockets, EndsAWait) {
    HttpClient client(server_.endpoint());
    EXPECT_EQ(client.ask(create_request("one")).status, 200);
    client.send(json_request("GET", "/_local/wait?arn=" + arn_of_job("one") + "&timeout=1h"));
    ASSERT_TRUE(waits(1));
    permits_.give();
    control("POST", "/_local/clock/advance", {{"by", "1h"}});
    EXPECT_EQ(Json::parse(client.read_answer().body)["status"], "ACTIVE");
    const Json history = control("GET", "/_local/history?arn=" + arn_of_job("one"))["history"];
    EXPECT_EQ(history[2]["cause"], "work");
    EXPECT_GT(history[2]["work"]["lines"], 0) << "the job has read the store through the gate";
}

TEST_P(WorkOverSockets, BeginsByItselfWithARunningClock) {
    control("PUT", "/_local/clock", {{"mode", "real"}, {"speed", 1'000}});
    HttpClient client(server_.endpoint());
    EXPECT_EQ(client.ask(create_request("one")).status, 200);
    permits_.give();
    client.send(json_request("GET", "/_local/wait?arn=" + arn_of_job("one") + "&timeout=1h"));
    EXPECT_EQ(Json::parse(client.read_answer().body)["status"], "ACTIVE");
}

/// While it is open, no other transaction can begin.
struct OpenTransaction {
    explicit OpenTransaction(storage::Store& store) : transaction(store.begin()) {}
    storage::sqlite::Transaction transaction;
};

// No request comes after the failure: the queue's alarm leads to the next attempt, a second later.
TEST_P(WorkOverSockets, StoresAResultLaterIfTheStoreFails) {
    HttpClient client(server_.endpoint());
    EXPECT_EQ(client.ask(create_request("one")).status, 200);
    client.send(json_request("POST", "/_local/clock/advance", {{"by", "1h"}}));
    ASSERT_TRUE(waits(1));
    std::unique_ptr<OpenTransaction> other;
    gate_.run([&other](engine::Engine& engine) { other = std::make_unique<OpenTransaction>(engine.store()); });
    permits_.give();
    while (queue_.size() > 0) std::this_thread::yield();
    EXPECT_TRUE(client.is_quiet());
    gate_.run([&other](engine::Engine&) { other.reset(); });
    EXPECT_EQ(client.read_answer().status, 200);
    EXPECT_EQ(status("one"), "ACTIVE");
}

/// Expects a 503 with an error, and a description of this status.
void expect_described_503(const std::string& response, const Json& operation) {
    EXPECT_TRUE(response.starts_with("HTTP/1.1 503 ")) << response;
    const Json body = Json::parse(response.substr(response.find("\r\n\r\n") + 4), nullptr, false);
    EXPECT_TRUE(body.is_object() && body.contains("error")) << response;
    EXPECT_TRUE(operation["responses"].contains("503")) << operation["operationId"];
}

TEST_P(WorkOverSockets, AnswersAllWaitersWhenTheServerStops) {
    HttpClient advancing(server_.endpoint());
    EXPECT_EQ(advancing.ask(create_request("one")).status, 200);
    advancing.send(json_request("POST", "/_local/clock/advance", {{"by", "1h"}}));
    ASSERT_TRUE(waits(1));
    HttpClient transitioning(server_.endpoint());
    transitioning.send(json_request("POST", "/_local/transition", {{"arn", arn_of_job("one")}, {"to", "ACTIVE"}}));
    ASSERT_TRUE(waits(2));
    make_immediate();
    HttpClient creating(server_.endpoint());
    creating.send(create_request("two"));
    ASSERT_TRUE(waits(3));
    const Json paths = control("GET", "/_local/openapi.json")["paths"];
    server_.listener().stop();
    expect_described_503(advancing.read_to_end(), paths["/_local/clock/advance"]["post"]);
    expect_described_503(transitioning.read_to_end(), paths["/_local/transition"]["post"]);
    EXPECT_TRUE(creating.read_to_end().starts_with("HTTP/1.1 200 "));
    EXPECT_TRUE(server_.drains());
}

INSTANTIATE_TEST_SUITE_P(OnThreads, WorkOverSockets, testing::Values(1, 2), testing::PrintToStringParamName());

}  // namespace
}  // namespace plocal::test
