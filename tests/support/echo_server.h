// The network with an exchange that answers by itself: each answer's body is the request's method, target and body.
// Runs on two contexts and a free port of the loopback.
#pragma once

#include <cstddef>
#include <memory>
#include <semaphore>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>

#include "server/http/listener.h"

namespace plocal::test {

/// Some targets are special: `/hold` is answered only after let_go(), `/throw` not at all, `/large` with 16 MB,
/// `/status/204` with that status, `/small` takes bodies of at most 16 bytes. Like the real one, it works on a thread
/// of its own.
class EchoExchange final : public http::Exchange {
public:
    boost::asio::awaitable<protocol::Response> answer(const protocol::Request& request) override;
    std::size_t body_limit(std::string_view target) const override;

    /// Blocks until a request for `/hold` is under way.
    void wait_until_held();
    void let_go();

private:
    boost::asio::awaitable<protocol::Response> work(const protocol::Request& request);

    boost::asio::thread_pool engine_{1};
    std::counting_semaphore<> held_{0};
    std::counting_semaphore<> free_{0};
};

class EchoServer {
public:
    explicit EchoServer(const http::Limits& limits = {}, http::Listener::Warn warn = {});
    EchoServer(const EchoServer&) = delete;
    EchoServer& operator=(const EchoServer&) = delete;
    ~EchoServer();

    const boost::asio::ip::tcp::endpoint& endpoint() const { return endpoint_; }
    EchoExchange& exchange() { return exchange_; }
    http::Listener& listener() { return *listener_; }

    /// Whether all sessions end within ten seconds.
    bool drains() const;

private:
    EchoExchange exchange_;
    std::vector<std::unique_ptr<boost::asio::io_context>> contexts_;
    std::unique_ptr<http::Listener> listener_;
    boost::asio::ip::tcp::endpoint endpoint_;
    std::vector<std::thread> threads_;
};

}  // namespace plocal::test
