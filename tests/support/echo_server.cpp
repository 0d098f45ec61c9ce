#include "tests/support/echo_server.h"

#include <chrono>
#include <map>
#include <stdexcept>
#include <thread>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace plocal::test {

namespace asio = boost::asio;

protocol::Disturbance disturbance_of(const protocol::Request& request) {
    using protocol::Fault;
    static const std::map<std::string_view, Fault> faults = {
        {"", Fault::none}, {"reset", Fault::reset}, {"close", Fault::close}, {"truncate", Fault::truncate}};
    const std::string delay_ms(request.header("x-delay-ms"));
    return {.delay = std::chrono::milliseconds(delay_ms.empty() ? 0 : std::stoll(delay_ms)),
            .fault = faults.at(request.header("x-fault"))};
}

EchoHandler::~EchoHandler() {
    engine_.join();
}

asio::awaitable<protocol::Response> EchoHandler::answer(const protocol::Request& request) {
    return asio::co_spawn(engine_.get_executor(), work(request), asio::use_awaitable);
}

asio::awaitable<protocol::Response> EchoHandler::work(const protocol::Request& request) {
    if (request.target == "/throw") {
        throw std::runtime_error("as asked for");
    }
    if (request.target == "/hold") {
        held_.release();
        free_.acquire();
    }
    protocol::Response response{.disturbance = disturbance_of(request)};
    if (request.target == "/status/204") {
        response.status = 204;
    }
    if (request.target == "/park") {
        const bool is_called = co_await park();
        response.status = is_called ? 200 : 503;
    }
    response.headers = {{"x-probe", std::string(request.header("X-Probe"))},
                        {"x-headers", std::to_string(request.headers.size())}};
    if (request.target == "/strict") {
        response.headers.push_back({"strict-transport-security", "max-age=47304000"});
    }
    response.body = std::string(request.method) + ' ' + std::string(request.target) + '\n' + std::string(request.body);
    if (request.target == "/large") {
        response.body.assign(16 * 1024 * 1024, 'x');
    }
    co_return response;
}

// Returns whether it was called, and not stopped.
asio::awaitable<bool> EchoHandler::park() {
    parked_.release();
    if (!is_stopping_) {
        co_await called_.async_wait(asio::as_tuple(asio::use_awaitable));
    }
    co_return !is_stopping_;
}

std::size_t EchoHandler::body_limit(std::string_view target) const {
    return target == "/small" ? 16 : 8 * 1024 * 1024;
}

http::StreamHandler* EchoHandler::stream_handler(const protocol::Request& request) {
    return request.target.starts_with("/stream/") ? &streaming_ : nullptr;
}

void EchoHandler::wait_until_held() {
    held_.acquire();
}

void EchoHandler::let_go() {
    free_.release();
}

void EchoHandler::wait_until_parked(int count) {
    for (int i = 0; i < count; ++i) {
        parked_.acquire();
    }
}

bool EchoHandler::has_parked_within(std::chrono::milliseconds time) {
    return parked_.try_acquire_for(time);
}

void EchoHandler::call_parked() {
    asio::post(engine_, [this] { called_.cancel(); });
}

void EchoHandler::stop() noexcept {
    ++stops_;
    streaming_.stop();
    asio::post(engine_, [this] {
        is_stopping_ = true;
        called_.cancel();
    });
}

bool EchoServer::loses_connections() {
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(2);
    while (listener().connections() > 0 && std::chrono::steady_clock::now() < end) {
        std::this_thread::yield();
    }
    return listener().connections() == 0;
}

}  // namespace plocal::test
