#include "tests/support/loopback_server.h"

#include <chrono>
#include <utility>

namespace plocal::test {

namespace asio = boost::asio;

LoopbackServer::LoopbackServer(http::RequestHandler& handler, int contexts, const http::Limits& limits,
                               const http::Warn& warn, std::shared_ptr<http::Tls> tls) {
    std::vector<asio::io_context*> all;
    all.reserve(static_cast<std::size_t>(contexts));
    for (int i = 0; i < contexts; ++i) {
        all.push_back(contexts_.emplace_back(std::make_unique<asio::io_context>(1)).get());
    }
    listener_ = std::make_unique<http::Listener>(all, handler, limits, warn);
    endpoint_ = listener_->listen("127.0.0.1", 0, std::move(tls));
    listener_->start();
    for (asio::io_context* context : all) {
        threads_.emplace_back([context] { context->run(); });
    }
}

LoopbackServer::~LoopbackServer() {
    listener_->stop();
    for (std::thread& thread : threads_) {
        thread.join();
    }
}

bool LoopbackServer::drains() const {
    return listener_->drained().wait_for(std::chrono::minutes(2)) == std::future_status::ready;
}

}  // namespace plocal::test
