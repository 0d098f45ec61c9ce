#include <chrono>
#include <deque>
#include <future>
#include <semaphore>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "tests/support/echo_server.h"
#include "tests/support/http_client.h"

namespace plocal::test {
namespace {

using testing::HasSubstr;

TEST(HttpListener, NamesTheAddressThatIsTaken) {
    EchoServer server;
    EchoHandler handler;
    boost::asio::io_context context(1);
    boost::asio::io_context* const contexts[] = {&context};
    http::Listener other(contexts, handler);
    const auto port = server.endpoint().port();
    try {
        other.listen("127.0.0.1", port);
        FAIL() << "the port was free";
    } catch (const boost::system::system_error& error) {
        EXPECT_EQ(error.code(), boost::asio::error::address_in_use);
        EXPECT_THAT(error.what(), HasSubstr("127.0.0.1 port " + std::to_string(port)));
    }
    EXPECT_THROW(other.listen("not an address", 0), boost::system::system_error);
}

TEST(HttpListener, ServesManyConnectionsAtOnce) {
    EchoServer server;
    std::deque<HttpClient> clients;
    for (int i = 0; i < 300; ++i) {
        clients.emplace_back(server.endpoint()).send("GET /" + std::to_string(i) + " HTTP/1.1\r\n\r\n");
    }
    for (std::size_t i = 0; i < clients.size(); ++i) {
        EXPECT_EQ(clients[i].read_answer().body, "GET /" + std::to_string(i) + "\n");
    }
    EXPECT_EQ(server.listener().connections(), clients.size());
}

TEST(HttpListener, ServesConnectionsOfManyThreads) {
    EchoServer server;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&server] {
            for (int i = 0; i < 50; ++i) {
                HttpClient client(server.endpoint());
                EXPECT_EQ(client.ask("POST /a HTTP/1.1\r\ncontent-length: 1\r\n\r\nx").body, "POST /a\nx");
                EXPECT_EQ(client.ask("GET /b HTTP/1.1\r\n\r\n").body, "GET /b\n");
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
}

// A process without free files cannot accept connections. They are accepted as soon as it has some.
TEST(HttpListener, GoesOnAfterRunningOutOfFiles) {
    std::promise<std::string> warning;
    EchoServer server(patient(), [&warning](std::string_view text) { warning.set_value(std::string(text)); });
    HttpClient client;
    rlimit usual{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &usual), 0);
    rlimit none = usual;
    none.rlim_cur = 3;
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
    client.connect(server.endpoint());
    auto text = warning.get_future();
    const bool is_warned = text.wait_for(std::chrono::minutes(2)) == std::future_status::ready;
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &usual), 0);
    ASSERT_TRUE(is_warned);
    EXPECT_THAT(text.get(), HasSubstr("Too many open files"));
    EXPECT_EQ(client.ask("GET / HTTP/1.1\r\n\r\n").status, 200);
}

TEST(HttpStop, EndsIdleConnectionsAtOnce) {
    EchoServer server;
    HttpClient used(server.endpoint());
    EXPECT_EQ(used.ask("GET / HTTP/1.1\r\n\r\n").status, 200);
    HttpClient unused(server.endpoint());
    server.listener().stop();
    EXPECT_EQ(used.read_to_end(), "");
    EXPECT_EQ(unused.read_to_end(), "");
    EXPECT_TRUE(server.drains());
    EXPECT_EQ(server.listener().connections(), 0);
    EXPECT_THROW(HttpClient late(server.endpoint()), boost::system::system_error);
}

TEST(HttpStop, AnswersARequestThatIsPending) {
    EchoServer server;
    HttpClient client(server.endpoint());
    client.send("GET /hold HTTP/1.1\r\n\r\n");
    server.handler().wait_until_held();
    server.listener().stop();
    EXPECT_EQ(server.listener().drained().wait_for(std::chrono::seconds(0)), std::future_status::timeout);
    server.handler().let_go();
    const Answer answer = client.read_answer();
    EXPECT_EQ(answer.body, "GET /hold\n");
    EXPECT_EQ(answer.header("connection"), "close");
    EXPECT_EQ(client.read_to_end(), "");
    EXPECT_TRUE(server.drains());
}

TEST(HttpStop, ReadsTheRestOfARequest) {
    EchoServer server;
    HttpClient client(server.endpoint());
    EXPECT_EQ(client.ask("POST / HTTP/1.1\r\nexpect: 100-continue\r\ncontent-length: 4\r\n\r\n").status, 100);
    server.listener().stop();
    EXPECT_EQ(client.ask("body").header("connection"), "close");
    EXPECT_TRUE(server.drains());
}

TEST(HttpStop, CutsConnectionsAfterTheGracePeriod) {
    http::Limits limits = patient();
    limits.stop_grace = std::chrono::milliseconds(40);
    EchoServer server(limits);
    HttpClient slow(server.endpoint());
    EXPECT_EQ(slow.ask("POST / HTTP/1.1\r\nexpect: 100-continue\r\ncontent-length: 4\r\n\r\n").status, 100);
    server.listener().stop();
    EXPECT_EQ(slow.read_to_end(), "");
    EXPECT_TRUE(server.drains());
}

TEST(HttpStop, MayBeCalledTwiceAndFromAnyThread) {
    EchoServer server;
    HttpClient client(server.endpoint());
    EXPECT_EQ(client.ask("GET / HTTP/1.1\r\n\r\n").status, 200);
    std::thread other([&server] { server.listener().stop(); });
    server.listener().stop();
    other.join();
    EXPECT_TRUE(server.drains());
}

TEST(HttpStop, EndsWhileClientsComeAndGo) {
    EchoServer server;
    std::vector<std::thread> clients;
    std::counting_semaphore<> served(0);
    for (int t = 0; t < 3; ++t) {
        clients.emplace_back([&server, &served] {
            try {
                for (;;) {
                    HttpClient client(server.endpoint());
                    client.ask("GET /a HTTP/1.1\r\n\r\n");
                    client.ask("GET /b HTTP/1.1\r\n\r\n");
                    served.release();
                }
            } catch (const std::exception&) {
                // The server has stopped, which is what this thread waits for.
            }
        });
    }
    for (int i = 0; i < 20; ++i) {
        served.acquire();
    }
    server.listener().stop();
    for (std::thread& client : clients) {
        client.join();
    }
    EXPECT_TRUE(server.drains());
}

// A start that fails half way destroys contexts that still have work.
TEST(HttpListener, MayBeDestroyedWithConnectionsOpen) {
    EchoHandler handler;
    boost::asio::io_context first(1);
    boost::asio::io_context second(1);
    boost::asio::io_context* const contexts[] = {&first, &second};
    http::Listener listener(contexts, handler);
    const auto endpoint = listener.listen("127.0.0.1", 0);
    listener.start();
    HttpClient one(endpoint);
    HttpClient two(endpoint);
    while (listener.connections() < 2) {
        first.run_one();
    }
    second.poll();
    first.poll();
}

}  // namespace
}  // namespace plocal::test
