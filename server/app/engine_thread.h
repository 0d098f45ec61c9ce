// The engine on a thread of its own, as the network's exchange: a session hops there for its answer, and back.
#pragma once

#include <cstddef>
#include <string_view>
#include <thread>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include "server/app/engine.h"
#include "server/http/exchange.h"

namespace plocal::app {

class EngineThread : public http::Exchange {
public:
    /// Starts the thread, which alone uses the engine from here on.
    explicit EngineThread(Engine& engine);

    /// Ends the thread once what is under way is answered. No session may be waiting any more.
    ~EngineThread() override;
    EngineThread(const EngineThread&) = delete;
    EngineThread& operator=(const EngineThread&) = delete;

    boost::asio::awaitable<protocol::Response> answer(const protocol::Request& request) override;
    std::size_t body_limit(std::string_view target) const override;

private:
    Engine& engine_;
    boost::asio::io_context context_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_ = make_work_guard(context_);
    std::thread thread_;
};

}  // namespace plocal::app
