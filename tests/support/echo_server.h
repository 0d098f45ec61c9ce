// A server that answers every request with the request: the response's body is the method, the target and the body. It
// runs on two contexts unless told otherwise.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <semaphore>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include "server/wire/http/listener.h"
#include "tests/support/loopback_server.h"

namespace plocal::test {

/// Answers requests to targets that begin with `/stream`, on the thread of their sessions, while it reads their bodies:
///
///     /stream/echo             sends back each piece of the body as it comes, with the length of the request if it has
///     one /stream/count            reads the body to its end and answers its size, the number of its pieces and the
///     largest /stream/ignore           answers "ignored" without reading the body /stream/bytes/N          a body of N
///     bytes 'x', of known length; /stream/chunks/N the same in chunks /stream/endless          a body without an end
///     /stream/failing/N        announces more than it has: N bytes, then an exception; /stream/failing_chunks/N in
///     chunks /stream/long/N           announces N bytes and sends one more; /stream/short/N sends one less
///     /stream/held             "first", then, after release_stream(), "second"; ends without it once the server stops
///     /stream/throw            an exception instead of a response
///
/// The largest body is 1 GiB.
class StreamingEcho final : public http::StreamHandler {
public:
    std::uint64_t body_limit() const override { return std::uint64_t{1} << 30; }
    boost::asio::awaitable<http::StreamedResponse> answer(const protocol::Request& request,
                                                          http::BodySource& body) override;

    /// Lets every body of `/stream/held` go on. From any thread.
    void release();

    /// Ends every body of `/stream/held`. From any thread.
    void stop();

    /// How many pieces of bodies that it makes by itself were asked for.
    std::uint64_t pieces() const { return pieces_; }

private:
    class MadeBody;
    class HeldBody;
    bool holds(const std::shared_ptr<boost::asio::steady_timer>& timer);
    void wake();

    std::atomic<std::uint64_t> pieces_ = 0;
    std::atomic<bool> is_released_ = false;
    std::atomic<bool> is_stopping_ = false;
    std::mutex mutex_;
    std::vector<std::shared_ptr<boost::asio::steady_timer>> timers_;  // of the bodies that wait
};

/// Some targets are special:
///
///     /hold        is answered after let_go(), and no other request before that
///     /park        is answered after call_parked(), or with 503 once the server stops; others are answered meanwhile
///     /throw       gets an exception
///     /large       a body of 16 MiB
///     /status/204  that status
///     /strict      the header strict-transport-security
///     /small       may have 16 bytes of body
///     /stream...   see StreamingEcho
///
/// The headers `x-delay-ms` and `x-fault` ask for a disturbance of the response. All but streams are answered on one
/// thread of its own, in the order in which they come.
class EchoHandler final : public http::RequestHandler {
public:
    /// No request may be pending.
    ~EchoHandler() override;

    boost::asio::awaitable<protocol::Response> answer(const protocol::Request& request) override;
    std::size_t body_limit(std::string_view target) const override;
    http::StreamHandler* stream_handler(const protocol::Request& request) override;
    void stop() noexcept override;

    StreamingEcho& streaming() { return streaming_; }

    /// How many times stop() was called.
    int stops() const { return stops_; }

    /// Blocks until a request for `/hold` has come.
    void wait_until_held();
    void let_go();

    /// Blocks until so many more requests for `/park` have come.
    void wait_until_parked(int count);

    /// Whether one more request for `/park` has come within that time.
    bool has_parked_within(std::chrono::milliseconds time);

    /// Answers all of those.
    void call_parked();

private:
    boost::asio::awaitable<protocol::Response> work(const protocol::Request& request);
    boost::asio::awaitable<bool> park();

    boost::asio::thread_pool engine_{1};
    boost::asio::steady_timer called_{engine_, boost::asio::steady_timer::time_point::max()};  // used on engine_ only
    bool is_stopping_ = false;                                                                 // used on engine_ only
    std::atomic<int> stops_ = 0;
    std::counting_semaphore<> parked_{0};
    std::counting_semaphore<> held_{0};
    std::counting_semaphore<> free_{0};
    StreamingEcho streaming_;
};

/// Limits so long that no test meets one by being scheduled late. A test of a limit sets that limit.
inline http::Limits patient() {
    constexpr std::chrono::hours long_enough(1);
    return {.head = long_enough,
            .message = long_enough,
            .piece = long_enough,
            .idle = long_enough,
            .write = long_enough,
            .linger = long_enough,
            .stop_grace = long_enough};
}

/// The disturbance that a request's headers `x-delay-ms` and `x-fault` ask for.
protocol::Disturbance disturbance_of(const protocol::Request& request);

class EchoServer {
public:
    explicit EchoServer(const http::Limits& limits = patient(), const http::Warn& warn = {}, int contexts = 2,
                        std::shared_ptr<http::Tls> tls = nullptr)
        : server_(handler_, contexts, limits, warn, std::move(tls)) {}

    const boost::asio::ip::tcp::endpoint& endpoint() const { return server_.endpoint(); }
    EchoHandler& handler() { return handler_; }
    http::Listener& listener() { return server_.listener(); }
    bool drains() const { return server_.drains(); }

    /// Returns whether all connections end within two minutes.
    bool loses_connections();

private:
    EchoHandler handler_;
    LoopbackServer server_;
};

}  // namespace plocal::test
