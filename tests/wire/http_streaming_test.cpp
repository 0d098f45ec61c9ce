#include <chrono>
#include <future>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/echo_server.h"
#include "tests/support/http_client.h"

namespace plocal::test {
namespace {

using boost::asio::error::connection_reset;
using boost::asio::error::eof;
using std::chrono::milliseconds;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string get_request(const std::string& target, const std::string& headers = "") {
    return "GET " + target + " HTTP/1.1\r\n" + headers + "\r\n";
}

std::string post_request(const std::string& target, const std::string& body) {
    return "POST " + target + " HTTP/1.1\r\ncontent-length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string chunked_request(const std::string& target, const std::string& chunks) {
    return "POST " + target + " HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n" + chunks;
}

/// Limits of which these are short.
http::Limits with_short_limits() {
    http::Limits limits = patient();
    limits.piece = limits.write = milliseconds(40);
    return limits;
}

http::Limits with_short_grace() {
    http::Limits limits = patient();
    limits.stop_grace = milliseconds(40);
    return limits;
}

class HttpStreaming : public testing::Test {
protected:
    explicit HttpStreaming(const http::Limits& limits = patient()) : server_(limits) {}

    void expect_still_served() {
        HttpClient client(server_.endpoint());
        EXPECT_EQ(client.ask(post_request("/stream/count", "abc")).body, "3 1 3");
    }

