// The sessions of one I/O context: their deadlines and their end. A deadline is a number in its session. One timer for
// all sessions compares the numbers with the clock, so a message needs no timer. Everything here is called on the
// context's thread unless it says otherwise.
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

/// Receives a line of text about a problem that keeps clients out. Called from any thread.
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

    /// From any thread: the number of connections that were given to this group and have not ended.
    std::size_t population() const { return population_.load(std::memory_order_relaxed); }

    /// From any thread: counts a connection that will be created on the context's thread. The destructor of its
    /// Deadline takes it off the count.
    void expect_one() { population_.fetch_add(1, std::memory_order_relaxed); }

    /// From any thread: from now on each response is the last of its connection. stop() follows.
    void announce_stop() { is_stopping_.store(true, std::memory_order_relaxed); }
    bool is_stopping() const { return is_stopping_.load(std::memory_order_relaxed); }

    /// Ends idle sessions and pauses at once, and all other reads and writes after `stop_grace`. No connection may be
    /// given to the group after this.
    void stop();

    /// Whether the grace period after stop() is over.
    bool is_grace_over() const { return is_stopped() && Clock::now() >= end_of_grace_; }

    /// Enforces the deadlines. Returns when the group is stopped and empty. To be started once, before any session.
    static boost::asio::awaitable<void> run_deadlines(std::shared_ptr<SessionGroup> group);

private:
    friend class Deadline;
    class TimerLoan;
    void add(Deadline& deadline);
    void remove(Deadline& deadline);
    void cancel_overdue();
    void wake();
    bool is_stopped() const { return end_of_grace_ != Clock::time_point::max(); }

    const boost::asio::any_io_executor executor_;
    const Limits limits_;
    const Warn warn_;
    const std::chrono::milliseconds tick_;
    std::atomic<std::size_t> population_ = 0;
    std::atomic<bool> is_stopping_ = false;
    std::vector<Deadline*> deadlines_;
    Clock::time_point end_of_grace_ = Clock::time_point::max();  // after stop(): the latest deadline of every session
    boost::asio::steady_timer* timer_ = nullptr;  // owned by run_deadlines(): a timer must not outlive its context
};

/// The deadline of one session. After it has passed, every operation on the socket ends with operation_aborted until
/// another deadline is set.
class Deadline {
public:
    /// Both must outlive this. `socket` is the lowest layer of the session's stream.
    Deadline(SessionGroup& group, boost::asio::ip::tcp::socket& socket);
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;
    ~Deadline();

    /// For a session that waits for a request's first byte: stop() ends it at once.
    void idle_until(SessionGroup::Clock::time_point deadline);

    /// For a session that reads or writes a message.
    void busy_until(SessionGroup::Clock::time_point deadline);

    /// For a session that neither reads nor writes.
    void clear();

    /// Waits in real time, at most 100 years, without a deadline. Returns early or at once when the group stops. One
    /// pause at a time.
    boost::asio::awaitable<void> pause(std::chrono::milliseconds length);

private:
    friend class SessionGroup;
    void cancel();
    void end_wait();

    SessionGroup& group_;
    boost::asio::ip::tcp::socket& socket_;
    std::size_t position_ = 0;  // in the group's list
    SessionGroup::Clock::time_point deadline_ = SessionGroup::Clock::time_point::max();
    bool is_idle_ = false;
    boost::asio::steady_timer* pause_ = nullptr;  // owned by pause(), while it waits
};

}  // namespace plocal::http
