#include "tests/support/echo_server.h"

#include <chrono>
#include <stdexcept>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace plocal::test {

namespace asio = boost::asio;

asio::awaitable<protocol::Response> EchoExchange::answer(const protocol::Request& request) {
    return asio::co_spawn(engine_.get_executor(), work(request), asio::use_awaitable);
}

asio::awaitable<protocol::Response> EchoExchange::work(const protocol::Request& request) {
    if (request.target == "/throw") {
        throw std::runtime_error("as asked for");
    }
    if (request.target == "/hold") {
        held_.release();
        free_.acquire();
    }
    protocol::Response response;
    if (request.target == "/status/204") {
        response.status = 204;
    }
    response.headers = {{"x-probe", std::string(request.header("X-Probe"))},
                        {"x-headers", std::to_string(request.headers.size())}};
    response.body = std::string(request.method) + ' ' + std::string(request.target) + '\n' + std::string(request.body);
    if (request.target == "/large") {
        response.body.assign(16 * 1024 * 1024, 'x');
    }
    co_return response;
}

std::size_t EchoExchange::body_limit(std::string_view target) const {
    return target == "/small" ? 16 : 8 * 1024 * 1024;
}

void EchoExchange::wait_until_held() {
    held_.acquire();
}

void EchoExchange::let_go() {
    free_.release();
}

EchoServer::EchoServer(const http::Limits& limits, http::Listener::Warn warn) {
    std::vector<asio::io_context*> all;
    for (int i = 0; i < 2; ++i) {
        all.push_back(contexts_.emplace_back(std::make_unique<asio::io_context>(1)).get());
    }
    listener_ = std::make_unique<http::Listener>(all, exchange_, limits, std::move(warn));
    endpoint_ = listener_->listen("127.0.0.1", 0);
    listener_->start();
    for (asio::io_context* context : all) {
        threads_.emplace_back([context] { context->run(); });
    }
}

EchoServer::~EchoServer() {
    listener_->stop();
    for (std::thread& thread : threads_) {
        thread.join();
    }
}

bool EchoServer::drains() const {
    return listener_->drained().wait_for(std::chrono::seconds(10)) == std::future_status::ready;
}

}  // namespace plocal::test
