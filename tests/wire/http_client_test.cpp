#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <variant>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "server/wire/http/certificate.h"
#include "server/wire/http/client.h"
#include "tests/support/echo_server.h"
#include "tests/support/scripted_server.h"

namespace plocal::test {
namespace {

using http::ClientError;
using http::ClientLimits;
using http::ClientRequest;
using http::ClientResponse;
using http::ClientResult;
using Kind = http::ClientError::Kind;
using std::chrono::milliseconds;
using testing::AllOf;
using testing::HasSubstr;

constexpr std::size_t plenty_bytes = 64 * 1024 * 1024;

http::Url url(const std::string& text) {
    return http::parse_url(text).value();
}

/// The URL of a target of an echo server.
http::Url url(const EchoServer& server, const std::string& target, const std::string& host = "127.0.0.1") {
    return url("http://" + host + ":" + std::to_string(server.endpoint().port()) + target);
}

/// What a request comes to: a body and a response, or an error.
struct Outcome {
    ClientResult result;
    std::string body;

    int status() const {
        const auto* const response = std::get_if<ClientResponse>(&result);
        return response == nullptr ? 0 : response->status;
    }
    std::string header(std::string_view name) const {
        const auto* const response = std::get_if<ClientResponse>(&result);
        return response == nullptr ? "no response" : std::string(response->header(name));
    }
    std::optional<Kind> kind() const {
        const auto* const error = std::get_if<ClientError>(&result);
        return error == nullptr ? std::nullopt : std::optional(error->kind);
    }
    std::string text() const {
        const auto* const error = std::get_if<ClientError>(&result);
        return error == nullptr ? "no error" : error->text;
    }
};

Outcome send(const ClientRequest& request, const ClientLimits& limits = {}) {
    http::TextSink sink(plenty_bytes);
    ClientResult result = http::send_request_and_wait(request, sink, limits);
    return {std::move(result), sink.text()};
}

Outcome get(const http::Url& url, const ClientLimits& limits = {}) {
    return send({.url = url}, limits);
}

/// What a client makes of an answer from which the server then closes the connection.
Outcome outcome_of(const std::string& answer, const std::string& method = "GET") {
    ScriptedServer server([&](ScriptedPeer& peer) {
        peer.read_until("\r\n\r\n");
        peer.send(answer);
    });
    return send({.method = method, .url = url(server.url())});
}

/// So many bytes in pieces, of which it keeps none.
class MadeSource final : public http::BodySource {
public:
    MadeSource(std::uint64_t size_bytes, bool is_announced) : left_(size_bytes), size_(size_bytes) {
        if (!is_announced) size_.reset();
    }
    boost::asio::awaitable<std::string_view> next() override {
        const std::size_t size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, piece_.size()));
        left_ -= size;
        co_return std::string_view(piece_).substr(0, size);
    }
    std::optional<std::uint64_t> size_bytes() const override { return size_; }

private:
    std::uint64_t left_;
    std::optional<std::uint64_t> size_;
    std::string piece_ = std::string(50'000, 'y');
};

class ThrowingSource final : public http::BodySource {
public:
    boost::asio::awaitable<std::string_view> next() override { throw std::runtime_error("the file is gone"); }
};

/// Counts what comes, and the largest piece.
class CountingSink final : public http::ResponseSink {
public:
    void begin(const ClientResponse& response) override {
        EXPECT_EQ(size, 0U);
        status = response.status;
    }
    boost::asio::awaitable<void> take(std::string_view piece) override {
        size += piece.size();
        largest = std::max(largest, piece.size());
        co_return;
    }
    int status = 0;
    std::uint64_t size = 0;
    std::size_t largest = 0;
};

class ThrowingSink final : public http::ResponseSink {
public:
    boost::asio::awaitable<void> take(std::string_view) override { throw std::runtime_error("the disk is full"); }
};

TEST(Client, GetsAResponseWithItsHeadersAndBody) {
    EchoServer server;
    const Outcome outcome = send({.url = url(server, "/a?b=c"), .headers = {{"x-probe", "one"}}});
    EXPECT_EQ(outcome.status(), 200) << outcome.text();
    EXPECT_EQ(outcome.body, "GET /a?b=c\n");
    EXPECT_EQ(outcome.header("X-Probe"), "one");
    EXPECT_EQ(outcome.header("x-absent"), "");
}

TEST(Client, AddsHostAndFraming) {
    std::string received;
    ScriptedServer server([&](ScriptedPeer& peer) {
        received = peer.read_until("\r\n\r\n");
        peer.send("HTTP/1.1 204 No Content\r\n\r\n");
    });
    http::TextSource body("");
    const Outcome outcome =
        send({.method = "PUT", .url = url(server.url() + "/x"), .headers = {{"a", "b\r\nevil: c"}}, .body = &body});
    EXPECT_EQ(outcome.status(), 204) << outcome.text();
    EXPECT_EQ(received, "PUT /x HTTP/1.1\r\nhost: " + server.url().substr(7) +
                            "\r\na: b  evil: c\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
}

TEST(Client, SendsTheHostThatItIsGiven) {
    std::string received;
    ScriptedServer server([&](ScriptedPeer& peer) {
        received = peer.read_until("\r\n\r\n");
        peer.send("HTTP/1.1 204 No Content\r\n\r\n");
    });
    send({.url = url(server.url()), .headers = {{"Host", "bucket.example"}}});
    EXPECT_EQ(received, "GET / HTTP/1.1\r\nHost: bucket.example\r\nconnection: close\r\n\r\n");
}

TEST(Client, SendsABodyWithItsLengthOrInChunks) {
    EchoServer server;
    http::TextSource text("some text");
    EXPECT_EQ(send({.method = "POST", .url = url(server, "/a"), .body = &text}).body, "POST /a\nsome text");
    MadeSource chunked(100'000, false);
    const Outcome outcome = send({.method = "PUT", .url = url(server, "/stream/count"), .body = &chunked});
    EXPECT_THAT(outcome.body, testing::StartsWith("100000 "));
}

TEST(Client, StreamsBodiesInSmallPieces) {
    EchoServer server;
    MadeSource source(30'000'000, true);
    EXPECT_THAT(send({.method = "PUT", .url = url(server, "/stream/count"), .body = &source}).body,
                testing::StartsWith("30000000 "));
    for (const std::string target : {"/stream/bytes/30000000", "/stream/chunks/30000000"}) {
        CountingSink sink;
        http::send_request_and_wait({.url = url(server, target)}, sink);
        EXPECT_EQ(sink.status, 200);
        EXPECT_EQ(sink.size, 30'000'000U);
        EXPECT_LE(sink.largest, 256U * 1024);
    }
}

TEST(Client, ReadsNoBodyOfAResponseToHead) {
    EchoServer server;
    const Outcome outcome = send({.method = "HEAD", .url = url(server, "/a")});
    EXPECT_EQ(outcome.status(), 200) << outcome.text();
    EXPECT_EQ(outcome.header("content-length"), "8");
    EXPECT_EQ(outcome.body, "");
}

TEST(Client, ReportsTheStatusOfTheServer) {
    EXPECT_EQ(outcome_of("HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\nno").body, "no");
    const Outcome moved =
        outcome_of("HTTP/1.1 301 Moved\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n");
    EXPECT_EQ(moved.status(), 301);
    EXPECT_EQ(moved.header("location"), "http://127.0.0.1:1/");
}

TEST(Client, SkipsInterimResponses) {
    const Outcome outcome = outcome_of(
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n"
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
    EXPECT_EQ(outcome.body, "ok") << outcome.text();
    EXPECT_EQ(outcome.header("link"), "");
}

TEST(Client, ReadsABodyThatEndsWithTheConnection) {
    EXPECT_EQ(outcome_of("HTTP/1.1 200 OK\r\n\r\nall of it").body, "all of it");
    EXPECT_EQ(outcome_of("HTTP/1.0 200 OK\r\n\r\n").status(), 200);
}

TEST(Client, ReadsChunksAndDropsTheirTrailer) {
    const Outcome outcome = outcome_of(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n1\r\n!\r\n0\r\nx-late: y\r\n\r\n");
    EXPECT_EQ(outcome.body, "hello!");
    EXPECT_EQ(outcome.header("x-late"), "");
}

TEST(Client, KeepsTheBeginningOfABodyInATextSink) {
    EchoServer server;
    http::TextSink sink(10);
    http::send_request_and_wait({.url = url(server, "/large")}, sink);
    EXPECT_EQ(sink.text(), "xxxxxxxxxx");
}

TEST(Client, PassesOnExceptionsOfBodyAndSink) {
    EchoServer server;
    ThrowingSource source;
    ThrowingSink throwing;
    http::TextSink sink(plenty_bytes);
    const ClientRequest put{.method = "PUT", .url = url(server, "/stream/count"), .body = &source};
    EXPECT_THROW(http::send_request_and_wait(put, sink), std::runtime_error);
    EXPECT_THROW(http::send_request_and_wait({.url = url(server, "/a")}, throwing), std::runtime_error);
    EXPECT_TRUE(server.loses_connections());
}

TEST(Client, ReadsAResponseThatComesBeforeTheRequestIsSent) {
    EchoServer server;
    MadeSource source(30'000'000, true);
    const Outcome outcome = send({.method = "PUT", .url = url(server, "/a"), .body = &source});
    EXPECT_EQ(outcome.status(), 413) << outcome.text();
    EXPECT_THAT(outcome.body, HasSubstr("8388608"));
}

TEST(Client, SendsSeveralRequestsAtOnceOnOneContext) {
    EchoServer server;
    boost::asio::io_context context(1);
    http::TextSink parked(plenty_bytes);
    http::TextSink other(plenty_bytes);
    auto first = boost::asio::co_spawn(context, http::send_request({.url = url(server, "/park")}, parked),
                                       boost::asio::use_future);
    auto second =
        boost::asio::co_spawn(context, http::send_request({.url = url(server, "/b")}, other), boost::asio::use_future);
    std::thread thread([&] { context.run(); });
    second.get();
    EXPECT_EQ(other.text(), "GET /b\n");
    server.handler().wait_until_parked(1);
    server.handler().call_parked();
    first.get();
    thread.join();
    EXPECT_EQ(parked.text(), "GET /park\n");
}

TEST(ClientError, NamesARefusedConnection) {
    http::Url gone;
    {
        const EchoServer server;
        gone = url(server, "/");
    }
    const Outcome outcome = get(gone);
    EXPECT_EQ(outcome.kind(), Kind::not_connected);
    EXPECT_EQ(outcome.text(), "cannot connect to " + gone.endpoint() + ": Connection refused");
}

TEST(ClientError, NamesEachAddressThatRefuses) {
    http::Url gone;
    {
        const EchoServer server;
        gone = url(server, "/", "localhost");
    }
    const Outcome outcome = get(gone);
    EXPECT_EQ(outcome.kind(), Kind::not_connected);
    EXPECT_THAT(outcome.text(), AllOf(HasSubstr("cannot connect to localhost:"), HasSubstr("Connection refused")));
}

TEST(Client, TriesEachAddressOfAHost) {
    EchoServer server;  // listens on 127.0.0.1 alone, and localhost may be ::1 first
    EXPECT_EQ(get(url(server, "/a", "localhost")).body, "GET /a\n");
}

TEST(Client, ConnectsByIpv6) {
    EchoHandler handler;
    boost::asio::io_context context(1);
    boost::asio::io_context* const contexts[] = {&context};
    http::Listener listener(contexts, handler);
    boost::asio::ip::tcp::endpoint endpoint;
    try {
        endpoint = listener.listen("::1", 0);
    } catch (const boost::system::system_error&) {
        GTEST_SKIP() << "this machine has no IPv6 loopback address";
    }
    listener.start();
    std::thread thread([&] { context.run(); });
    const Outcome outcome = get(url("http://[::1]:" + std::to_string(endpoint.port()) + "/six"));
    listener.stop();
    thread.join();
    EXPECT_EQ(outcome.body, "GET /six\n") << outcome.text();
}

TEST(ClientError, NamesAHostWithoutAnAddress) {
    const Outcome outcome = get(url("http://no-such-host.invalid:1/"));
    EXPECT_EQ(outcome.kind(), Kind::unresolved);
    EXPECT_THAT(outcome.text(), HasSubstr("there is no address for no-such-host.invalid: "));
}

TEST(ClientError, SaysForHowLongTheServerWasSilent) {
    ScriptedServer server([](ScriptedPeer& peer) { peer.wait_for_end(); });
    const Outcome outcome = get(url(server.url()), {.silence = milliseconds(40)});
    EXPECT_EQ(outcome.kind(), Kind::timed_out);
    EXPECT_EQ(outcome.text(), server.url().substr(7) + " has sent nothing for 40 ms");
}

TEST(ClientError, SaysForHowLongTheServerWasSilentWithinABody) {
    ScriptedServer server([](ScriptedPeer& peer) {
        peer.send("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nab");
        peer.wait_for_end();
    });
    const Outcome outcome = get(url(server.url()), {.silence = std::chrono::seconds(1)});
    EXPECT_EQ(outcome.text(), server.url().substr(7) + " has sent nothing for 1 s");
    EXPECT_EQ(outcome.body, "ab");
}

TEST(ClientError, SaysForHowLongTheServerAcceptedNothing) {
    std::promise<void> is_over;
    ScriptedServer server([future = is_over.get_future().share()](ScriptedPeer&) { future.wait(); });
    MadeSource source(30'000'000, true);
    const Outcome outcome =
        send({.method = "PUT", .url = url(server.url()), .body = &source}, {.silence = milliseconds(40)});
    is_over.set_value();
    EXPECT_EQ(outcome.kind(), Kind::timed_out);
    EXPECT_EQ(outcome.text(), server.url().substr(7) + " has accepted nothing for 40 ms");
}

TEST(ClientError, BoundsTheWholeExchange) {
    EchoServer server;
    const Outcome outcome = get(url(server, "/stream/endless"), {.whole = milliseconds(60)});
    EXPECT_EQ(outcome.kind(), Kind::timed_out);
    EXPECT_EQ(outcome.text(), "the whole exchange with " + url(server, "/").endpoint() + " took more than 60 ms");
}

TEST(ClientError, IsNoneWhileBytesComeMoreOftenThanTheLimit) {
    EchoServer server;
    const Outcome outcome = get(url(server, "/stream/bytes/50000000"), {.silence = std::chrono::minutes(2)});
    EXPECT_EQ(outcome.body.size(), 50'000'000U) << outcome.text();
}

struct BadAnswer {
    std::string name;
    std::string answer;
    Kind kind;
    std::string words;
};

class ClientErrorOf : public testing::TestWithParam<BadAnswer> {};

TEST_P(ClientErrorOf, SaysWhatTheServerDoes) {
    const Outcome outcome = outcome_of(GetParam().answer);
    EXPECT_EQ(outcome.kind(), GetParam().kind) << outcome.status();
    EXPECT_THAT(outcome.text(), AllOf(testing::StartsWith("127.0.0.1:"), HasSubstr(GetParam().words)));
}

INSTANTIATE_TEST_SUITE_P(
    Answers, ClientErrorOf,
    testing::Values(
        BadAnswer{"Nothing", "", Kind::cut, "has closed the connection before its response"},
        BadAnswer{"HalfAHead", "HTTP/1.1 200 OK\r\ncontent-", Kind::cut, "within its response's head"},
        BadAnswer{"AnotherProtocol", "220 mail ready\r\n", Kind::malformed, "\"220 mail ready\""},
        BadAnswer{"UnprintableBytes", "\x15\x03\x01\r\n\r\n", Kind::malformed, "does not answer in HTTP"},
        BadAnswer{"BadLength", "HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n", Kind::malformed, "not answer in HTTP"},
        BadAnswer{"AnEndlessHead", "HTTP/1.1 200 OK\r\n" + std::string(70'000, 'x'), Kind::malformed, "too long"},
        BadAnswer{"HalfABody", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc", Kind::cut, "ended early"},
        BadAnswer{"HalfAChunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabc", Kind::cut,
                  "ended early"},
        BadAnswer{"NoLastChunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n", Kind::cut,
                  "ended early"},
        BadAnswer{"BadChunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\nabc\r\n0\r\n\r\n", Kind::cut,
                  "broken response body"}),
    [](const auto& row) { return row.param.name; });

TEST(ClientError, NamesAResetConnection) {
    ScriptedServer server([](ScriptedPeer& peer) {
        peer.read_until("\r\n\r\n");
        peer.reset();
    });
    const Outcome outcome = get(url(server.url()));
    EXPECT_EQ(outcome.kind(), Kind::cut);
    EXPECT_THAT(outcome.text(), HasSubstr("Connection reset"));
}

/// A file with a text, until the end of the test.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::string& text) {
        const int descriptor = ::mkstemp(name_.data());
        ::close(descriptor);
        std::ofstream(name_) << text;
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() { std::remove(name_.c_str()); }
    const std::string& name() const { return name_; }

private:
    std::string name_ = (std::filesystem::temp_directory_path() / "plocal-client-test-XXXXXX").string();
};

class TlsClientTest : public testing::Test {
protected:
    http::Url url_of(const std::string& host, const std::string& target = "/a") const {
        return url("https://" + host + ":" + std::to_string(server_.endpoint().port()) + target);
    }

    Outcome get(const std::string& host, http::ClientTls& tls) const {
        return send({.url = url_of(host), .tls = &tls});
    }

    http::CertifiedKey authority_ = http::make_authority("the CA of the tests");
    TemporaryFile bundle_{authority_.certificate};
    EchoServer server_{
        patient(), {}, 2, std::make_shared<http::Tls>(http::issue(authority_, {"localhost", "127.0.0.1"}))};
};

TEST_F(TlsClientTest, TrustsTheCasOfABundle) {
    http::ClientTls tls({.bundle_file = bundle_.name(), .more_files = {}});
    EXPECT_EQ(tls.trusted(), "the CAs in " + bundle_.name());
    for (const std::string host : {"localhost", "127.0.0.1"}) {
        const Outcome outcome = get(host, tls);
        EXPECT_EQ(outcome.body, "GET /a\n") << host << ": " << outcome.text();
    }
}

TEST_F(TlsClientTest, TrustsMoreFilesBesideTheSystems) {
    http::ClientTls tls({.bundle_file = "", .more_files = {"/no/such/file", bundle_.name()}});
    EXPECT_EQ(get("localhost", tls).status(), 200);
}

TEST_F(TlsClientTest, CarriesLargeBodies) {
    http::ClientTls tls({.bundle_file = bundle_.name(), .more_files = {}});
    MadeSource source(5'000'000, true);
    const ClientRequest put{.method = "PUT", .url = url_of("localhost", "/stream/count"), .body = &source, .tls = &tls};
    EXPECT_THAT(send(put).body, testing::StartsWith("5000000 "));
    CountingSink sink;
    http::send_request_and_wait({.url = url_of("localhost", "/stream/chunks/5000000"), .tls = &tls}, sink);
    EXPECT_EQ(sink.size, 5'000'000U);
}

TEST_F(TlsClientTest, SaysThatACertificateIsNotTrustedAndByWhom) {
    const TemporaryFile other(http::make_authority("another").certificate);
    http::ClientTls tls({.bundle_file = other.name(), .more_files = {}});
    const Outcome outcome = get("localhost", tls);
    EXPECT_EQ(outcome.kind(), Kind::untrusted);
    EXPECT_THAT(outcome.text(),
                AllOf(HasSubstr("is not trusted: "), HasSubstr(other.name()), HasSubstr("AWS_CA_BUNDLE")));
}

TEST_F(TlsClientTest, SaysThatACertificateIsForAnotherHost) {
    http::ClientTls tls({.bundle_file = bundle_.name(), .more_files = {}});
    const EchoServer server(patient(), {}, 2,
                            std::make_shared<http::Tls>(http::issue(authority_, {"a.example", "127.0.0.2"})));
    for (const std::string host : {"localhost", "127.0.0.1"}) {
        const auto target = url("https://" + host + ":" + std::to_string(server.endpoint().port()) + "/");
        const Outcome outcome = send({.url = target, .tls = &tls});
        EXPECT_EQ(outcome.kind(), Kind::untrusted);
        EXPECT_THAT(outcome.text(), HasSubstr("is for another host than " + host));
    }
}

TEST_F(TlsClientTest, SaysThatTheServerSpeaksPlainHttp) {
    const EchoServer plain;
    http::ClientTls tls({.bundle_file = bundle_.name(), .more_files = {}});
    const auto target = url("https://127.0.0.1:" + std::to_string(plain.endpoint().port()) + "/");
    const Outcome outcome = send({.url = target, .tls = &tls});
    EXPECT_EQ(outcome.kind(), Kind::no_tls);
    EXPECT_THAT(outcome.text(), HasSubstr("does not answer in TLS: is its URL http://?"));
}

TEST_F(TlsClientTest, TellsATruncatedBodyFromAWholeOne) {
    http::ClientTls tls({.bundle_file = bundle_.name(), .more_files = {}});
    const Outcome outcome = send({.url = url_of("localhost", "/stream/failing/5"), .tls = &tls});
    EXPECT_EQ(outcome.kind(), Kind::cut);
    EXPECT_EQ(outcome.body, "xxxxx");
}

TEST_F(TlsClientTest, BoundsTheHandshake) {
    ScriptedServer silent([](ScriptedPeer& peer) { peer.wait_for_end(); });
    http::ClientTls tls({.bundle_file = bundle_.name(), .more_files = {}});
    const auto target = url("https" + silent.url().substr(4));
    const Outcome outcome = send({.url = target, .tls = &tls}, {.connect = milliseconds(40)});
    EXPECT_EQ(outcome.kind(), Kind::timed_out);
    EXPECT_THAT(outcome.text(), HasSubstr("has not finished the TLS handshake within 40 ms"));
}

TEST(ClientTls, RefusesABundleThatIsNone) {
    const TemporaryFile empty("nothing");
    for (const std::string& file : {empty.name(), std::string("/no/such/file")}) {
        try {
            const http::ClientTls tls({.bundle_file = file, .more_files = {}});
            FAIL() << file;
        } catch (const http::TlsError& error) {
            EXPECT_THAT(error.what(), AllOf(HasSubstr("expected a file with CA certificates"), HasSubstr(file)));
        }
    }
}

}  // namespace
}  // namespace plocal::test
