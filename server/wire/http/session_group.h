// The sessions of one I/O context: their deadlines, and their end. A deadline is a number in its session; one timer
// for all of them looks at those numbers now and then, so that a message costs no timer. Everything here is called on
// the context's thread unless it says otherwise.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "server/wire/http/limits.h"

namespace plocal::http {

class Deadline;

/// Told, from any thread, of what keeps clients out, one line at a time.
using Warn = std::function<void(std::string_view)>;

class SessionGroup {
public:
    using Clock = std::chrono::steady_clock;

    SessionGroup(boost::asio::any_io_executor executor, const Limits& limits, Warn warn = {});

    /// From any thread.
    const boost::asio::any_io_executor& executor() const { return executor_; }
    const Limits& limits() const { return limits_; }

    /// From any thread.
    void warn(std::string_view text) const {
        if (warn_) warn_(text);
    }

    /// From any thread: the connections that have been dealt to this lane and have not ended.
    std::size_t population() const { return population_.load(std::memory_order_relaxed); }

    /// From any thread: a connection is on its way here; its Watch will take it off the count.
    void expect_one() { population_.fetch_add(1, std::memory_order_relaxed); }

    /// From any thread: from now on each answer is its connection's last. stop() follows.
    void announce_stop() { is_stopping_.store(true, std::memory_order_relaxed); }
    bool is_stopping() const { return is_stopping_.load(std::memory_order_relaxed); }

    /// No connection is dealt here any more. Idle sessions end at once and pauses too; then sessions have until
    /// `stop_grace` has passed.
    void stop();

    /// Looks after the deadlines; comes back once the lane is stopped and empty. One per lane, and before any session.
    static boost::asio::awaitable<void> run_deadlines(std::shared_ptr<SessionGroup> group);

private:
    friend class Deadline;
    class TimerLoan;
    void add(Deadline& deadline);
    void remove(Deadline& deadline);
    void cut_overdue();
    void wake();
    bool is_stopped() const { return last_call_ != Clock::time_point::max(); }

    const boost::asio::any_io_executor executor_;
    const Limits limits_;
    const Warn warn_;
    const std::chrono::milliseconds tick_;
    std::atomic<std::size_t> population_ = 0;
    std::atomic<bool> is_stopping_ = false;
    std::vector<Deadline*> deadlines_;
    Clock::time_point last_call_ = Clock::time_point::max();  // from stop() on, every session's deadline
    boost::asio::steady_timer* timer_ = nullptr;              // look_after's own: a timer must not outlive its context
};

/// A session's deadline. When it passes, what the socket is doing ends with operation_aborted, again and again until
/// the next deadline is set.
class Deadline {
public:
    /// Both must outlive the watch; of sockets that carry others, the one at the bottom.
    Deadline(SessionGroup& group, boost::asio::ip::tcp::socket& socket);
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;
    ~Deadline();

    /// Waiting for a request's first byte: stop() ends it at once.
    void idle_until(SessionGroup::Clock::time_point deadline);

    void busy_until(SessionGroup::Clock::time_point deadline);

    /// Nothing to wait for on the socket.
    void rest();

    /// Rests so long in real time, 100 years at most; not at all, or no longer, once the lane is stopping. One pause
    /// at a time.
    boost::asio::awaitable<void> pause(std::chrono::milliseconds length);

private:
    friend class SessionGroup;
    void cut();
    void end_wait();

    SessionGroup& group_;
    boost::asio::ip::tcp::socket& socket_;
    std::size_t place_ = 0;  // in the lane's list
    SessionGroup::Clock::time_point deadline_ = SessionGroup::Clock::time_point::max();
    bool is_idle_ = false;
    boost::asio::steady_timer* pause_ = nullptr;  // pause()'s own, while it waits
};

}  // namespace plocal::http
