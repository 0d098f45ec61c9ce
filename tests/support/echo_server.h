// The network with an exchange that answers by itself: each answer's body is the request's method, target and body.
// Runs on two contexts unless told otherwise.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <semaphore>
#include <string_view>
#include <utility>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include "server/wire/http/listener.h"
#include "tests/support/loopback_server.h"

namespace plocal::test {

/// Some targets are special: `/hold` is answered only after let_go(), and all others only then, too; `/park` only after
/// call_parked(), or with 503 once the network stops, and hinders no other; `/throw` not at all, `/large` with 16 MB,
/// `/status/204` with that status, `/strict` with a
/// wish for HTTPS alone, `/small` takes bodies of at most 16 bytes. The headers `x-delay-ms` and `x-fault`
/// ask for an answer's disturbance. It works on one thread of its own, request by request in the order that they come.
class EchoExchange final : public http::RequestHandler {
public:
    /// No request may be under way any more.
    ~EchoExchange() override;

    boost::asio::awaitable<protocol::Response> answer(const protocol::Request& request) override;
    std::size_t body_limit(std::string_view target) const override;
    void stop() noexcept override;

    /// How often stop() was called.
    int stops() const { return stops_; }

    /// Blocks until a request for `/hold` is under way.
    void wait_until_held();
    void let_go();

    /// Blocks until so many more requests for `/park` are under way.
    void wait_until_parked(int count);

    /// Whether one more request for `/park` came under way within that time.
    bool has_parked_within(std::chrono::milliseconds time);

    /// Has all of those answered.
    void call_parked();

private:
    boost::asio::awaitable<protocol::Response> work(const protocol::Request& request);
    boost::asio::awaitable<bool> park();

    boost::asio::thread_pool engine_{1};
    boost::asio::steady_timer called_{engine_, boost::asio::steady_timer::time_point::max()};  // engine_'s, as:
    bool is_stopping_ = false;
    std::atomic<int> stops_ = 0;
    std::counting_semaphore<> parked_{0};
    std::counting_semaphore<> held_{0};
    std::counting_semaphore<> free_{0};
};

/// Limits that no test comes up against because it is scheduled late. One that is about a limit sets that.
inline http::Limits patient() {
    constexpr std::chrono::hours long_enough(1);
    return {.head = long_enough,
            .message = long_enough,
            .idle = long_enough,
            .write = long_enough,
            .linger = long_enough,
            .stop_grace = long_enough};
}

class EchoServer {
public:
    explicit EchoServer(const http::Limits& limits = patient(), const http::Warn& warn = {}, int contexts = 2,
                        std::shared_ptr<http::Tls> tls = nullptr)
        : server_(handler_, contexts, limits, warn, std::move(tls)) {}

    const boost::asio::ip::tcp::endpoint& endpoint() const { return server_.endpoint(); }
    EchoExchange& handler() { return handler_; }
    http::Listener& listener() { return server_.listener(); }
    bool drains() const { return server_.drains(); }

private:
    EchoExchange handler_;
    LoopbackServer server_;
};

}  // namespace plocal::test
