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

/// Lines that come from any thread.
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

    /// The first line; waits for it.
    std::string first() {
        const bool has_come = came_.get_future().wait_for(std::chrono::minutes(2)) == std::future_status::ready;
        const std::lock_guard lock(mutex_);
        return has_come ? text_ : "nothing came";
    }

private:
    std::mutex mutex_;
    std::promise<void> came_;
    std::string text_;
};

class HttpTls : public testing::Test {
protected:
    explicit HttpTls(const http::Limits& limits = {}) : limits_(limits) {}

    TlsWish wish() const { return {.authority = authority_.certificate}; }

    std::string failure_of(const TlsWish& wish) {
        try {
            const TlsClient client(server_.endpoint(), wish);
            return "none";
        } catch (const std::runtime_error& error) {
            return error.what();
        }
    }

    Warnings warnings_;
    http::CertifiedKey authority_ = http::make_authority("the tests' authority");
    http::Limits limits_;
    EchoServer server_{
        limits_, warnings_.listener(), 2,
        std::make_shared<http::Tls>(http::issue(authority_, {"localhost", "127.0.0.1", "*.ci.example"}))};
};

/// Where a client that is idle is soon left.
class HttpTlsWithoutRest : public HttpTls {
protected:
    HttpTlsWithoutRest() : HttpTls({.idle = milliseconds(300)}) {}
};

/// Where a client that hesitates in a handshake is soon left.
class HttpTlsInAHurry : public HttpTls {
protected:
    HttpTlsInAHurry() : HttpTls({.head = milliseconds(300)}) {}
};

class HttpTlsOfVersion : public HttpTls, public testing::WithParamInterface<int> {
protected:
    TlsWish wish_of_version() const {
        TlsWish wish = HttpTls::wish();
        wish.oldest_version = wish.newest_version = GetParam();
        return wish;
    }
};

TEST_P(HttpTlsOfVersion, AnswersRequestAfterRequest) {
    TlsClient client(server_.endpoint(), wish_of_version());
    EXPECT_EQ(client.version(), GetParam());
    for (const std::string target : {"/one", "/two", "/three"}) {
        const Answer answer = client.ask("POST " + target + " HTTP/1.1\r\ncontent-length: 3\r\n\r\nabc");
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body, "POST " + target + "\nabc");
    }
}

TEST_P(HttpTlsOfVersion, ResumesASession) {
    TlsClient first(server_.endpoint(), wish_of_version());
    first.ask("GET / HTTP/1.1\r\n\r\n");
    EXPECT_FALSE(first.has_resumed());
    const auto session = first.session();
    TlsWish wish = wish_of_version();
    wish.session = session.get();
    TlsClient second(server_.endpoint(), wish);
    EXPECT_TRUE(second.has_resumed());
    EXPECT_EQ(second.ask("GET /again HTTP/1.1\r\n\r\n").body, "GET /again\n");
}

INSTANTIATE_TEST_SUITE_P(Both, HttpTlsOfVersion, testing::Values(TLS1_2_VERSION, TLS1_3_VERSION),
                         [](const auto& version) { return version.param == TLS1_2_VERSION ? "Tls12" : "Tls13"; });

TEST_F(HttpTls, SpeaksNoOlderVersion) {
    TlsWish wish = HttpTls::wish();
    wish.oldest_version = TLS1_VERSION;
    wish.newest_version = TLS1_1_VERSION;
    EXPECT_THAT(failure_of(wish), HasSubstr("protocol version"));
}

TEST_F(HttpTls, IsKnownByEachOfItsNamesAndByNoOther) {
    for (const std::string name : {"localhost", "127.0.0.1", "any.ci.example"}) {
        TlsWish wish = HttpTls::wish();
        wish.name = name;
        EXPECT_EQ(failure_of(wish), "none") << name;
    }
    for (const std::string name : {"localhost.example.org", "127.0.0.2", "one.more.ci.example"}) {
        TlsWish wish = HttpTls::wish();
        wish.name = name;
        EXPECT_THAT(failure_of(wish), HasSubstr("verify failed")) << name;
    }
}

TEST_F(HttpTls, WarnsOfAClientThatTrustsAnotherAuthority) {
    TlsWish wish = HttpTls::wish();
    wish.authority = http::make_authority("another").certificate;
    EXPECT_THAT(failure_of(wish), HasSubstr("verify failed"));
    EXPECT_THAT(warnings_.first(), testing::AllOf(HasSubstr("unknown ca"), HasSubstr("has to be told to trust")));
}

TEST_F(HttpTls, ChoosesTheOneProtocolItSpeaks) {
    TlsWish wish = HttpTls::wish();
    wish.protocols = {"h2", "http/1.1"};
    EXPECT_EQ(TlsClient(server_.endpoint(), wish).protocol(), "http/1.1");
    wish.protocols = {"h2"};
    EXPECT_THAT(failure_of(wish), HasSubstr("no application protocol"));
}

