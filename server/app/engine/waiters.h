// How requests that wait for a change are woken: at a moment of the machine's clock, or by the request or job that
// makes the change.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "server/local/world/world.h"

namespace plocal::engine {

/// The alarm of one waiting request. On the executor of that request, but for wake().
class Waiter {
public:
    explicit Waiter(const boost::asio::any_io_executor& executor) : timer_(executor) {}

    /// Returns at this moment, or once it has been woken since the last return.
    boost::asio::awaitable<void> sleep_until(std::chrono::steady_clock::time_point moment);

    /// Wakes a waiter by a post to its executor; the shared pointer keeps it alive until then. From any thread.
    static void wake(const std::shared_ptr<Waiter>& waiter);

private:
    struct Wake;

    boost::asio::steady_timer timer_;
    bool is_woken_ = false;
};

/// All waiters, by the resource whose change they wait for; the ARN "" stands for a change of any resource. From any
/// thread.
class Waiters {
public:
    /// Adds a waiter, once however often it is called. Wakes it at once where the server stops.
    void add(const std::string& arn, const std::shared_ptr<Waiter>& waiter);
    void remove(const std::string& arn, const std::shared_ptr<Waiter>& waiter);

    /// Wakes the waiters that a change may concern. Takes no lock if there are no waiters.
    void wake(const world::Changed& changed);

    /// Wakes all, and from now on each that is added.
    void stop();
    bool is_stopping() const { return is_stopping_.load(); }

    std::size_t count() const { return count_.load(); }

private:
    void wake_all();
    void wake_those_of(std::string_view arn);

    std::mutex mutex_;
    std::map<std::string, std::vector<std::shared_ptr<Waiter>>, std::less<>> by_arn_;
    std::atomic<std::size_t> count_ = 0;
    std::atomic<bool> is_stopping_ = false;
};

}  // namespace plocal::engine
