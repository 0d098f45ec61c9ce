// Reads fixtures in batches, a few batches ahead of whoever takes them. Many fixtures are read on a thread of their
// own, so that reading and storing take place at the same time. To be used from one thread.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "server/local/snapshot/fixture.h"

namespace plocal::world {

class ReadAhead {
public:
    enum class Where { in_place, on_own_thread };

    /// Replaces the fixtures by the next ones. Returns false where none is left.
    using Read = std::function<bool(std::vector<snapshot::Fixture>&)>;

    /// Begins to read. What `read` uses must outlive this object, and belongs to it until `is_over`.
    ReadAhead(Read read, Where where);

    ReadAhead(const ReadAhead&) = delete;
    ReadAhead& operator=(const ReadAhead&) = delete;

    /// Ends the reading early, if it is not over.
    ~ReadAhead();

    /// Replaces `batch` by the next fixtures. Returns false if no batch is read yet, or if there is none left. Throws
    /// what `read` throws.
    bool take(std::vector<snapshot::Fixture>& batch);

    /// Waits until `take` has something to return.
    void wait();

    /// Returns true once `take` has returned the last batch and everything is read.
    bool is_over() const;

private:
    static constexpr std::size_t most_batches = 4;

    void run() noexcept;

    Read read_;
    mutable std::mutex mutex_;  // of all below
    std::condition_variable changed_;
    std::deque<std::vector<snapshot::Fixture>> batches_;
    std::exception_ptr failure_;
    bool is_read_ = false;  // to its end
    bool is_stopping_ = false;
    std::thread thread_;
};

}  // namespace plocal::world
