// What the thread that runs a task in the gate tells the one that waits for it. From any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <utility>

namespace plocal::engine {

class TaskSignal {
public:
    enum class Kind { none, has_run, must_unlock };

    void send(Kind next) {
        const std::lock_guard lock(mutex_);
        next_ = next;
        is_sent_.notify_one();
    }

    Kind receive() {
        std::unique_lock lock(mutex_);
        is_sent_.wait(lock, [this] { return next_ != Kind::none; });
        return std::exchange(next_, Kind::none);
    }

    // Set before `has_run` is sent.
    std::exception_ptr error;            // of the task
    std::chrono::nanoseconds held_up{};  // see Gate::run

private:
    std::mutex mutex_;
    std::condition_variable is_sent_;
    Kind next_ = Kind::none;
};

}  // namespace plocal::engine
