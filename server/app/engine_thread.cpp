#include "server/app/engine_thread.h"

#include <utility>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/control/control.h"

namespace plocal::app {
namespace {

namespace asio = boost::asio;

constexpr std::size_t service_body_bytes = std::size_t{1} << 20U;
constexpr std::size_t control_body_bytes = std::size_t{64} << 20U;

/// On the session's thread: carries the answer to whoever waits for it.
template <class Waiter>
struct Return {
    Waiter waiter;
    protocol::Response response;
    void operator()() { std::move(waiter)(std::move(response)); }
};

/// On the engine's thread: finds the answer and sends it back.
template <class Waiter>
struct Visit {
    Engine& engine;
    const protocol::Request& request;
    Waiter waiter;
    void operator()() {
        const auto home = asio::get_associated_executor(waiter);
        protocol::Response response = engine.answer(request);
        asio::post(home, Return<Waiter>{std::move(waiter), std::move(response)});
    }
};

struct Hop {
    Engine& engine;
    asio::io_context& context;
    const protocol::Request& request;
    template <class Waiter>
    void operator()(Waiter&& waiter) const {
        asio::post(context, Visit<std::decay_t<Waiter>>{engine, request, std::forward<Waiter>(waiter)});
    }
};

}  // namespace

EngineThread::EngineThread(Engine& engine) : engine_(engine), thread_([this] { context_.run(); }) {}

EngineThread::~EngineThread() {
    work_.reset();
    thread_.join();
}

asio::awaitable<protocol::Response> EngineThread::answer(const protocol::Request& request) {
    return asio::async_initiate<const asio::use_awaitable_t<>, void(protocol::Response)>(
        Hop{engine_, context_, request}, asio::use_awaitable);
}

std::size_t EngineThread::body_limit(std::string_view target) const {
    return control::is_control(target) ? control_body_bytes : service_body_bytes;
}

}  // namespace plocal::app
