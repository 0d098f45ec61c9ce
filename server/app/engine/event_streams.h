// The call `/_local/stream` as the network's stream handler: its body is written while things happen, and ends when the
// client leaves or is too slow, or the server stops.
#pragma once

#include <cstdint>
#include <functional>
#include <utility>

#include <boost/asio/awaitable.hpp>

#include "server/app/engine/engine.h"
#include "server/app/engine/streams.h"
#include "server/wire/http/request_handler.h"

namespace plocal::engine {

using EngineTask = std::function<void(Engine&)>;

/// Runs a task on the thread that owns the world, and returns once it has run. The task must not throw.
using RunSoon = std::function<boost::asio::awaitable<void>(const EngineTask& task)>;

class EventStreams : public http::StreamHandler {
public:
    /// `handler` answers the head of each stream. It and the streams must outlive this, and so must what `run_soon`
    /// refers to.
    EventStreams(http::RequestHandler& handler, Streams& streams, RunSoon run_soon)
        : handler_(handler), streams_(streams), run_soon_(std::move(run_soon)) {}

    std::uint64_t body_limit() const override { return 0; }

    /// Each piece of the body has all events since the last one.
    boost::asio::awaitable<http::StreamedResponse> answer(const protocol::Request& request,
                                                          http::BodySource& body) override;

private:
    http::RequestHandler& handler_;
    Streams& streams_;
    const RunSoon run_soon_;
};

}  // namespace plocal::engine
