#include "server/app/server.h"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <unistd.h>

#include "server/app/endpoints.h"
#include "server/app/engine/gate.h"
#include "server/app/engine/job_runner.h"
#include "server/app/engine/version.h"
#include "server/app/free_memory.h"
#include "server/app/job_makers.h"
#include "server/wire/http/listener.h"

namespace plocal::app {
namespace {

using engine::Engine;
using engine::Gate;
using engine::version;

namespace asio = boost::asio;

constexpr unsigned longest_stop_seconds = 2;

constexpr std::chrono::seconds time_to_calm(1);

extern "C" void end_at_once(int) {
    _exit(0);
}

/// I/O contexts with one thread each. A thread ends when its context runs out of work.
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

std::string url_of(std::string_view scheme, const asio::ip::tcp::endpoint& endpoint) {
    const std::string address = endpoint.address().to_string();
    return std::string(scheme) + (endpoint.address().is_v6() ? "[" + address + "]" : address) + ":" +
           std::to_string(endpoint.port());
}

void print_ready_line(const Endpoints& endpoints, storage::Store& store) {
    const std::int64_t resources = store.counts().total();
    const std::string https = endpoints.https ? " and " + url_of("https://", *endpoints.https) : "";
    std::printf("personalize-local %s ready on %s%s (db %s, %lld resources)\n", engine::version().c_str(),
                url_of("http://", endpoints.http).c_str(), https.c_str(), store.path().c_str(),
                static_cast<long long>(resources));
    std::fflush(stdout);
}

/// Stops the listener on SIGTERM and SIGINT, and on the end of stdin if that is asked for. Makes sure that the process
/// ends in time.
class Stop {
public:
    Stop(asio::io_context& context, http::Listener& listener, bool ends_with_stdin)
        : signals_(context, SIGTERM, SIGINT), stdin_(context), calm_(context, time_to_calm), listener_(listener) {
        std::signal(SIGALRM, end_at_once);
        signals_.async_wait([this](const boost::system::error_code& error, int) {
            if (!error) stop();
        });
        calm_.async_wait([](const boost::system::error_code& error) {
            if (!error) give_back_free_memory();
        });
        if (!ends_with_stdin) return;
        stdin_.assign(dup(STDIN_FILENO));
        wait_for_end_of_stdin();
    }

private:
    void wait_for_end_of_stdin() {
        stdin_.async_read_some(asio::buffer(ignored_), [this](const boost::system::error_code& error, std::size_t) {
            if (!error) return wait_for_end_of_stdin();
            if (error != asio::error::operation_aborted) stop();
        });
    }

    void stop() {
        // A second signal ends the process at once, with exit code 0.
        signals_.clear();
        signals_.cancel();
        if (stdin_.is_open()) stdin_.cancel();
        calm_.cancel();
        end_on_signals();
        alarm(longest_stop_seconds);
        listener_.stop();
    }

    asio::signal_set signals_;
    asio::posix::stream_descriptor stdin_;
    asio::steady_timer calm_;  // runs out when the memory that only the start has needed is free
    std::array<char, 4096> ignored_{};
    http::Listener& listener_;
};

}  // namespace

void end_on_signals() {
    std::signal(SIGTERM, end_at_once);
    std::signal(SIGINT, end_at_once);
}

void serve(const Options& options, const std::optional<Certificates>& certificates, Engine& engine,
           s3::ObjectStore* objects, storage::Store& store, base::Log& log) {
    IoThreads io(options.threads);
    Gate gate(engine);
    jobs::Queue queue(job_makers(engine, objects), queue_limits(objects != nullptr));
    std::optional<engine::JobRunner> runner(std::in_place, gate, queue);
    const auto warn = [&log](std::string_view text) {
        log.write(base::Level::warn, "network", {{"text", std::string(text)}});
    };
    const Endpoints endpoints =
        open_endpoints(options, io.contexts(), gate, certificates ? certificates->tls : nullptr, warn);
    if (endpoints.https)
        engine.set_https({endpoints.https->port(), certificates->ca_file, certificates->ca_certificate});
    const Stop stop(*io.contexts().front(), *endpoints.listener, options.ends_with_stdin);
    endpoints.listener->start();
    print_ready_line(endpoints, store);
    gate.run_tasks_on(io.contexts().front()->get_executor());
    io.run();
    runner.reset();
    engine.stop();
}

}  // namespace plocal::app
