#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/wire/http/certificate.h"
#include "tests/support/echo_server.h"
#include "tests/support/tls_client.h"

namespace plocal::test {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

/// Collects warnings from any thread.
class Warnings {
public:
    http::Warn listener() {
        return [this](std::string_view text) {
            const std::lock_guard lock(mutex_);
            if (text_.empty()) {
                text_ = text;
                came_.set_value();
            }
        };
    }

    /// Waits for the first warning and returns it.
    std::string first() {
        const bool has_come = came_.get_future().wait_for(std::chrono::minutes(2)) == std::future_status::ready;
        const std::lock_guard lock(mutex_);
        return has_come ? text_ : "no warning came";
    }

private:
    std::mutex mutex_;
    std::promise<void> came_;
    std::string text_;
};

class HttpTls : public testing::Test {
protected:
    explicit HttpTls(const http::Limits& limits = {}) : limits_(limits) {}

    TlsClientOptions options() const { return {.authority = authority_.certificate}; }

    std::string failure_of(const TlsClientOptions& options) {
        try {
            const TlsClient client(server_.endpoint(), options);
            return "none";
        } catch (const std::runtime_error& error) {
            return error.what();
        }
    }

    Warnings warnings_;
    http::CertifiedKey authority_ = http::make_authority("the CA of the tests");
    http::Limits limits_;
    EchoServer server_{
        limits_, warnings_.listener(), 2,
        std::make_shared<http::Tls>(http::issue(authority_, {"localhost", "127.0.0.1", "*.ci.example"}))};
};

/// With a server that soon closes an idle connection.
class HttpTlsWithShortIdle : public HttpTls {
protected:
    HttpTlsWithShortIdle() : HttpTls({.idle = milliseconds(300)}) {}
};

/// With a server that soon ends a handshake that does not go on.
class HttpTlsWithShortHandshake : public HttpTls {
protected:
    HttpTlsWithShortHandshake() : HttpTls({.head = milliseconds(300)}) {}
};

class HttpTlsOfVersion : public HttpTls, public testing::WithParamInterface<int> {
protected:
    TlsClientOptions options_of_version() const {
        TlsClientOptions options = HttpTls::options();
        options.oldest_version = options.newest_version = GetParam();
        return options;
    }
};

TEST_P(HttpTlsOfVersion, AnswersRequestAfterRequest) {
    TlsClient client(server_.endpoint(), options_of_version());
    EXPECT_EQ(client.version(), GetParam());
    for (const std::string target : {"/one", "/two", "/three"}) {
        const Answer answer = client.ask("POST " + target + " HTTP/1.1\r\ncontent-length: 3\r\n\r\nabc");
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body, "POST " + target + "\nabc");
    }
}

TEST_P(HttpTlsOfVersion, ResumesASession) {
    TlsClient first(server_.endpoint(), options_of_version());
    first.ask("GET / HTTP/1.1\r\n\r\n");
    EXPECT_FALSE(first.has_resumed());
    const auto session = first.session();
    TlsClientOptions options = options_of_version();
    options.session = session.get();
    TlsClient second(server_.endpoint(), options);
    EXPECT_TRUE(second.has_resumed());
    EXPECT_EQ(second.ask("GET /again HTTP/1.1\r\n\r\n").body, "GET /again\n");
}

INSTANTIATE_TEST_SUITE_P(Both, HttpTlsOfVersion, testing::Values(TLS1_2_VERSION, TLS1_3_VERSION),
                         [](const auto& version) { return version.param == TLS1_2_VERSION ? "Tls12" : "Tls13"; });

TEST_F(HttpTls, SpeaksNoOlderVersion) {
    TlsClientOptions options = HttpTls::options();
    options.oldest_version = TLS1_VERSION;
    options.newest_version = TLS1_1_VERSION;
    EXPECT_THAT(failure_of(options), HasSubstr("protocol version"));
}

TEST_F(HttpTls, HasACertificateForEachOfItsNamesAndNoOther) {
    for (const std::string name : {"localhost", "127.0.0.1", "any.ci.example"}) {
        TlsClientOptions options = HttpTls::options();
        options.name = name;
        EXPECT_EQ(failure_of(options), "none") << name;
    }
    for (const std::string name : {"localhost.example.org", "127.0.0.2", "one.more.ci.example"}) {
        TlsClientOptions options = HttpTls::options();
        options.name = name;
        EXPECT_THAT(failure_of(options), HasSubstr("verify failed")) << name;
    }
}

TEST_F(HttpTls, WarnsOfAClientThatTrustsAnotherAuthority) {
    TlsClientOptions options = HttpTls::options();
    options.authority = http::make_authority("another").certificate;
    EXPECT_THAT(failure_of(options), HasSubstr("verify failed"));
    EXPECT_THAT(warnings_.first(), testing::AllOf(HasSubstr("unknown ca"), HasSubstr("have the client trust")));
}

TEST_F(HttpTls, ChoosesHttp11ByAlpn) {
    TlsClientOptions options = HttpTls::options();
    options.protocols = {"h2", "http/1.1"};
    EXPECT_EQ(TlsClient(server_.endpoint(), options).protocol(), "http/1.1");
    options.protocols = {"h2"};
    EXPECT_THAT(failure_of(options), HasSubstr("no application protocol"));
}

