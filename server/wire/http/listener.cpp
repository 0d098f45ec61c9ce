#include "server/wire/http/listener.h"

#include <atomic>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <unistd.h>

#include "server/wire/http/session.h"
#include "server/wire/http/session_group.h"

namespace plocal::http {

namespace asio = boost::asio;
using asio::awaitable;
using asio::ip::tcp;

namespace {

constexpr auto as_code = asio::as_tuple(asio::use_awaitable);

// Between two looks whether connections can be accepted again; those that wait do so in the kernel.
constexpr std::chrono::milliseconds pause_length(20);

}  // namespace

// A place where connections come in. Belongs to the first context and so, unlike the floor, to nobody on another one.
struct Listener::Door {
    Door(const asio::any_io_executor& executor, const tcp& its_protocol, std::shared_ptr<Tls> its_tls)
        : protocol(its_protocol), tls(std::move(its_tls)), acceptor(executor, its_protocol), pause(executor) {}

    void close();
    awaitable<void> wait_a_little();

    const tcp protocol;
    const std::shared_ptr<Tls> tls;  // null for plain HTTP
    tcp::acceptor acceptor;
    asio::steady_timer pause;
};

void Listener::Door::close() {
    boost::system::error_code nothing_to_do;
    acceptor.close(nothing_to_do);
    pause.cancel();
}

awaitable<void> Listener::Door::wait_a_little() {
    pause.expires_after(pause_length);
    co_await pause.async_wait(as_code);
}

// What coroutines share with the listener, and may outlive it with.
struct Listener::Floor {
    explicit Floor(RequestHandler& its_handler) : handler(its_handler), drained(all_drained.get_future()) {}

    std::size_t connections() const;
    void deal(const Door& door, tcp::socket accepted);
    static awaitable<void> accept(std::shared_ptr<Floor> floor, std::shared_ptr<Door> door);
    static awaitable<void> run_deadlines(std::shared_ptr<Floor> floor, std::shared_ptr<SessionGroup> group);

    RequestHandler& handler;
    std::vector<std::shared_ptr<SessionGroup>> groups;
    std::size_t next_lane = 0;  // the first context's
    std::atomic<std::size_t> undrained_lanes;
    std::atomic<bool> is_stopping = false;
    std::promise<void> all_drained;
    std::shared_future<void> drained;
};

std::size_t Listener::Floor::connections() const {
    std::size_t sum = 0;
    for (const auto& group : groups) {
        sum += group->population();
    }
    return sum;
}

// The socket is taken off the first context and given to its lane's: were it accepted for that one directly, a pending
// accept would tie the end of one context to the life of another.
void Listener::Floor::deal(const Door& door, tcp::socket accepted) {
    const auto& group = groups[next_lane++ % groups.size()];
    tcp::socket socket(group->executor());
    boost::system::error_code code;
    const auto handle = accepted.release(code);
    if (code) {
        return;
    }
    socket.assign(door.protocol, handle, code);
    if (code) {
        ::close(handle);
        return;
    }
    group->expect_one();
    auto session = door.tls == nullptr ? run_session(std::move(socket), group, handler)
                                       : run_tls_session(std::move(socket), group, handler, door.tls);
    asio::co_spawn(group->executor(), std::move(session), asio::detached);
}

awaitable<void> Listener::Floor::accept(std::shared_ptr<Floor> floor, std::shared_ptr<Door> door) {
    const std::size_t most = floor->groups.front()->limits().connections;
    bool is_hindered = false;
    while (door->acceptor.is_open()) {
        if (floor->connections() >= most) {
            co_await door->wait_a_little();
            continue;
        }
        auto [code, socket] = co_await door->acceptor.async_accept(as_code);
        if (!door->acceptor.is_open()) {
            break;
        }
        if (!code) {
            is_hindered = false;
            floor->deal(*door, std::move(socket));
        } else if (code != asio::error::connection_aborted) {
            // Most likely there are too many open files. Once in a row is enough to be told.
            if (!std::exchange(is_hindered, true)) {
                floor->groups.front()->warn("new connections have to wait: " + code.message());
            }
            co_await door->wait_a_little();
        }
    }
}

awaitable<void> Listener::Floor::run_deadlines(std::shared_ptr<Floor> floor, std::shared_ptr<SessionGroup> group) {
    co_await SessionGroup::run_deadlines(group);
    if (floor->undrained_lanes.fetch_sub(1) == 1) {
        floor->all_drained.set_value();
    }
}

Listener::Listener(std::span<asio::io_context* const> contexts, RequestHandler& handler, const Limits& limits,
                   const Warn& warn)
    : floor_(std::make_shared<Floor>(handler)) {
    for (asio::io_context* context : contexts) {
        floor_->groups.push_back(std::make_shared<SessionGroup>(context->get_executor(), limits, warn));
    }
    floor_->undrained_lanes = floor_->groups.size();
}

Listener::~Listener() = default;

tcp::endpoint Listener::listen(std::string_view address, std::uint16_t port, std::shared_ptr<Tls> tls) {
    const std::string where = "cannot listen on " + std::string(address) + " port " + std::to_string(port);
    try {
        const tcp::endpoint endpoint(asio::ip::make_address(address), port);
        const auto door =
            std::make_shared<Door>(floor_->groups.front()->executor(), endpoint.protocol(), std::move(tls));
        door->acceptor.set_option(tcp::acceptor::reuse_address(true));
        if (endpoint.address().is_v6()) {
            door->acceptor.set_option(asio::ip::v6_only(!endpoint.address().is_unspecified()));
        }
        door->acceptor.bind(endpoint);
        door->acceptor.listen();
        doors_.push_back(door);
        return door->acceptor.local_endpoint();
    } catch (const boost::system::system_error& error) {
        throw boost::system::system_error(error.code(), where);
    }
}

void Listener::start() {
    for (const auto& group : floor_->groups) {
        asio::co_spawn(group->executor(), Floor::run_deadlines(floor_, group), asio::detached);
    }
    for (const auto& door : doors_) {
        asio::co_spawn(door->acceptor.get_executor(), Floor::accept(floor_, door), asio::detached);
    }
}

// The lanes hear of it before the exchange, so that what it hurries on is each connection's last answer. Doors before
// lanes, so that a lane which finds itself empty is not dealt one more connection.
void Listener::stop() {
    if (floor_->is_stopping.exchange(true)) {
        return;
    }
    for (const auto& group : floor_->groups) {
        group->announce_stop();
    }
    floor_->handler.stop();
    asio::post(floor_->groups.front()->executor(), [floor = floor_, doors = doors_] {
        for (const auto& door : doors) {
            door->close();
        }
        for (const auto& group : floor->groups) {
            asio::post(group->executor(), [group] { group->stop(); });
        }
    });
}

std::shared_future<void> Listener::drained() const {
    return floor_->drained;
}

std::size_t Listener::connections() const {
    return floor_->connections();
}

}  // namespace plocal::http
