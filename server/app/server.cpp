#include "server/app/server.h"

#include <csignal>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/system/system_error.hpp>
#include <unistd.h>

#include "server/app/engine_gate.h"
#include "server/http/listener.h"

namespace plocal::app {
namespace {

namespace asio = boost::asio;
using boost::system::system_error;

constexpr unsigned longest_stop_seconds = 2;

using Endpoint = asio::ip::tcp::endpoint;

extern "C" void end_at_once(int) {
    _exit(0);
}

/// I/O contexts with a thread each, which end when their contexts run out of work.
class IoThreads {
public:
    explicit IoThreads(unsigned count) {
        for (unsigned i = 0; i < count; ++i) contexts_.push_back(std::make_unique<asio::io_context>(1));
        for (const auto& context : contexts_) pointers_.push_back(context.get());
    }

    std::span<asio::io_context* const> contexts() const { return pointers_; }

    void run() {
        std::vector<std::thread> threads;
        for (std::size_t i = 1; i < pointers_.size(); ++i) threads.emplace_back([this, i] { pointers_[i]->run(); });
        pointers_.front()->run();
        for (std::thread& thread : threads) thread.join();
    }

private:
    std::vector<std::unique_ptr<asio::io_context>> contexts_;
    std::vector<asio::io_context*> pointers_;
};

bool is_taken(const system_error& error) {
    return error.code() == asio::error::address_in_use;
}

/// No such address here, as opposed to one that somebody else has.
bool is_missing(const system_error& error) {
    return error.code() == asio::error::address_family_not_supported ||
           error.code() == boost::system::errc::address_not_available;
}

[[noreturn]] void refuse(const std::string& host, unsigned port, const system_error& error) {
    const std::string at = host + " port " + std::to_string(port);
    if (is_taken(error)) throw UsageError(at + " is taken: stop what listens there, or choose another --port");
    throw UsageError("cannot listen on " + at + ": " + error.code().message() + "; choose another --host or --port");
}

/// Listens on loopback in both families, on one port. Returns nothing where a port that was free in the first is taken
/// in the second, so that another may be tried.
std::optional<Endpoint> listen_on_loopback(http::Listener& listener, std::uint16_t port) {
    Endpoint first;
    try {
        first = listener.listen("127.0.0.1", port);
    } catch (const system_error& error) {
        refuse("127.0.0.1", port, error);
    }
    try {
        listener.listen("::1", first.port());
    } catch (const system_error& error) {
        if (is_taken(error) && port == 0) return std::nullopt;
        if (!is_missing(error)) refuse("::1", first.port(), error);
    }
    return first;
}

Endpoint listen_on_hosts(http::Listener& listener, const std::vector<std::string>& hosts, std::uint16_t port) {
    std::optional<Endpoint> first;
    for (const std::string& host : hosts) {
        const std::uint16_t wanted = first ? first->port() : port;
        try {
            const Endpoint bound = listener.listen(host, wanted);
            if (!first) first = bound;
        } catch (const system_error& error) {
            refuse(host, wanted, error);
        }
    }
    return *first;
}

struct Door {
    std::unique_ptr<http::Listener> listener;
    Endpoint endpoint;
};

Door open_door(const Options& options, const IoThreads& io, http::Exchange& exchange, telemetry::Log& log) {
    const auto warn = [&log](std::string_view text) {
        log.write(telemetry::Level::warn, "network", {{"text", std::string(text)}});
    };
    constexpr int tries = 20;
    for (int i = 0; i < tries; ++i) {
        auto listener = std::make_unique<http::Listener>(io.contexts(), exchange, http::Limits{}, warn);
        if (!options.hosts.empty()) {
            const Endpoint endpoint = listen_on_hosts(*listener, options.hosts, options.port);
            return {std::move(listener), endpoint};
        }
        if (const auto endpoint = listen_on_loopback(*listener, options.port)) return {std::move(listener), *endpoint};
    }
    throw UsageError("no port is free on both 127.0.0.1 and ::1: choose one with --port");
}

void print_ready_line(const Endpoint& endpoint, storage::Store& store) {
    std::int64_t resources = 0;
    for (const auto& [kind, count] : store.resources().counts()) resources += count;
    const std::string host =
        endpoint.address().is_v6() ? "[" + endpoint.address().to_string() + "]" : endpoint.address().to_string();
    std::printf("personalize-local %s ready on http://%s:%d (db %s, %lld resources)\n", version().c_str(), host.c_str(),
                endpoint.port(), store.path().c_str(), static_cast<long long>(resources));
    std::fflush(stdout);
}

/// On SIGTERM and SIGINT: asks the listener to stop, and sees to it that the process ends in time.
class StopSignals {
public:
    StopSignals(asio::io_context& context, http::Listener& listener)
        : signals_(context, SIGTERM, SIGINT), listener_(listener) {
        std::signal(SIGALRM, end_at_once);
        wait();
    }

private:
    void wait() {
        signals_.async_wait([this](const boost::system::error_code& error, int) {
            if (!error) stop();
        });
    }

    void stop() {
        // From here on a second signal has its plain effect, but for the exit code.
        signals_.clear();
        std::signal(SIGTERM, end_at_once);
        std::signal(SIGINT, end_at_once);
        alarm(longest_stop_seconds);
        listener_.stop();
    }

    asio::signal_set signals_;
    http::Listener& listener_;
};

}  // namespace

void serve(const Options& options, Engine& engine, storage::Store& store, telemetry::Log& log) {
    IoThreads io(options.threads);
    EngineGate gate(engine);
    const Door door = open_door(options, io, gate, log);
    const StopSignals signals(*io.contexts().front(), *door.listener);
    door.listener->start();
    print_ready_line(door.endpoint, store);
    io.run();
    engine.stop();
}

}  // namespace plocal::app
