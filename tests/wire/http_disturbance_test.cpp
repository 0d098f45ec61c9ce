#include <chrono>
#include <deque>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/echo_server.h"
#include "tests/support/http_client.h"

namespace plocal::test {
namespace {

using boost::asio::error::connection_reset;
using boost::asio::error::eof;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds an_hour = std::chrono::hours(1);

std::string get(const std::string& target, const std::string& headers = "") {
    return "GET " + target + " HTTP/1.1\r\n" + headers + "\r\n";
}

std::string delayed(milliseconds delay) {
    return "x-delay-ms: " + std::to_string(delay.count()) + "\r\n";
}

class HttpFault : public testing::Test {
protected:
    // Sends a request and reads all that comes.
    std::string send_alone(const std::string& request) {
        client_.send(request);
        return client_.read_to_end();
    }

    void expect_next_connection_keeps_alive() {
        HttpClient next(server_.endpoint());
        EXPECT_EQ(next.ask(get("/a")).header("connection"), "keep-alive");
        EXPECT_EQ(next.ask(get("/b")).body, "GET /b\n");
    }

    EchoServer server_;
    HttpClient client_{server_.endpoint()};
};

TEST_F(HttpFault, ResetResetsTheConnection) {
    EXPECT_EQ(client_.ask(get("/before")).status, 200);
    EXPECT_EQ(send_alone(get("/", "x-fault: reset\r\n")), "");
    EXPECT_EQ(client_.end(), connection_reset);
    expect_next_connection_keeps_alive();
}

TEST_F(HttpFault, ResetWorksWithMoreRequestsBehindIt) {
    EXPECT_EQ(send_alone(get("/", "x-fault: reset\r\n") + get("/never")), "");
    EXPECT_EQ(client_.end(), connection_reset);
    expect_next_connection_keeps_alive();
}

TEST_F(HttpFault, CloseEndsTheConnectionWithoutAResponse) {
    EXPECT_EQ(client_.ask(get("/before")).status, 200);
    EXPECT_EQ(send_alone(get("/", "x-fault: close\r\n")), "");
    EXPECT_EQ(client_.end(), eof);
    expect_next_connection_keeps_alive();
}

TEST_F(HttpFault, CloseIsOrderlyWithMoreRequestsBehindIt) {
    EXPECT_EQ(send_alone(get("/", "x-fault: close\r\n") + get("/never")), "");
    EXPECT_EQ(client_.end(), eof);
    expect_next_connection_keeps_alive();
}

TEST_F(HttpFault, TruncateSendsTheHeadAndHalfTheBody) {
    const std::string whole = "GET /0123456789\n";
    client_.send(get("/0123456789", "x-fault: truncate\r\n"));
    const Answer head = client_.read_answer(false);
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("content-length"), std::to_string(whole.size()));
    EXPECT_EQ(head.header("connection"), "keep-alive");
    EXPECT_EQ(client_.read_to_end(), whole.substr(0, whole.size() / 2));
    EXPECT_EQ(client_.end(), eof);
    expect_next_connection_keeps_alive();
}

TEST_F(HttpFault, TruncateIsOrderlyWithMoreRequestsBehindIt) {
    client_.send(get("/a", "x-fault: truncate\r\n") + get("/never"));
    EXPECT_EQ(client_.read_answer(false).header("content-length"), "7");
    EXPECT_EQ(client_.read_to_end(), "GET");
    EXPECT_EQ(client_.end(), eof);
}

TEST_F(HttpFault, TruncateHalvesABodyLargerThanTheSocketsBuffer) {
    client_.send(get("/large", "x-fault: truncate\r\n"));
    EXPECT_EQ(client_.read_answer(false).header("content-length"), std::to_string(16 * 1024 * 1024));
    EXPECT_EQ(client_.read_to_end(), std::string(8 * 1024 * 1024, 'x'));
}

TEST_F(HttpFault, TruncateCutsTheHeadWhereThereIsNoBody) {
    const std::string no_content = "DELETE /status/204 HTTP/1.1\r\nx-probe: 0123456789\r\n";
    const std::string whole =
        "HTTP/1.1 204 No Content\r\nx-probe: 0123456789\r\nx-headers: 2\r\n"
        "connection: keep-alive\r\n\r\n";
    EXPECT_EQ(send_alone(no_content + "x-fault: truncate\r\n\r\n"), whole.substr(0, whole.size() / 2));
    EXPECT_EQ(client_.end(), eof);
}

TEST_F(HttpFault, TruncateCutsTheHeadOfAnAnswerToHead) {
    const std::string some = send_alone("HEAD / HTTP/1.1\r\nx-fault: truncate\r\n\r\n");
    EXPECT_TRUE(some.starts_with("HTTP/1.1 200 OK\r\n"));
    EXPECT_EQ(some.find("\r\n\r\n"), std::string::npos);
    EXPECT_EQ(client_.end(), eof);
}

TEST_F(HttpFault, ComesAfterTheEarlierAnswers) {
    client_.send(get("/a") + get("/b", "x-fault: close\r\n"));
    EXPECT_EQ(client_.read_answer().body, "GET /a\n");
    EXPECT_EQ(client_.read_to_end(), "");
    EXPECT_EQ(client_.end(), eof);
}

TEST(HttpDelay, DelaysAnAnswer) {
    EchoServer server;
    HttpClient client(server.endpoint());
    const auto began = Clock::now();
    EXPECT_EQ(client.ask(get("/late", delayed(milliseconds(60)))).body, "GET /late\n");
    EXPECT_GE(Clock::now() - began, milliseconds(60));
    EXPECT_EQ(client.ask(get("/next")).body, "GET /next\n");
}

TEST(HttpDelay, DelaysAFault) {
    EchoServer server;
    HttpClient client(server.endpoint());
    const auto began = Clock::now();
    client.send(get("/", delayed(milliseconds(60)) + "x-fault: reset\r\n"));
    EXPECT_EQ(client.read_to_end(), "");
    EXPECT_GE(Clock::now() - began, milliseconds(60));
    EXPECT_EQ(client.end(), connection_reset);
}

TEST(HttpDelay, IsNotSubjectToTheLimits) {
    http::Limits limits = patient();
    limits.head = limits.message = limits.idle = limits.write = limits.linger = milliseconds(16);
    EchoServer server(limits);
    in_time([&server] {
        HttpClient client(server.endpoint());
        const auto began = Clock::now();
        EXPECT_EQ(client.ask(get("/late", delayed(milliseconds(160)))).body, "GET /late\n");
        EXPECT_GE(Clock::now() - began, milliseconds(160));
    });
}

TEST(HttpDelay, OfManyRequestsPassesInParallel) {
    EchoServer server(patient(), {}, 1);
    std::deque<HttpClient> clients;
    const auto began = Clock::now();
    for (int i = 0; i < 200; ++i) {
        clients.emplace_back(server.endpoint()).send(get("/" + std::to_string(i), delayed(milliseconds(1'000))));
    }
    for (std::size_t i = 0; i < clients.size(); ++i) {
        EXPECT_EQ(clients[i].read_answer().body, "GET /" + std::to_string(i) + "\n");
        EXPECT_GE(Clock::now() - began, milliseconds(1'000));
    }
}

// The handler answers in order and there is one context: an answer shows that the requests before it have been answered
// too, and wait in their delays.
TEST(HttpDelay, OfManyRequestsDelaysNoOtherAndEndsWhenTheListenerStops) {
    EchoServer server(patient(), {}, 1);
    std::deque<HttpClient> clients;
    for (int i = 0; i < 200; ++i) {
        HttpClient& client = clients.emplace_back(server.endpoint());
        EXPECT_EQ(client.ask(get("/first")).status, 200);
        client.send(get("/" + std::to_string(i), delayed(an_hour)) + get("/never"));
    }
    HttpClient other(server.endpoint());
    EXPECT_EQ(other.ask(get("/other")).body, "GET /other\n");
    for (HttpClient& client : clients) {
        EXPECT_TRUE(client.is_quiet());
    }
    server.listener().stop();
    for (std::size_t i = 0; i < clients.size(); ++i) {
        const Answer answer = clients[i].read_answer();
        EXPECT_EQ(answer.body, "GET /" + std::to_string(i) + "\n");
        EXPECT_EQ(answer.header("connection"), "close");
        EXPECT_EQ(clients[i].read_to_end(), "");
    }
    clients.clear();  // until then the server discards the requests that it does not answer
    EXPECT_TRUE(server.drains());
}

// The end of the idle connection shows that the sessions of the context have been stopped.
TEST(HttpDelay, IsSkippedAfterTheListenerStops) {
    EchoServer server(patient(), {}, 1);
    HttpClient idle(server.endpoint());
    EXPECT_EQ(idle.ask(get("/first")).status, 200);
    HttpClient client(server.endpoint());
    client.send(get("/hold", delayed(an_hour)));
    server.handler().wait_until_held();
    server.listener().stop();
    EXPECT_EQ(idle.read_to_end(), "");
    server.handler().let_go();
    EXPECT_EQ(client.read_answer().body, "GET /hold\n");
    EXPECT_TRUE(server.drains());
}

TEST(HttpDelay, OutlivesAPeerThatLeaves) {
    EchoServer server(patient(), {}, 1);
    HttpClient client(server.endpoint());
    client.send(get("/", delayed(an_hour)));
    HttpClient finished(server.endpoint());
    finished.send(get("/finished", delayed(milliseconds(20))));
    finished.finish_sending();
    EXPECT_EQ(finished.read_answer().body, "GET /finished\n");
    client.reset();
    server.listener().stop();
    EXPECT_TRUE(server.drains());
}

}  // namespace
}  // namespace plocal::test