    EchoServer server_;
    HttpClient client_{server_.endpoint()};
};

/// With a server that soon gives up a slow peer.
class HttpStreamingWithShortLimits : public HttpStreaming {
protected:
    HttpStreamingWithShortLimits() : HttpStreaming(with_short_limits()) {}
};

/// With a server that soon cuts its connections when it stops.
class HttpStreamingWithShortGrace : public HttpStreaming {
protected:
    HttpStreamingWithShortGrace() : HttpStreaming(with_short_grace()) {}
};

TEST_F(HttpStreaming, ReadsABodyPieceByPiece) {
    const Answer answer = client_.ask(post_request("/stream/count", std::string(5'000'000, 'x')));
    EXPECT_THAT(answer.body, StartsWith("5000000 "));
    const auto largest = std::stoul(answer.body.substr(answer.body.rfind(' ')));
    EXPECT_LE(largest, 64U * 1024);
    EXPECT_EQ(answer.header("connection"), "keep-alive");
    EXPECT_EQ(client_.ask(get_request("/next")).body, "GET /next\n");
}

TEST_F(HttpStreaming, ReadsAChunkedBodyAndLeavesTheNextRequest) {
    client_.send(chunked_request("/stream/count", "5\r\nhello\r\n1;x=y\r\n!\r\n0\r\nx-trailer: z\r\n\r\n") +
                 post_request("/stream/count", "") + get_request("/next"));
    EXPECT_THAT(client_.read_answer().body, StartsWith("6 "));
    EXPECT_EQ(client_.read_answer().body, "0 0 0");
    EXPECT_EQ(client_.read_answer().body, "GET /next\n");
}

TEST_F(HttpStreaming, ReadsABodyByteByByte) {
    for (const char byte :
         post_request("/stream/count", "abc") + chunked_request("/stream/count", "1\r\na\r\n0\r\n\r\n")) {
        client_.send(std::string_view(&byte, 1));
    }
    EXPECT_EQ(client_.read_answer().body.substr(0, 2), "3 ");
    EXPECT_EQ(client_.read_answer().body.substr(0, 2), "1 ");
}

TEST_F(HttpStreaming, SendsABodyOfKnownLength) {
    const Answer answer = client_.ask(get_request("/stream/bytes/1000000"));
    EXPECT_EQ(answer.header("content-length"), "1000000");
    EXPECT_EQ(answer.header("transfer-encoding"), "");
    EXPECT_EQ(answer.body, std::string(1'000'000, 'x'));
    EXPECT_EQ(client_.ask(get_request("/stream/bytes/0")).body, "");
    EXPECT_EQ(client_.ask(get_request("/next")).body, "GET /next\n");
}

TEST_F(HttpStreaming, SendsABodyOfUnknownLengthInChunks) {
    const Answer answer = client_.ask(get_request("/stream/chunks/1000000"));
    EXPECT_EQ(answer.header("content-length"), "");
    EXPECT_EQ(answer.header("transfer-encoding"), "chunked");
    EXPECT_EQ(answer.body, std::string(1'000'000, 'x'));
    EXPECT_EQ(client_.ask(get_request("/stream/chunks/0")).body, "");
    EXPECT_EQ(client_.ask(get_request("/next")).body, "GET /next\n");
}

TEST_F(HttpStreaming, EndsABodyOfUnknownLengthWithTheConnectionForHttp10) {
    client_.send("GET /stream/chunks/5 HTTP/1.0\r\nconnection: keep-alive\r\n\r\n");
    const Answer head = client_.read_answer(false);
    EXPECT_EQ(head.header("transfer-encoding"), "");
    EXPECT_EQ(head.header("content-length"), "");
    EXPECT_EQ(head.header("connection"), "close");
    EXPECT_EQ(client_.read_to_end(), "xxxxx");
    EXPECT_EQ(client_.end(), eof);
}

TEST_F(HttpStreaming, ProducesNoBodyForHead) {
    client_.send("HEAD /stream/bytes/5 HTTP/1.1\r\n\r\n");
    EXPECT_EQ(client_.read_answer(false).header("content-length"), "5");
    client_.send("HEAD /stream/endless HTTP/1.1\r\n\r\n");
    EXPECT_EQ(client_.read_answer(false).header("transfer-encoding"), "chunked");
    EXPECT_EQ(server_.handler().streaming().pieces(), 0U);
    EXPECT_EQ(client_.ask(get_request("/next")).body, "GET /next\n");
}

TEST_F(HttpStreaming, SendsEachPieceAsItComes) {
    client_.send(get_request("/stream/held"));
    EXPECT_EQ(client_.read_answer(false).status, 200);
    EXPECT_EQ(client_.read_bytes(10), "5\r\nfirst\r\n");
    server_.handler().streaming().release();
    EXPECT_EQ(client_.read_bytes(16), "6\r\nsecond\r\n0\r\n\r\n");
}

TEST_F(HttpStreaming, SendsWhileItReads) {
    client_.send("POST /stream/echo HTTP/1.1\r\ncontent-length: 6\r\n\r\nabc");
    EXPECT_EQ(client_.read_answer(false).header("content-length"), "6");
    EXPECT_EQ(client_.read_bytes(3), "abc");
    client_.send("def");
    EXPECT_EQ(client_.read_to_end(), "def");
}

TEST_F(HttpStreaming, CarriesALargeBodyBothWaysAtOnce) {
    const std::string body(20'000'000, 'b');
    std::thread sender([&] { client_.send(post_request("/stream/echo", body)); });
    EXPECT_EQ(client_.read_answer().body.size(), body.size());
    sender.join();
}

TEST_F(HttpStreaming, SendsContinueWhenTheBodyIsAskedFor) {
    const std::string headers = "expect: 100-continue\r\ncontent-length: 2\r\n";
    EXPECT_EQ(client_.ask(get_request("/stream/count", headers)).status, 100);
    EXPECT_EQ(client_.ask("ok").body, "2 1 2");
    const Answer refused = client_.ask(get_request("/stream/ignore", headers));
    EXPECT_EQ(refused.body, "ignored");
    EXPECT_EQ(refused.header("connection"), "close");
}

TEST_F(HttpStreaming, SendsNoContinueOnceAnAnswerHasBegun) {
    client_.send(get_request("/stream/echo", "expect: 100-continue\r\ncontent-length: 2\r\n") + "ok");
    const Answer answer = client_.read_answer();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "ok");
    EXPECT_EQ(client_.read_to_end(), "");
}

TEST_F(HttpStreaming, MayAnswerBeforeTheBodyIsRead) {
    client_.send(post_request("/stream/ignore", std::string(1'000'000, 'x')));
    const Answer answer = client_.read_answer();
    EXPECT_EQ(answer.body, "ignored");
    EXPECT_EQ(answer.header("connection"), "close");
    EXPECT_EQ(client_.read_to_end(), "");
    EXPECT_EQ(client_.end(), eof);
}

TEST_F(HttpStreaming, RefusesABodyBeyondTheLimit) {
    client_.send("POST /stream/count HTTP/1.1\r\ncontent-length: 1073741825\r\n\r\n");
    const Answer announced = client_.read_answer();
    EXPECT_EQ(announced.status, 413);
    EXPECT_THAT(announced.body, HasSubstr("1073741824"));
    HttpClient chunked(server_.endpoint());
    const Answer counted = chunked.ask(chunked_request("/stream/count", "1\r\na\r\n40000000\r\nb"));
    EXPECT_EQ(counted.status, 413);
    EXPECT_EQ(counted.header("connection"), "close");
    EXPECT_EQ(chunked.read_to_end(), "");
}

TEST_F(HttpStreaming, RefusesAMalformedBody) {
    const Answer answer = client_.ask(chunked_request("/stream/count", "1\r\na\r\nnonsense\r\n"));
    EXPECT_EQ(answer.status, 400);
    EXPECT_THAT(answer.body, HasSubstr("malformed"));
    EXPECT_EQ(client_.read_to_end(), "");
}

TEST_F(HttpStreamingWithShortLimits, RefusesABodyThatStalls) {
    const Answer answer = client_.ask("POST /stream/count HTTP/1.1\r\ncontent-length: 10\r\n\r\n12345");
    EXPECT_EQ(answer.status, 408);
    EXPECT_THAT(answer.body, HasSubstr("40 ms"));
    EXPECT_EQ(client_.read_to_end(), "");
}

TEST_F(HttpStreamingWithShortLimits, CutsAnEchoWhoseRequestStalls) {
    client_.send("POST /stream/echo HTTP/1.1\r\ncontent-length: 10\r\n\r\n12345");
    EXPECT_EQ(client_.read_answer(false).status, 200);
    EXPECT_EQ(client_.read_to_end(), "12345");
}

TEST_F(HttpStreamingWithShortLimits, ProducesNoMoreThanThePeerReads) {
    EXPECT_EQ(client_.ask(get_request("/first")).status, 200);
    client_.send(get_request("/stream/endless"));
    EXPECT_TRUE(server_.loses_connections());
    EXPECT_GT(server_.handler().streaming().pieces(), 0U);
    EXPECT_LT(server_.handler().streaming().pieces(), 1'000U);
    EXPECT_THAT(client_.read_to_end(), StartsWith("HTTP/1.1 200"));
}

TEST_F(HttpStreaming, AnswersAPeerThatLeavesWithinItsBodyWithNothing) {
    client_.send("POST /stream/count HTTP/1.1\r\ncontent-length: 9\r\n\r\nabc");
    client_.finish_sending();
    EXPECT_EQ(client_.read_to_end(), "");
    HttpClient resetting(server_.endpoint());
    resetting.send(chunked_request("/stream/echo", "5\r\nab"));
    resetting.reset();
    expect_still_served();
}

TEST_F(HttpStreaming, EndsWithAPeerThatLeavesWithinItsAnswer) {
    client_.send(get_request("/stream/endless"));
    EXPECT_EQ(client_.read_answer(false).status, 200);
    EXPECT_EQ(client_.read_bytes(1'000'000).size(), 1'000'000U);
    client_.reset();
    EXPECT_TRUE(server_.loses_connections());
    expect_still_served();
}

TEST_F(HttpStreaming, AnswersWithABare500IfTheHandlerThrows) {
    const Answer answer = client_.ask(get_request("/stream/throw"));
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.body, "");
    EXPECT_EQ(client_.ask(get_request("/next")).body, "GET /next\n");
}

TEST(HttpStreamingSource, ThatFailsCutsTheBodyAndIsReported) {
    std::promise<std::string> warning;
    EchoServer server(patient(), [&warning](std::string_view text) { warning.set_value(std::string(text)); });
    HttpClient client(server.endpoint());
    client.send(get_request("/stream/failing/100000"));
    EXPECT_EQ(client.read_answer(false).header("content-length"), "100001");
    EXPECT_EQ(client.read_to_end(), std::string(100'000, 'x'));
    EXPECT_THAT(warning.get_future().get(), HasSubstr("no more of the body, as asked for"));
}

TEST_F(HttpStreaming, SendsNoLastChunkIfTheSourceFails) {
    client_.send(get_request("/stream/failing_chunks/5"));
    EXPECT_EQ(client_.read_answer(false).header("transfer-encoding"), "chunked");
    EXPECT_EQ(client_.read_to_end(), "5\r\nxxxxx\r\n");
}

TEST_F(HttpStreaming, ResetsTheConnectionIfTheSourceFailsAndTheBodyEndsWithIt) {
    client_.send("GET /stream/failing_chunks/5 HTTP/1.0\r\n\r\n");
    client_.read_to_end();
    EXPECT_EQ(client_.end(), connection_reset);
}

TEST_F(HttpStreaming, CutsABodyOfAnotherSizeThanAnnounced) {
    client_.send(get_request("/stream/short/5"));
    EXPECT_EQ(client_.read_answer(false).header("content-length"), "5");
    EXPECT_EQ(client_.read_to_end(), "xxxx");
    HttpClient other(server_.endpoint());
    other.send(get_request("/stream/long/5"));
    EXPECT_EQ(other.read_answer(false).header("content-length"), "5");
    EXPECT_EQ(other.read_to_end(), "");
}

TEST_F(HttpStreaming, AppliesFaultsAndDelays) {
    const std::string delay = "x-delay-ms: 20\r\n";
    for (const std::string fault : {"reset", "close"}) {
        HttpClient client(server_.endpoint());
        client.send(get_request("/stream/chunks/100", delay + "x-fault: " + fault + "\r\n"));
        EXPECT_EQ(client.read_to_end(), "") << fault;
        EXPECT_EQ(client.end(), fault == "reset" ? boost::system::error_code(connection_reset) : eof) << fault;
    }
    client_.send(get_request("/stream/chunks/100", delay + "x-fault: truncate\r\n"));
    EXPECT_EQ(client_.read_answer(false).status, 200);
    EXPECT_EQ(client_.read_to_end(), "32\r\n" + std::string(50, 'x') + "\r\n");
}

TEST_F(HttpStreaming, StopsWithTheEndOfABodyThatWaits) {
    client_.send(get_request("/stream/held"));
    EXPECT_EQ(client_.read_answer(false).status, 200);
    EXPECT_EQ(client_.read_bytes(10), "5\r\nfirst\r\n");
    server_.listener().stop();
    EXPECT_EQ(client_.read_to_end(), "0\r\n\r\n");
    EXPECT_TRUE(server_.drains());
}

TEST_F(HttpStreamingWithShortGrace, StopsInTheMiddleOfAnEndlessBody) {
    client_.send(get_request("/stream/endless"));
    EXPECT_EQ(client_.read_answer(false).status, 200);
    server_.listener().stop();
    EXPECT_THAT(client_.read_to_end(), Not(EndsWith("\r\n0\r\n\r\n")));
    EXPECT_TRUE(server_.drains());
}

TEST_F(HttpStreamingWithShortGrace, StopsInTheMiddleOfARequest) {
    client_.send(post_request("/stream/echo", "abc").substr(0, post_request("/stream/echo", "").size() + 1));
    EXPECT_EQ(client_.read_answer(false).status, 200);
    server_.listener().stop();
    client_.read_to_end();
    EXPECT_TRUE(server_.drains());
}

}  // namespace
}  // namespace plocal::test