TEST_F(HttpTls, SaysFarewellBeforeItCloses) {
    TlsClient client(server_.endpoint(), wish());
    client.send("GET / HTTP/1.1\r\nconnection: close\r\n\r\n");
    EXPECT_THAT(client.read_to_end(), testing::EndsWith("GET /\n"));
    EXPECT_TRUE(client.was_bidden_farewell());
}

TEST_F(HttpTlsWithoutRest, SaysFarewellToOneThatWasIdleForTooLong) {
    in_time([this] {
        TlsClient client(server_.endpoint(), wish());
        EXPECT_EQ(client.read_to_end(), "");
        EXPECT_TRUE(client.was_bidden_farewell());
    });
}

TEST_F(HttpTls, RefusesWhatIsMalformedAndCloses) {
    TlsClient client(server_.endpoint(), wish());
    client.send("nonsense\r\n\r\n");
    EXPECT_EQ(client.read_answer().status, 400);
    EXPECT_EQ(client.read_to_end(), "");
    EXPECT_TRUE(client.was_bidden_farewell());
}

TEST_F(HttpTls, CarriesLargeBodiesBothWays) {
    const std::string body(5'000'000, 'b');
    TlsClient client(server_.endpoint(), wish());
    const std::string request = "POST / HTTP/1.1\r\ncontent-length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    EXPECT_EQ(client.ask(request).body, "POST /\n" + body);
    EXPECT_EQ(client.ask("GET /large HTTP/1.1\r\n\r\n").body.size(), 16U * 1024 * 1024);
}

TEST_F(HttpTls, AsksNoBrowserToSpeakHttpsToEveryPortOfTheHost) {
    TlsClient client(server_.endpoint(), wish());
    const Answer answer = client.ask("GET /strict HTTP/1.1\r\n\r\n");
    EXPECT_EQ(answer.header("strict-transport-security"), "");
    EXPECT_EQ(answer.body, "GET /strict\n");
    EchoServer plain;
    EXPECT_NE(HttpClient(plain.endpoint()).ask("GET /strict HTTP/1.1\r\n\r\n").header("strict-transport-security"), "");
}

TEST_F(HttpTls, AnswersACrowdThatComesAndGoes) {
    constexpr int visits = 100;
    std::atomic<int> answered = 0;
    std::vector<std::thread> crowd;
    for (int i = 0; i < 4; ++i) {
        crowd.emplace_back([this, &answered] {
            for (int visit = 0; visit < visits; ++visit) {
                TlsClient client(server_.endpoint(), wish());
                answered += client.ask("GET / HTTP/1.1\r\nconnection: close\r\n\r\n").status == 200 ? 1 : 0;
            }
        });
    }
    for (std::thread& thread : crowd) thread.join();
    EXPECT_EQ(answered, 4 * visits);
}

TEST_F(HttpTls, TellsAClientOfPlainHttpSoInPlainHttp) {
    HttpClient client(server_.endpoint());
    client.send("POST / HTTP/1.1\r\ncontent-length: 3\r\n\r\nabc");
    const Answer answer = client.read_answer();
    EXPECT_EQ(answer.status, 400);
    EXPECT_THAT(answer.body, HasSubstr("This port speaks HTTPS, not HTTP"));
    EXPECT_EQ(client.read_to_end(), "");
    EXPECT_EQ(client.end(), boost::asio::error::eof);
}

TEST_F(HttpTlsWithoutRest, ClosesAConnectionThatSaysNothing) {
    HttpClient client(server_.endpoint());
    EXPECT_EQ(client.read_to_end(), "");
}

TEST_F(HttpTlsInAHurry, ClosesAConnectionWhoseHandshakeDoesNotComeOn) {
    HttpClient client(server_.endpoint());
    client.send("\x16");
    EXPECT_EQ(client.read_to_end(), "");
    EXPECT_THAT(warnings_.first(), HasSubstr("failed: it took more than 300 ms"));
}

TEST_F(HttpTls, StopsWhileHandshakesAreUnderWay) {
    HttpClient silent(server_.endpoint());
    HttpClient half(server_.endpoint());
    half.send("\x16\x03\x01");
    TlsClient idle(server_.endpoint(), wish());
    server_.listener().stop();
    EXPECT_TRUE(server_.drains());
    EXPECT_EQ(silent.read_to_end() + half.read_to_end() + idle.read_to_end(), "");
}

TEST_F(HttpTls, SpoilsAnswersAsItIsAskedTo) {
    for (const std::string fault : {"reset", "close", "truncate"}) {
        TlsClient client(server_.endpoint(), wish());
        client.send("GET /spoilt HTTP/1.1\r\nx-fault: " + fault + "\r\n\r\n");
        const std::string all = client.read_to_end();
        EXPECT_EQ(all.empty(), fault != "truncate") << fault << ": " << all;
        EXPECT_THAT(all, testing::Not(HasSubstr("GET /spoilt"))) << fault;
        EXPECT_FALSE(client.was_bidden_farewell()) << fault;
    }
}

}  // namespace
}  // namespace plocal::test
