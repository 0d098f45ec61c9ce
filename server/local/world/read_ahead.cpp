#include "server/local/world/read_ahead.h"

#include <utility>

namespace plocal::world {

using snapshot::Fixture;

ReadAhead::ReadAhead(Read read, Where where) : read_(std::move(read)) {
    if (where == Where::on_own_thread) thread_ = std::thread(&ReadAhead::run, this);
}

ReadAhead::~ReadAhead() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

bool ReadAhead::take(std::vector<Fixture>& batch) {
    if (!thread_.joinable()) {
        is_read_ = !read_(batch);
        return !is_read_;
    }
    {
        const std::lock_guard lock(mutex_);
        if (batches_.empty()) {
            if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
            return false;
        }
        batch = std::move(batches_.front());
        batches_.pop_front();
    }
    changed_.notify_all();
    return true;
}

void ReadAhead::wait() {
    if (!thread_.joinable()) return;
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !batches_.empty() || is_read_; });
}

bool ReadAhead::is_over() const {
    const std::lock_guard lock(mutex_);
    return is_read_ && batches_.empty() && !failure_;
}

void ReadAhead::run() noexcept {
    std::exception_ptr failure;
    try {
        for (std::vector<Fixture> batch; read_(batch); batch = {}) {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [this] { return batches_.size() < most_batches || is_stopping_; });
            if (is_stopping_) return;
            batches_.push_back(std::move(batch));
            changed_.notify_all();
        }
    } catch (...) {
        failure = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    failure_ = failure;
    is_read_ = true;
    changed_.notify_all();
}

}  // namespace plocal::world
