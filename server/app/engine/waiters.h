// How those who wait for something to change are woken: by the clock of the machine, or by whoever changes it.
#pragma once

#include <atomic>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "server/local/world/world.h"

namespace plocal::engine {

/// One waiter's. On his thread, but for ring().
class Waiter {
public:
    explicit Waiter(const boost::asio::any_io_executor& home) : timer_(home) {}

    /// Until this moment, or until somebody has rung since the last time.
    boost::asio::awaitable<void> sleep_until(std::chrono::steady_clock::time_point moment);

    /// From any thread. Rings later, on the waiter's own, who may have gone by then.
    static void wake(const std::shared_ptr<Waiter>& waiter);

private:
    struct Wake;

    boost::asio::steady_timer timer_;
    bool is_woken_ = false;
};

/// All alarms, by what their waiters wait for. From any thread.
class Waiters {
public:
    /// Rings at once where all is about to stop.
    void add(const std::string& arn, const std::shared_ptr<Waiter>& waiter);
    void remove(const std::string& arn, const std::shared_ptr<Waiter>& waiter);

    /// Rings for those whom a change may concern. Costs next to nothing where nobody waits.
    void wake(const world::Changed& changed);

    /// Rings for all, now and from now on.
    void stop();
    bool is_stopping() const { return is_stopping_.load(); }

    std::size_t count() const { return count_.load(); }

private:
    void wake_all();

    std::mutex mutex_;
    std::map<std::string, std::vector<std::shared_ptr<Waiter>>, std::less<>> by_arn_;
    std::atomic<std::size_t> count_ = 0;
    std::atomic<bool> is_stopping_ = false;
};

}  // namespace plocal::engine
