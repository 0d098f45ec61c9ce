#include "server/wire/http/listener.h"

#include <atomic>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <unistd.h>

#include "server/wire/http/session.h"
#include "server/wire/http/session_group.h"
#include "server/wire/http/stream.h"

namespace plocal::http {

namespace asio = boost::asio;
using asio::awaitable;
using asio::ip::tcp;

namespace {

// The pause before another attempt to accept. Connections wait in the kernel meanwhile.
constexpr std::chrono::milliseconds pause_length(20);

}  // namespace

// One listening socket. Only the first context may keep it alive, because the acceptor belongs to that context.
struct Listener::Port {
    Port(const asio::any_io_executor& executor, const tcp& its_protocol, std::shared_ptr<Tls> its_tls)
        : protocol(its_protocol), tls(std::move(its_tls)), acceptor(executor, its_protocol), pause(executor) {}

    void close();
    awaitable<void> wait_briefly();

    const tcp protocol;
    const std::shared_ptr<Tls> tls;  // null for plain HTTP
    tcp::acceptor acceptor;
    asio::steady_timer pause;
};

void Listener::Port::close() {
    boost::system::error_code ignored;
    acceptor.close(ignored);
    pause.cancel();
}

awaitable<void> Listener::Port::wait_briefly() {
    pause.expires_after(pause_length);
    co_await pause.async_wait(as_code);
}

// What the coroutines share with the listener. It lives as long as the last of them.
struct Listener::Shared {
    explicit Shared(RequestHandler& its_handler) : handler(its_handler), drained(all_drained.get_future()) {}

    std::size_t connections() const;
    void start_session(const Port& port, tcp::socket accepted);
    static awaitable<void> accept(std::shared_ptr<Shared> shared, std::shared_ptr<Port> port);
    static awaitable<void> run_deadlines(std::shared_ptr<Shared> shared, std::shared_ptr<SessionGroup> group);

    RequestHandler& handler;
    std::vector<std::shared_ptr<SessionGroup>> groups;
    std::size_t next_group = 0;  // the first context's
    std::atomic<std::size_t> undrained_groups;
    std::atomic<bool> is_stopping = false;
    std::promise<void> all_drained;
    std::shared_future<void> drained;
};

std::size_t Listener::Shared::connections() const {
    std::size_t sum = 0;
    for (const auto& group : groups) {
        sum += group->population();
    }
    return sum;
}

// The socket is released from the first context and assigned to the group's. If it were accepted for that one directly,
// a pending accept would refer to a context that may be destroyed before it.
void Listener::Shared::start_session(const Port& port, tcp::socket accepted) {
    const auto& group = groups[next_group++ % groups.size()];
    tcp::socket socket(group->executor());
    boost::system::error_code code;
    const auto handle = accepted.release(code);
    if (code) {
        return;
    }
    socket.assign(port.protocol, handle, code);
    if (code) {
        ::close(handle);
        return;
    }
    group->expect_one();
    auto session = port.tls == nullptr ? run_session(std::move(socket), group, handler)
                                       : run_tls_session(std::move(socket), group, handler, port.tls);
    asio::co_spawn(group->executor(), std::move(session), asio::detached);
}

awaitable<void> Listener::Shared::accept(std::shared_ptr<Shared> shared, std::shared_ptr<Port> port) {
    const std::size_t most = shared->groups.front()->limits().connections;
    bool is_failing = false;
    while (port->acceptor.is_open()) {
        if (shared->connections() >= most) {
            co_await port->wait_briefly();
            continue;
        }
        auto [code, socket] = co_await port->acceptor.async_accept(as_code);
        if (!port->acceptor.is_open()) {
            break;
        }
        if (!code) {
            is_failing = false;
            shared->start_session(*port, std::move(socket));
        } else if (code != asio::error::connection_aborted) {
            // Mostly there are too many open files. One warning is enough until an accept succeeds.
            if (!std::exchange(is_failing, true)) {
                shared->groups.front()->warn("new connections have to wait: " + code.message());
            }
            co_await port->wait_briefly();
        }
    }
}

awaitable<void> Listener::Shared::run_deadlines(std::shared_ptr<Shared> shared, std::shared_ptr<SessionGroup> group) {
    co_await SessionGroup::run_deadlines(group);
    if (shared->undrained_groups.fetch_sub(1) == 1) {
        shared->all_drained.set_value();
    }
}

Listener::Listener(std::span<asio::io_context* const> contexts, RequestHandler& handler, const Limits& limits,
                   const Warn& warn)
    : shared_(std::make_shared<Shared>(handler)) {
    for (asio::io_context* context : contexts) {
        shared_->groups.push_back(std::make_shared<SessionGroup>(context->get_executor(), limits, warn));
    }
    shared_->undrained_groups = shared_->groups.size();
}

Listener::~Listener() = default;

tcp::endpoint Listener::listen(std::string_view address, std::uint16_t port, std::shared_ptr<Tls> tls) {
    const std::string where = "cannot listen on " + std::string(address) + " port " + std::to_string(port);
    try {
        const tcp::endpoint endpoint(asio::ip::make_address(address), port);
        const auto socket =
            std::make_shared<Port>(shared_->groups.front()->executor(), endpoint.protocol(), std::move(tls));
        socket->acceptor.set_option(tcp::acceptor::reuse_address(true));
        if (endpoint.address().is_v6()) {
            socket->acceptor.set_option(asio::ip::v6_only(!endpoint.address().is_unspecified()));
        }
        socket->acceptor.bind(endpoint);
        socket->acceptor.listen();
        ports_.push_back(socket);
        return socket->acceptor.local_endpoint();
    } catch (const boost::system::system_error& error) {
        throw boost::system::system_error(error.code(), where);
    }
}

void Listener::start() {
    for (const auto& group : shared_->groups) {
        asio::co_spawn(group->executor(), Shared::run_deadlines(shared_, group), asio::detached);
    }
    for (const auto& port : ports_) {
        asio::co_spawn(port->acceptor.get_executor(), Shared::accept(shared_, port), asio::detached);
    }
}

// The groups learn of the stop before the handler, so that each response that it gives now is the last of its
// connection. The ports close before the groups stop, so that no group gets a connection after it was found empty.
void Listener::stop() {
    if (shared_->is_stopping.exchange(true)) {
        return;
    }
    for (const auto& group : shared_->groups) {
        group->announce_stop();
    }
    shared_->handler.stop();
    asio::post(shared_->groups.front()->executor(), [shared = shared_, ports = ports_] {
        for (const auto& port : ports) {
            port->close();
        }
        for (const auto& group : shared->groups) {
            asio::post(group->executor(), [group] { group->stop(); });
        }
    });
}

std::shared_future<void> Listener::drained() const {
    return shared_->drained;
}

std::size_t Listener::connections() const {
    return shared_->connections();
}

}  // namespace plocal::http
