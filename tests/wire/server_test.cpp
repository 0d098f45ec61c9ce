// The network, the gate and the engine together: many connections on several threads, one world.
#include <chrono>
#include <deque>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "server/app/engine/gate.h"
#include "server/base/json.h"
#include "tests/support/http_client.h"
#include "tests/support/loopback_server.h"
#include "tests/support/world.h"

namespace plocal::test {
namespace {

using base::Json;

constexpr int threads = 4;
constexpr int connections_a_thread = 16;
constexpr int jobs_a_connection = 8;

std::string call(const std::string& operation, const Json& input) {
    const std::string body = input.dump();
    return "POST / HTTP/1.1\r\ncontent-type: application/x-amz-json-1.1\r\nx-amz-target: AmazonPersonalize." +
           operation + "\r\ncontent-length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string job_arn(const std::string& name) {
    return support::arn("batch-inference-job/" + name);
}

std::string name_of(int thread, int connection, int job) {
    return "job-" + std::to_string(thread) + "-" + std::to_string(connection) + "-" + std::to_string(job);
}

// Reads the next answer, which must be a success. Returns its body.
Json read_output(HttpClient& client) {
    const Answer answer = client.read_answer();
    EXPECT_EQ(answer.status, 200) << answer.body;
    return Json::parse(answer.body);
}

class Server : public testing::TestWithParam<int> {
protected:
    Server() { support::load_solution_version(world_); }

    std::set<std::string> all_job_arns();

    support::World world_;
    engine::Gate gate_{world_.engine()};
    LoopbackServer server_{gate_, GetParam(), {.stop_grace = std::chrono::milliseconds(100)}};
};

std::set<std::string> Server::all_job_arns() {
    std::set<std::string> arns;
    HttpClient client(server_.endpoint());
    Json input = {{"maxResults", 100}};
    for (bool has_more = true; has_more;) {
        client.send(call("ListBatchInferenceJobs", input));
        const Json page = read_output(client);
        for (const Json& job : page["batchInferenceJobs"]) {
            EXPECT_TRUE(arns.insert(job["batchInferenceJobArn"]).second) << "listed twice: " << job;
        }
        has_more = page.contains("nextToken");
        input["nextToken"] = page.value("nextToken", "");
    }
    return arns;
}

// Sends all requests of one connection at once: each job is created and described, then some are listed.
void send_all(HttpClient& client, int thread, int connection) {
    std::string requests;
    for (int job = 0; job < jobs_a_connection; ++job) {
        const std::string name = name_of(thread, connection, job);
        requests += call("CreateBatchInferenceJob", support::create_input(name));
        requests += call("DescribeBatchInferenceJob", {{"batchInferenceJobArn", job_arn(name)}});
    }
    client.send(requests + call("ListBatchInferenceJobs", {{"maxResults", jobs_a_connection}}));
}

void check_all(HttpClient& client, int thread, int connection) {
    for (int job = 0; job < jobs_a_connection; ++job) {
        const std::string name = name_of(thread, connection, job);
        EXPECT_EQ(read_output(client)["batchInferenceJobArn"], job_arn(name));
        const Json described = read_output(client)["batchInferenceJob"];
        EXPECT_EQ(described["jobName"], name);
        EXPECT_EQ(described["batchInferenceJobArn"], job_arn(name));
    }
    EXPECT_EQ(read_output(client)["batchInferenceJobs"].size(), jobs_a_connection);
}

void run_clients(const boost::asio::ip::tcp::endpoint& server, int thread) {
    std::deque<HttpClient> clients;
    for (int i = 0; i < connections_a_thread; ++i) {
        send_all(clients.emplace_back(server), thread, i);
    }
    for (int i = 0; i < connections_a_thread; ++i) {
        check_all(clients[static_cast<std::size_t>(i)], thread, i);
    }
}

TEST_P(Server, AnswersManyClientsEachInOrder) {
    std::vector<std::thread> client_threads;
    client_threads.reserve(threads);
    for (int thread = 0; thread < threads; ++thread) {
        client_threads.emplace_back([this, thread] { run_clients(server_.endpoint(), thread); });
    }
    for (std::thread& thread : client_threads) {
        thread.join();
    }
    EXPECT_EQ(all_job_arns().size(), threads * connections_a_thread * jobs_a_connection);
}

// One slow request, and many behind it. They are more than one thread answers before it leaves the gate, so others must
// continue.
TEST_P(Server, AnswersAllRequestsBehindASlowOne) {
    constexpr int others = 150;
    std::deque<HttpClient> clients;
    for (int i = 0; i <= others; ++i) {
        Json input = support::create_input("job-" + std::to_string(i));
        if (i == 0) {
            input["unknown"] = std::vector<int>(40'000, 1);
        }
        const std::string request = call("CreateBatchInferenceJob", input);
        clients.emplace_back(server_.endpoint()).send(std::string_view(request).substr(0, request.size() - 1));
    }
    for (HttpClient& client : clients) {
        client.send("}");
    }
    for (std::size_t i = 0; i < clients.size(); ++i) {
        EXPECT_EQ(read_output(clients[i])["batchInferenceJobArn"], job_arn("job-" + std::to_string(i)));
    }
    EXPECT_EQ(all_job_arns().size(), clients.size());
}

TEST_P(Server, StopsWhileManyClientsAreServed) {
    std::deque<HttpClient> clients;
    for (int i = 0; i < connections_a_thread; ++i) {
        send_all(clients.emplace_back(server_.endpoint()), 0, i);
    }
    read_output(clients.front());
    server_.listener().stop();
    EXPECT_TRUE(server_.drains());
}

INSTANTIATE_TEST_SUITE_P(OnThreads, Server, testing::Values(1, 2, 3), testing::PrintToStringParamName());

}  // namespace
}  // namespace plocal::test
