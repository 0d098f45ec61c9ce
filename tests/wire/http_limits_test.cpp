#include <chrono>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/echo_server.h"
#include "tests/support/http_client.h"

namespace plocal::test {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

struct Refused {
    std::string name;
    std::string request;
    int status;
    std::string words;
};

class HttpRefusal : public testing::TestWithParam<Refused> {};

TEST_P(HttpRefusal, SaysWhyAndCloses) {
    EchoServer server;
    HttpClient client(server.endpoint());
    client.send_what_is_taken(GetParam().request);
    const Answer answer = client.read_answer();
    EXPECT_EQ(answer.status, GetParam().status);
    EXPECT_THAT(answer.body, HasSubstr(GetParam().words));
    EXPECT_EQ(answer.header("content-type"), "text/plain");
    EXPECT_EQ(answer.header("connection"), "close");
    EXPECT_EQ(client.read_to_end(), "");
}

std::string post(const std::string& headers, const std::string& body = "") {
    return "POST / HTTP/1.1\r\n" + headers + "\r\n" + body;
}

INSTANTIATE_TEST_SUITE_P(
    All, HttpRefusal,
    testing::Values(
        Refused{"LongHeader", post("x: " + std::string(17'000, 'x') + "\r\n"), 431, "16384"},
        Refused{"LongTarget", "GET /" + std::string(17'000, 'x') + " HTTP/1.1\r\n\r\n", 431, "16384"},
        Refused{"LongMethod", std::string(17'000, 'X'), 431, "16384"},
        Refused{"LineAndHeadersTogether",
                "GET /" + std::string(9'000, 'x') + " HTTP/1.1\r\nx: " + std::string(9'000, 'x') + "\r\n\r\n", 431,
                "16384"},
        Refused{"LongBody", "POST /small HTTP/1.1\r\ncontent-length: 17\r\n\r\n12345678901234567", 413, "16"},
        Refused{"LongBodyBeforeContinue", "POST /small HTTP/1.1\r\nexpect: 100-continue\r\ncontent-length: 17\r\n\r\n",
                413, "16"},
        Refused{"HugeBodyAlreadySent", post("content-length: 10000000\r\n", std::string(10'000'000, 'x')), 413,
                "8388608"},
        Refused{"LongChunk", "POST /small HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n11\r\n12345678901234567\r\n",
                413, "16"},
        Refused{"LongSumOfChunks",
                "POST /small HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n9\r\n123456789\r\n8\r\n12345678\r\n", 413,
                "16"},
        Refused{"OtherExpectation", post("expect: a-miracle\r\ncontent-length: 1\r\n"), 417, "100-continue"},
        Refused{"Version2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "HTTP/1.1"},
        Refused{"Version09", "GET / HTTP/0.9\r\n\r\n", 505, "HTTP/1.1"},
        Refused{"TlsHello", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11), 400,
                "speaks HTTP, not HTTPS"},
        Refused{"Words", "hello there\r\n\r\n", 400, "malformed"},
        Refused{"NulInTarget", std::string("GET /\0 HTTP/1.1\r\n\r\n", 19), 400, "malformed"},
        Refused{"NulInValue", post(std::string("x: a\0b\r\n", 8)), 400, "malformed"},
        Refused{"NulInName", post(std::string("x\0: a\r\n", 7)), 400, "malformed"},
        Refused{"SpaceBeforeColon", post("x : a\r\n"), 400, "malformed"},
        Refused{"BareLineFeed", "GET / HTTP/1.1\nx: a\n\n", 505, ""},
        Refused{"TwoLengths", post("content-length: 1\r\ncontent-length: 2\r\n", "ab"), 400, "malformed"},
        Refused{"TwoLengthsAlike", post("content-length: 1\r\ncontent-length: 1\r\n", "a"), 400, "malformed"},
        Refused{"LengthList", post("content-length: 1, 1\r\n", "a"), 400, "malformed"},
        Refused{"LengthWithSign", post("content-length: +1\r\n", "a"), 400, "malformed"},
        Refused{"LengthBeyondNumbers", post("content-length: 99999999999999999999\r\n"), 400, "malformed"},
        Refused{"LengthAndCoding", post("content-length: 1\r\ntransfer-encoding: chunked\r\n", "0\r\n\r\n"), 400,
                "malformed"},
        Refused{"CodingAndLength", post("transfer-encoding: chunked\r\ncontent-length: 1\r\n", "0\r\n\r\n"), 400,
                "malformed"},
        Refused{"CodingIn10", "POST / HTTP/1.0\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n", 400, "malformed"},
        Refused{"OtherCoding", post("transfer-encoding: gzip\r\n"), 501, "chunked"},
        Refused{"ChunkedNotLast", post("transfer-encoding: chunked, gzip\r\n"), 501, "chunked"},
        Refused{"ChunkSizeIsNoNumber", post("transfer-encoding: chunked\r\n", "xyz\r\n\r\n"), 400, "malformed"},
        Refused{"ChunkWithoutEnd", post("transfer-encoding: chunked\r\n", "1\r\nabc\r\n0\r\n\r\n"), 400, "malformed"},
        Refused{"LongChunkExtension", post("transfer-encoding: chunked\r\n", "1;" + std::string(40'000, 'x')), 400,
                "too long"}),
    [](const auto& row) { return row.param.name; });

TEST(HttpLimits, AHeadOfManySmallHeadersInManyPiecesIsRefused) {
    EchoServer server;
    HttpClient client(server.endpoint());
    client.send("GET / HTTP/1.1\r\n");
    for (int i = 0; i < 3'000; ++i) {
        client.send_what_is_taken("a: b\r\nc: ");
        client.send_what_is_taken("d\r\n");
    }
    EXPECT_EQ(client.read_answer().status, 431);
}

TEST(HttpLimits, AHeadOfExactlyTheLimitIsAccepted) {
    http::Limits limits = patient();
    const std::string request = "GET /exact HTTP/1.1\r\nx: y\r\n\r\n";
    limits.header_bytes = request.size();
    EchoServer server(limits);
    HttpClient client(server.endpoint());
    EXPECT_EQ(client.ask(request + request).status, 200);
    EXPECT_EQ(client.read_answer().status, 200);
    EXPECT_EQ(client.ask("GET /exact1 HTTP/1.1\r\nx: y\r\n\r\n").status, 431);
}

TEST(HttpLimits, ASlowHeadIsRefused) {
    http::Limits limits = patient();
    limits.head = milliseconds(40);
    EchoServer server(limits);
    HttpClient client(server.endpoint());
    EXPECT_EQ(client.ask("GET / HTTP/1.1\r\n\r\n").status, 200);
    const Answer answer = client.ask("GET / HTTP/1.1\r\nx: ");
    EXPECT_EQ(answer.status, 408);
    EXPECT_THAT(answer.body, HasSubstr("40 ms"));
    EXPECT_EQ(client.read_to_end(), "");
}

TEST(HttpLimits, ASlowBodyIsRefused) {
    http::Limits limits = patient();
    limits.message = milliseconds(40);
    EchoServer server(limits);
    HttpClient client(server.endpoint());
    const Answer answer = client.ask("POST / HTTP/1.1\r\ncontent-length: 10\r\n\r\n12345");
    EXPECT_EQ(answer.status, 408);
    EXPECT_THAT(answer.body, HasSubstr("40 ms"));
    EXPECT_EQ(client.read_to_end(), "");
}

TEST(HttpLimits, AnIdleConnectionIsClosedWithoutAResponse) {
    http::Limits limits = patient();
    limits.idle = milliseconds(40);
    EchoServer server(limits);
    HttpClient silent(server.endpoint());
    EXPECT_EQ(silent.read_to_end(), "");
    in_time([&server] {
        HttpClient pausing(server.endpoint());
        EXPECT_EQ(pausing.ask("GET / HTTP/1.1\r\n\r\n").status, 200);
        EXPECT_EQ(pausing.read_to_end(), "");
    });
}

TEST(HttpLimits, AnAnswerThatIsNotReadEndsItsConnection) {
    http::Limits limits = patient();
    limits.write = milliseconds(40);
    EchoServer server(limits);
    HttpClient client(server.endpoint());
    EXPECT_EQ(client.ask("GET / HTTP/1.1\r\n\r\n").status, 200);
    const std::string large = "GET /large HTTP/1.1\r\n\r\n";
    client.send(large + large + large + large);
    while (server.listener().connections() > 0) {
        std::this_thread::yield();
    }
    EXPECT_LT(client.read_to_end().size(), 4 * 16 * 1024 * 1024);
}

TEST(HttpLimits, ARefusedPeerThatNeverStopsSendingIsCut) {
    http::Limits limits = patient();
    limits.linger = milliseconds(40);
    EchoServer server(limits);
    HttpClient client(server.endpoint());
    EXPECT_EQ(client.ask("nonsense\r\n\r\n").status, 400);
    while (server.listener().connections() > 0) {
        client.send_what_is_taken("more nonsense");
    }
}

TEST(HttpLimits, AConnectionBeyondTheLimitWaitsUntilAnotherEnds) {
    http::Limits limits = patient();
    limits.connections = 2;
    EchoServer server(limits);
    HttpClient first(server.endpoint());
    HttpClient second(server.endpoint());
    EXPECT_EQ(first.ask("GET / HTTP/1.1\r\n\r\n").status, 200);
    EXPECT_EQ(second.ask("GET / HTTP/1.1\r\n\r\n").status, 200);
    HttpClient third(server.endpoint());
    third.send("GET /third HTTP/1.1\r\n\r\n");
    EXPECT_EQ(second.ask("GET / HTTP/1.1\r\n\r\n").status, 200);
    EXPECT_EQ(server.listener().connections(), 2);
    first.finish_sending();
    EXPECT_EQ(third.read_answer().body, "GET /third\n");
}

}  // namespace
}  // namespace plocal::test
