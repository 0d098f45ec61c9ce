#include <string>

#include <gtest/gtest.h>

#include "tests/support/echo_server.h"
#include "tests/support/http_client.h"

namespace plocal::test {
namespace {

class HttpSession : public testing::Test {
protected:
    EchoServer server_;
    HttpClient client_{server_.endpoint()};
};

TEST_F(HttpSession, AnswersRequestAfterRequestOnOneConnection) {
    for (const std::string target : {"/one", "/two", "/three"}) {
        const Answer answer = client_.ask("GET " + target + " HTTP/1.1\r\nhost: a\r\n\r\n");
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body, "GET " + target + "\n");
        EXPECT_EQ(answer.header("connection"), "keep-alive");
        EXPECT_EQ(answer.header("content-length"), std::to_string(answer.body.size()));
    }
}

TEST_F(HttpSession, FindsHeadersInAnyCase) {
    const Answer answer =
        client_.ask("GET / HTTP/1.1\r\nHost: a\r\nX-PROBE:   spaces  within \t\r\nx-third: c\r\n\r\n");
    EXPECT_EQ(answer.header("x-probe"), "spaces  within");
    EXPECT_EQ(answer.header("x-headers"), "3");
}

TEST_F(HttpSession, AnswersPipelinedRequestsInOrder) {
    std::string all;
    for (int i = 0; i < 50; ++i) {
        const std::string body = std::to_string(i);
        all += "POST /" + body + " HTTP/1.1\r\ncontent-length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }
    client_.send(all);
    for (int i = 0; i < 50; ++i) {
        const std::string body = std::to_string(i);
        EXPECT_EQ(client_.read_answer().body, "POST /" + body + "\n" + body);
    }
}

TEST_F(HttpSession, ReadsARequestByteByByte) {
    for (const char byte : std::string("POST / HTTP/1.1\r\ncontent-length: 3\r\n\r\nabc")) {
        client_.send(std::string_view(&byte, 1));
    }
    EXPECT_EQ(client_.read_answer().body, "POST /\nabc");
}

TEST_F(HttpSession, ReadsALargeBody) {
    const std::string body(5'000'000, 'b');
    const Answer answer =
        client_.ask("POST / HTTP/1.1\r\ncontent-length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    EXPECT_EQ(answer.body, "POST /\n" + body);
}

TEST_F(HttpSession, JoinsAChunkedBodyAndDropsItsTrailer) {
    const Answer answer = client_.ask(
        "POST / HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n"
        "4;name=value\r\nWiki\r\n5\r\npedia\r\n0\r\nx-probe: late\r\n\r\n");
    EXPECT_EQ(answer.body, "POST /\nWikipedia");
    EXPECT_EQ(answer.header("x-probe"), "");
    EXPECT_EQ(client_.ask("GET /next HTTP/1.1\r\n\r\n").body, "GET /next\n");
}

TEST_F(HttpSession, ReadsAChunkedBodyByteByByte) {
    for (const char byte : std::string("POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n")) {
        client_.send(std::string_view(&byte, 1));
    }
    EXPECT_EQ(client_.read_answer().body, "POST /\na");
}

TEST_F(HttpSession, SendsContinueToAClientThatWaits) {
    const Answer interim = client_.ask("PUT / HTTP/1.1\r\nexpect: 100-Continue\r\ncontent-length: 2\r\n\r\n");
    EXPECT_EQ(interim.status, 100);
    EXPECT_TRUE(interim.headers.empty());
    EXPECT_EQ(client_.ask("ok").body, "PUT /\nok");
}

TEST_F(HttpSession, SendsNoContinueToAClientThatDoesNotWait) {
    EXPECT_EQ(client_.ask("GET / HTTP/1.1\r\nexpect: 100-continue\r\n\r\n").status, 200);
    EXPECT_EQ(client_.ask("PUT / HTTP/1.0\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\nok").status, 200);
}

TEST_F(HttpSession, AnswersHeadWithTheHeadersOfGet) {
    client_.send("HEAD /a HTTP/1.1\r\n\r\n");
    const Answer answer = client_.read_answer(false);
    EXPECT_EQ(answer.header("content-length"), std::to_string(std::string("HEAD /a\n").size()));
    EXPECT_EQ(client_.ask("GET /b HTTP/1.1\r\n\r\n").body, "GET /b\n");
}

TEST_F(HttpSession, SendsNoBodyIfTheStatusForbidsIt) {
    const Answer answer = client_.ask("DELETE /status/204 HTTP/1.1\r\n\r\n");
    EXPECT_EQ(answer.status, 204);
    EXPECT_EQ(answer.header("content-length"), "");
    EXPECT_EQ(client_.ask("GET /b HTTP/1.1\r\n\r\n").body, "GET /b\n");
}

TEST_F(HttpSession, AcceptsAnyMethod) {
    for (const std::string method : {"OPTIONS", "PATCH", "CONNECT", "BREW"}) {
        EXPECT_EQ(client_.ask(method + " * HTTP/1.1\r\n\r\n").body, method + " *\n");
    }
}

TEST_F(HttpSession, IgnoresEmptyLinesBetweenRequests) {
    EXPECT_EQ(client_.ask("\r\n\r\nGET /a HTTP/1.1\r\n\r\n\r\n").body, "GET /a\n");
    EXPECT_EQ(client_.ask("\r\nGET /b HTTP/1.1\r\n\r\n").body, "GET /b\n");
}

TEST_F(HttpSession, AnswersWithABare500IfTheHandlerThrows) {
    const Answer answer = client_.ask("GET /throw HTTP/1.1\r\n\r\n");
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.header("content-length"), "0");
    EXPECT_EQ(client_.read_to_end(), "");
}

TEST_F(HttpSession, SendsAnAnswerLargerThanTheSocketsBuffer) {
    const Answer answer = client_.ask("GET /large HTTP/1.1\r\n\r\n");
    EXPECT_EQ(answer.body, std::string(16 * 1024 * 1024, 'x'));
}

struct Persistence {
    std::string name;
    std::string request;
    bool keeps;
};

class HttpPersistence : public testing::TestWithParam<Persistence> {};

TEST_P(HttpPersistence, FollowsTheRequest) {
    EchoServer server;
    HttpClient client(server.endpoint());
    const Answer answer = client.ask(GetParam().request);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("connection"), GetParam().keeps ? "keep-alive" : "close");
    if (GetParam().keeps) {
        EXPECT_EQ(client.ask("GET /more HTTP/1.1\r\n\r\n").body, "GET /more\n");
    } else {
        EXPECT_EQ(client.read_to_end(), "");
    }
}

INSTANTIATE_TEST_SUITE_P(
    All, HttpPersistence,
    testing::Values(Persistence{"Http11", "GET / HTTP/1.1\r\n\r\n", true},
                    Persistence{"Http11Close", "GET / HTTP/1.1\r\nconnection: Close\r\n\r\n", false},
                    Persistence{"Http11CloseAndMore",
                                "GET / HTTP/1.1\r\nconnection: close\r\n\r\nGET /never HTTP/1.1\r\n\r\n", false},
                    Persistence{"Http10", "GET / HTTP/1.0\r\n\r\n", false},
                    Persistence{"Http10KeepAlive", "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", true}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace plocal::test
