// The whole state over real connections: in and out through files, where it is too long for memory.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "server/app/engine/gate.h"
#include "server/base/json.h"
#include "tests/support/full_disk.h"
#include "tests/support/http_client.h"
#include "tests/support/loopback_server.h"
#include "tests/support/world.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::test {
namespace {

using base::Json;

constexpr std::size_t limit_bytes = 400'000;

std::string state_call(const std::string& method, const std::string& headers, const std::string& body) {
    return method + " /_local/state HTTP/1.1\r\n" + headers + "\r\n" + body;
}

std::string of_length(std::size_t bytes) {
    return "content-length: " + std::to_string(bytes) + "\r\n";
}

std::string chunked(std::string_view text) {
    std::string chunks;
    for (; !text.empty(); text.remove_prefix(std::min<std::size_t>(text.size(), 0x1000))) {
        const std::string_view piece = text.substr(0, 0x1000);
        char size[20];
        std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
        chunks += size + std::string(piece) + "\r\n";
    }
    return chunks + "0\r\n\r\n";
}

/// A document of many jobs.
std::string document_of(int jobs) {
    Json list = Json::array();
    for (int i = 0; i < jobs; ++i) {
        list.push_back({{"batchInferenceJobArn", support::arn("batch-inference-job/job-" + std::to_string(i))},
                        {"status", "ACTIVE"}});
    }
    return Json{{"batchInferenceJobs", list}}.dump();
}

class LongBodiesOnTheWire : public testing::Test {
protected:
    world::WorldConfig config() const {
        world::WorldConfig config{.clock = lifecycle::Clock::frozen(support::World::start_time())};
        config.spool_place = {.folder = folder_.path(), .memory_bytes = 10'000};
        return config;
    }

    std::string state() {
        HttpClient client(server_.endpoint());
        return client.ask(state_call("GET", "", "")).body;
    }

    std::size_t jobs() { return Json::parse(state()).value("batchInferenceJobs", Json::array()).size(); }

    storage::TemporaryFolder folder_;
    support::World world_ = support::World::from(config());
    engine::Gate gate_{world_.engine(), limit_bytes};
    LoopbackServer server_{gate_, 2, {.stop_grace = std::chrono::milliseconds(100)}};
};

TEST_F(LongBodiesOnTheWire, GoInAndOutOnOneConnection) {
    const std::string document = document_of(2'000);
    ASSERT_LT(document.size(), limit_bytes);
    HttpClient client(server_.endpoint());
    for (const std::string& request : {state_call("PUT", of_length(document.size()), document),
                                       state_call("PUT", "transfer-encoding: chunked\r\n", chunked(document)),
                                       state_call("POST", of_length(document.size()), document)}) {
        const Answer put = client.ask(request);
        EXPECT_EQ(put.status, 200) << put.body;
        EXPECT_EQ(Json::parse(put.body)["resources"]["batchInferenceJobs"], 2'000);
    }
    const Answer get = client.ask(state_call("GET", "", ""));
    EXPECT_EQ(get.status, 200);
    EXPECT_EQ(get.header("content-length"), std::to_string(get.body.size()));
    EXPECT_EQ(get.header("content-type"), "application/json");
    EXPECT_EQ(get.header("cache-control"), "no-cache");
    EXPECT_EQ(get.header("connection"), "keep-alive");
    EXPECT_EQ(Json::parse(get.body)["batchInferenceJobs"].size(), 2'000u);
    client.send(state_call("HEAD", "", ""));
    EXPECT_EQ(client.read_answer(false).header("content-length"), get.header("content-length"));
    EXPECT_EQ(client.ask(state_call("GET", "", "")).body, get.body);
    EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(LongBodiesOnTheWire, AreWaitedForWithA100) {
    const std::string document = document_of(300);
    HttpClient client(server_.endpoint());
    EXPECT_EQ(client.ask(state_call("PUT", "expect: 100-continue\r\n" + of_length(document.size()), "")).status, 100);
    EXPECT_EQ(client.ask(document).status, 200);
    EXPECT_EQ(jobs(), 300u);
}

TEST_F(LongBodiesOnTheWire, ChangeNothingWhereTheyAreCutOff) {
    const std::string document = document_of(300);
    const std::string before = state();
    {
        HttpClient client(server_.endpoint());
        client.send(state_call("PUT", of_length(document.size() + 1), document));
        client.finish_sending();
        EXPECT_EQ(client.read_to_end(), "");
    }
    EXPECT_EQ(state(), before);
    EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(LongBodiesOnTheWire, AreRefusedBeyondTheLimit) {
    const std::string too_long(limit_bytes + 1, ' ');
    const std::string before = state();
    for (const std::string& request : {state_call("PUT", of_length(too_long.size()), ""),
                                       state_call("POST", "transfer-encoding: chunked\r\n", chunked(too_long))}) {
        HttpClient client(server_.endpoint());
        client.send_what_is_taken(request);
        const Answer answer = client.read_answer();
        EXPECT_EQ(answer.status, 413);
        EXPECT_EQ(answer.body, "The request's body exceeds the limit of 400000 bytes.\n");
        EXPECT_EQ(answer.header("connection"), "close");
    }
    EXPECT_EQ(state(), before);
}

TEST_F(LongBodiesOnTheWire, AreRefusedWhereTheDiskIsFull) {
    const std::string document = document_of(2'000);
    HttpClient client(server_.endpoint());
    {
        const support::FullDisk disk(50'000);
        const Answer answer = client.ask(state_call("PUT", of_length(document.size()), document));
        EXPECT_EQ(answer.status, 507);
        EXPECT_EQ(Json::parse(answer.body)["error"], "the body cannot be kept: a temporary file cannot be written in " +
                                                         folder_.path() + ": File too large");
        EXPECT_EQ(answer.header("connection"), "keep-alive");
    }
    EXPECT_EQ(jobs(), 0u);
    EXPECT_EQ(client.ask(state_call("PUT", of_length(document.size()), document)).status, 200) << "there is room again";
    EXPECT_EQ(jobs(), 2'000u);
}

TEST_F(LongBodiesOnTheWire, LeaveOtherCallsTheirLimits) {
    HttpClient client(server_.endpoint());
    const std::string rules = R"({"rules": []})" + std::string(limit_bytes, ' ');
    EXPECT_EQ(client.ask("PUT /_local/rules HTTP/1.1\r\n" + of_length(rules.size()) + "\r\n" + rules).status, 200);
}

}  // namespace
}  // namespace plocal::test
