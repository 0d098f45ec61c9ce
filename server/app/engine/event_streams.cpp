#include "server/app/engine/event_streams.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <boost/asio/this_coro.hpp>

#include "server/local/control/control_call.h"

namespace plocal::engine {
namespace {

namespace asio = boost::asio;

/// A browser waits so long before it connects again.
constexpr std::string_view greeting = "retry: 1000\n\n";
constexpr std::string_view comment = ": still here\n\n";

/// Publishes what has happened by time alone.
void check_time(Engine& engine) {
    if (engine.news().is_wanted() && engine.news().has_due_work()) engine.work().run_due();
}

/// The body of one stream.
class StreamSource : public http::BodySource {
public:
    StreamSource(const RunSoon& run_soon, Streams& streams, std::shared_ptr<EventStream> stream)
        : run_soon_(run_soon), streams_(streams), stream_(std::move(stream)) {}
    StreamSource(const StreamSource&) = delete;
    StreamSource& operator=(const StreamSource&) = delete;
    ~StreamSource() override { streams_.close(stream_); }

    asio::awaitable<std::string_view> next() override;

private:
    using Clock = std::chrono::steady_clock;

    const RunSoon& run_soon_;
    Streams& streams_;
    const std::shared_ptr<EventStream> stream_;
    std::string piece_{greeting};
    bool is_greeting_ = true;
    Clock::time_point next_comment_ = Clock::now() + stream_->limits().comment_each;
};

asio::awaitable<std::string_view> StreamSource::next() {
    static const EngineTask check = check_time;
    if (std::exchange(is_greeting_, false)) co_return piece_;
    for (;;) {
        const bool is_over = stream_->is_over();
        piece_ = stream_->take();
        const Clock::time_point now = Clock::now();
        if (now >= next_comment_ && !is_over) {
            piece_ += comment;
            next_comment_ = now + stream_->limits().comment_each;
        }
        if (!piece_.empty() || is_over) co_return piece_;
        if (now >= streams_.next_check()) {
            co_await run_soon_(check);
        } else {
            co_await stream_->waiter().sleep_until(std::min(next_comment_, streams_.next_check()));
        }
    }
}

}  // namespace

asio::awaitable<http::StreamedResponse> EventStreams::answer(const protocol::Request& request, http::BodySource& body) {
    while (!(co_await body.next()).empty()) {
    }
    http::StreamedResponse response;
    response.head = co_await handler_.answer(request);
    if (response.head.status != 200 || request.method == "HEAD") co_return response;
    const auto executor = co_await asio::this_coro::executor;
    const auto stream = std::make_shared<EventStream>(executor, control::read_call(request).account, streams_.limits());
    const EngineTask open = [this, &stream](Engine& engine) { streams_.open(stream, engine.news()); };
    response.body = std::make_unique<StreamSource>(run_soon_, streams_, stream);
    co_await run_soon_(open);
    co_return response;
}

}  // namespace plocal::engine
