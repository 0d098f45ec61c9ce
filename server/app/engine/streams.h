// The open streams of server-sent events, and what each has still to send. What happens is put in by the thread that
// owns the world; each stream is read by the thread of its connection.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/any_io_executor.hpp>

#include "server/app/engine/news.h"
#include "server/app/engine/waiters.h"
#include "server/local/world/world.h"

namespace plocal::engine {

struct StreamLimits {
    std::size_t events = 1000;                  // that a stream may be behind
    std::size_t bytes = std::size_t{1} << 20U;  // the same
    std::chrono::milliseconds comment_each{15'000};
};

/// One stream. From any thread, unless it says otherwise.
class EventStream {
public:
    /// An account of "" gets the events of all accounts.
    EventStream(const boost::asio::any_io_executor& executor, std::string account, const StreamLimits& limits)
        : account_(std::move(account)), limits_(limits), waiter_(std::make_shared<Waiter>(executor)) {}

    /// Adds an event, if it is for this account. One that is too much is replaced, with all that is not sent, by an
    /// event "overflow", and the stream is over.
    void add(const StreamEvent& event);

    /// Returns what is to be sent now, and nothing twice.
    std::string take();

    /// Nothing will come after what is there.
    void end();
    bool is_over() const;

    /// How many events are not taken yet.
    std::size_t behind() const;

    /// On the executor of the stream.
    Waiter& waiter() { return *waiter_; }
    const StreamLimits& limits() const { return limits_; }

private:
    void append(std::string_view name, std::string_view data);

    const std::string account_;
    const StreamLimits limits_;
    const std::shared_ptr<Waiter> waiter_;
    mutable std::mutex mutex_;
    std::string text_;
    std::size_t events_ = 0;     // in `text_`
    std::uint64_t last_id_ = 0;  // of an event for this stream, sent or not
    bool is_over_ = false;
};

/// All streams. From any thread, unless it says otherwise.
class Streams {
public:
    using Moment = News::Moment;

    explicit Streams(const StreamLimits& limits) : limits_(limits) {}

    const StreamLimits& limits() const { return limits_; }

    /// Adds a stream, and lets news be collected. On the thread that owns the world.
    void open(const std::shared_ptr<EventStream>& stream, News& news);
    void close(const std::shared_ptr<EventStream>& stream);

    /// Puts the news into the streams. On the thread that owns the world.
    void publish(News& news, const world::Changed& changed);

    /// When the next news are to be looked for, at the latest. The streams see to it.
    Moment next_check() const { return next_check_.load(); }

    /// Ends all streams, and from now on each that is opened.
    void stop();

    std::size_t count() const { return count_.load(); }

private:
    bool is_busy();

    const StreamLimits limits_;
    std::mutex mutex_;
    std::vector<std::shared_ptr<EventStream>> streams_;
    bool is_stopping_ = false;
    std::atomic<std::size_t> count_ = 0;
    std::atomic<Moment> next_check_{};
};

}  // namespace plocal::engine
