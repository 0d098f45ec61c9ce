#include <algorithm>
#include <chrono>
#include <deque>
#include <memory>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "tests/support/echo_server.h"
#include "tests/support/http_client.h"

namespace plocal::test {
namespace {

using std::chrono::milliseconds;

const std::string park = "GET /park HTTP/1.1\r\n\r\n";

// The number of connections that this process has files for at both ends, with some to spare; at most 2,000.
int affordable_connections() {
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    constexpr rlim_t reserve = 100;
    const rlim_t spare = files.rlim_cur - std::min(files.rlim_cur, reserve);
    return static_cast<int>(std::clamp<rlim_t>(spare / 2, 10, 2'000));
}

std::deque<HttpClient> park_many(EchoServer& server, int count) {
    std::deque<HttpClient> clients;
    for (int i = 0; i < count; ++i) {
        clients.emplace_back(server.endpoint()).send(park);
    }
    server.handler().wait_until_parked(count);
    return clients;
}

// A parked client whose request was read before the server closed the idle connection.
std::unique_ptr<HttpClient> park_in_time(EchoServer& server) {
    return in_time([&server] {
        auto client = std::make_unique<HttpClient>(server.endpoint());
        client->send(park);
        while (!server.handler().has_parked_within(milliseconds(5))) {
            if (!client->is_quiet()) throw std::runtime_error("it was closed");
        }
        return client;
    });
}

TEST(HttpWaiting, OfThousandsDelaysNoOtherRequestOnOneThread) {
    EchoServer server(patient(), {}, 1);
    std::deque<HttpClient> clients = park_many(server, affordable_connections());
    HttpClient other(server.endpoint());
    EXPECT_EQ(other.ask("GET /other HTTP/1.1\r\n\r\n").body, "GET /other\n");
    for (HttpClient& client : clients) {
        EXPECT_TRUE(client.is_quiet());
    }
    server.handler().call_parked();
    for (HttpClient& client : clients) {
        const Answer answer = client.read_answer();
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.header("connection"), "keep-alive");
    }
    EXPECT_EQ(clients.front().ask("GET /again HTTP/1.1\r\n\r\n").body, "GET /again\n");
}

TEST(HttpWaiting, OfThousandsEndsWhenTheListenerStops) {
    EchoServer server(patient(), {}, 1);
    std::deque<HttpClient> clients = park_many(server, affordable_connections());
    EXPECT_EQ(server.handler().stops(), 0);
    server.listener().stop();
    for (HttpClient& client : clients) {
        const Answer answer = client.read_answer();
        EXPECT_EQ(answer.status, 503);
        EXPECT_EQ(answer.header("connection"), "close");
        EXPECT_EQ(client.read_to_end(), "");
    }
    EXPECT_TRUE(server.drains());
    server.listener().stop();
    EXPECT_EQ(server.handler().stops(), 1);
}

// Two idle connections are closed one after the other, which shows that the time of each limit has passed.
TEST(HttpWaiting, IsNotSubjectToTheLimits) {
    http::Limits limits = patient();
    limits.head = limits.message = limits.idle = limits.write = limits.linger = milliseconds(40);
    EchoServer server(limits, {}, 1);
    const auto client = park_in_time(server);
    const auto other = park_in_time(server);
    for (int i = 0; i < 2; ++i) {
        HttpClient silent(server.endpoint());
        EXPECT_EQ(silent.read_to_end(), "");
    }
    server.handler().call_parked();
    EXPECT_EQ(client->read_answer().status, 200);
    EXPECT_EQ(other->read_answer().status, 200);
}

TEST(HttpWaiting, OutlastsTheGracePeriodIfTheHandlerIsSlow) {
    http::Limits limits = patient();
    limits.stop_grace = milliseconds(40);
    EchoServer server(limits, {}, 1);
    HttpClient held(server.endpoint());
    held.send("GET /hold HTTP/1.1\r\n\r\n");
    server.handler().wait_until_held();
    HttpClient slow(server.endpoint());
    EXPECT_EQ(slow.ask("POST / HTTP/1.1\r\nexpect: 100-continue\r\ncontent-length: 4\r\n\r\n").status, 100);
    server.listener().stop();
    EXPECT_EQ(slow.read_to_end(), "");
    server.handler().let_go();
    EXPECT_EQ(held.read_answer().body, "GET /hold\n");
    EXPECT_TRUE(server.drains());
}

TEST(HttpWaiting, ForAPeerThatHasLeftEndsWithItsAnswer) {
    EchoServer server;
    std::deque<HttpClient> clients = park_many(server, 3);
    clients[0].reset();
    clients[1].finish_sending();
    clients.pop_back();
    EXPECT_EQ(server.listener().connections(), 3);
    server.handler().call_parked();
    EXPECT_EQ(clients[1].read_answer().status, 200);
    server.listener().stop();
    EXPECT_TRUE(server.drains());
}

TEST(HttpWaiting, EndsAtOnceForARequestThatComesDuringAStop) {
    EchoServer server;
    HttpClient client(server.endpoint());
    EXPECT_EQ(client.ask("PUT /park HTTP/1.1\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n").status, 100);
    server.listener().stop();
    EXPECT_EQ(client.ask("ok").status, 503);
    EXPECT_TRUE(server.drains());
}

}  // namespace
}  // namespace plocal::test