TEST_F(HttpTls, SendsCloseNotifyBeforeItCloses) {
    TlsClient client(server_.endpoint(), options());
    client.send("GET / HTTP/1.1\r\nconnection: close\r\n\r\n");
    EXPECT_THAT(client.read_to_end(), testing::EndsWith("GET /\n"));
    EXPECT_TRUE(client.received_close_notify());
}

TEST_F(HttpTlsWithShortIdle, SendsCloseNotifyToAnIdleClient) {
    in_time([this] {
        TlsClient client(server_.endpoint(), options());
        EXPECT_EQ(client.read_to_end(), "");
        EXPECT_TRUE(client.received_close_notify());
    });
}

TEST_F(HttpTls, RefusesAMalformedRequestAndCloses) {
    TlsClient client(server_.endpoint(), options());
    client.send("nonsense\r\n\r\n");
    EXPECT_EQ(client.read_answer().status, 400);
    EXPECT_EQ(client.read_to_end(), "");
    EXPECT_TRUE(client.received_close_notify());
}

TEST_F(HttpTls, CarriesLargeBodiesBothWays) {
    const std::string body(5'000'000, 'b');
    TlsClient client(server_.endpoint(), options());
    const std::string request = "POST / HTTP/1.1\r\ncontent-length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    EXPECT_EQ(client.ask(request).body, "POST /\n" + body);
    EXPECT_EQ(client.ask("GET /large HTTP/1.1\r\n\r\n").body.size(), 16U * 1024 * 1024);
}

TEST_F(HttpTls, CarriesStreamedBodiesBothWays) {
    const std::string body(5'000'000, 'b');
    const std::string headers = " HTTP/1.1\r\ncontent-length: " + std::to_string(body.size()) + "\r\n\r\n";
    TlsClient client(server_.endpoint(), options());
    EXPECT_THAT(client.ask("POST /stream/count" + headers + body).body, testing::StartsWith("5000000 "));
    EXPECT_EQ(client.ask("GET /stream/chunks/5000000 HTTP/1.1\r\n\r\n").body.size(), body.size());
    client.send("GET /stream/failing/5 HTTP/1.1\r\n\r\n");
    EXPECT_EQ(client.read_answer(false).header("content-length"), "6");
    EXPECT_EQ(client.read_to_end(), "xxxxx");
    EXPECT_FALSE(client.received_close_notify());
}

TEST_F(HttpTls, LeavesOutStrictTransportSecurity) {
    TlsClient client(server_.endpoint(), options());
    const Answer answer = client.ask("GET /strict HTTP/1.1\r\n\r\n");
    EXPECT_EQ(answer.header("strict-transport-security"), "");
    EXPECT_EQ(answer.body, "GET /strict\n");
    EchoServer plain;
    EXPECT_NE(HttpClient(plain.endpoint()).ask("GET /strict HTTP/1.1\r\n\r\n").header("strict-transport-security"), "");
}

TEST_F(HttpTls, AnswersManyShortConnections) {
    constexpr int connections = 100;
    std::atomic<int> answered = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([this, &answered] {
            for (int connection = 0; connection < connections; ++connection) {
                TlsClient client(server_.endpoint(), options());
                answered += client.ask("GET / HTTP/1.1\r\nconnection: close\r\n\r\n").status == 200 ? 1 : 0;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(answered, 4 * connections);
}

TEST_F(HttpTls, RefusesPlainHttpInPlainHttp) {
    HttpClient client(server_.endpoint());
    client.send("POST / HTTP/1.1\r\ncontent-length: 3\r\n\r\nabc");
    const Answer answer = client.read_answer();
    EXPECT_EQ(answer.status, 400);
    EXPECT_THAT(answer.body, HasSubstr("This port speaks HTTPS, not HTTP"));
    EXPECT_EQ(client.read_to_end(), "");
    EXPECT_EQ(client.end(), boost::asio::error::eof);
}

TEST_F(HttpTlsWithShortIdle, ClosesASilentConnection) {
    HttpClient client(server_.endpoint());
    EXPECT_EQ(client.read_to_end(), "");
}

TEST_F(HttpTlsWithShortHandshake, ClosesAConnectionWhoseHandshakeStalls) {
    HttpClient client(server_.endpoint());
    client.send("\x16");
    EXPECT_EQ(client.read_to_end(), "");
    EXPECT_THAT(warnings_.first(), HasSubstr("failed: it took more than 300 ms"));
}

TEST_F(HttpTls, StopsDuringHandshakes) {
    HttpClient silent(server_.endpoint());
    HttpClient half(server_.endpoint());
    half.send("\x16\x03\x01");
    TlsClient idle(server_.endpoint(), options());
    server_.listener().stop();
    EXPECT_TRUE(server_.drains());
    EXPECT_EQ(silent.read_to_end() + half.read_to_end() + idle.read_to_end(), "");
}

TEST_F(HttpTls, SendsFaultyResponses) {
    for (const std::string fault : {"reset", "close", "truncate"}) {
        TlsClient client(server_.endpoint(), options());
        client.send("GET /faulty HTTP/1.1\r\nx-fault: " + fault + "\r\n\r\n");
        const std::string all = client.read_to_end();
        EXPECT_EQ(all.empty(), fault != "truncate") << fault << ": " << all;
        EXPECT_THAT(all, testing::Not(HasSubstr("GET /faulty"))) << fault;
        EXPECT_FALSE(client.received_close_notify()) << fault;
    }
}

}  // namespace
}  // namespace plocal::test
