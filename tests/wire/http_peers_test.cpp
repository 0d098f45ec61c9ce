#include <random>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/echo_server.h"
#include "tests/support/http_client.h"

namespace plocal::test {
namespace {

class HttpPeers : public testing::Test {
protected:
    void expect_still_served() {
        HttpClient client(server_.endpoint());
        EXPECT_EQ(client.ask("GET /still HTTP/1.1\r\n\r\n").body, "GET /still\n");
    }

    EchoServer server_;
};

TEST_F(HttpPeers, GetAnAnswerAfterTheyFinishSending) {
    HttpClient client(server_.endpoint());
    client.send("GET / HTTP/1.1\r\n\r\n");
    client.finish_sending();
    EXPECT_EQ(client.read_answer().status, 200);
    EXPECT_EQ(client.read_to_end(), "");
}

TEST_F(HttpPeers, GetNoAnswerIfTheyFinishWithinARequest) {
    for (const std::string part :
         {"GET / HT", "GET / HTTP/1.1\r\nx: y\r\n", "POST / HTTP/1.1\r\ncontent-length: 9\r\n\r\nabc",
          "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab"}) {
        HttpClient client(server_.endpoint());
        client.send(part);
        client.finish_sending();
        EXPECT_EQ(client.read_to_end(), "") << part;
    }
    expect_still_served();
}

TEST_F(HttpPeers, MayResetWithinABody) {
    for (int i = 0; i < 20; ++i) {
        HttpClient client(server_.endpoint());
        client.send("POST / HTTP/1.1\r\ncontent-length: 1000000\r\n\r\nabc");
        client.reset();
    }
    expect_still_served();
}

TEST_F(HttpPeers, MayResetBeforeTheAnswer) {
    HttpClient client(server_.endpoint());
    client.send("GET /hold HTTP/1.1\r\n\r\n");
    server_.handler().wait_until_held();
    client.reset();
    server_.handler().let_go();
    expect_still_served();
}

TEST_F(HttpPeers, MayResetWithinTheAnswer) {
    HttpClient client(server_.endpoint());
    client.send("GET /large HTTP/1.1\r\n\r\n");
    EXPECT_EQ(client.read_answer(false).status, 200);
    client.reset();
    expect_still_served();
}

TEST_F(HttpPeers, MaySendRandomBytes) {
    std::mt19937 random(20'250'701);  // NOLINT: the same bytes in each run
    std::uniform_int_distribution<std::size_t> size(1, 300);
    std::uniform_int_distribution<int> byte(0, 255);
    for (int i = 0; i < 1'000; ++i) {
        std::string bytes(size(random), ' ');
        for (char& one : bytes) {
            one = static_cast<char>(byte(random));
        }
        HttpClient client(server_.endpoint());
        client.send_what_is_taken(bytes);
        client.finish_sending();
        const std::string answer = client.read_to_end();
        EXPECT_TRUE(answer.empty() || answer.starts_with("HTTP/1.1 ")) << answer;
    }
    expect_still_served();
}

}  // namespace
}  // namespace plocal::test
