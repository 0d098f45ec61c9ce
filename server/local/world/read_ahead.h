// Reads fixtures in batches, a few batches ahead of whoever takes them. Many fixtures are read on a thread of their
// own, so that reading and storing take place at the same time. To be used from one thread.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "server/local/snapshot/fixture.h"
#include "server/local/snapshot/reader.h"

namespace plocal::world {

class ReadAhead {
public:
    enum class Where { in_place, on_own_thread };

    /// Begins to read. Until `is_over` the reader is used by this object alone, and it must outlive it.
    ReadAhead(snapshot::FixtureReader& reader, Where where);

    ReadAhead(const ReadAhead&) = delete;
    ReadAhead& operator=(const ReadAhead&) = delete;

    /// Ends the reading early, if it is not over.
    ~ReadAhead();

    /// Replaces `batch` by the next fixtures. It is empty where they must not be kept, because something is wrong with
    /// the documents. Returns false if no batch is read yet, or if there is none left. Throws what the reader throws.
    bool take(std::vector<snapshot::Fixture>& batch);

    /// Waits until `take` has something to return.
    void wait();

    /// Returns true once `take` has returned the last batch and everything is read.
    bool is_over() const;

private:
    static constexpr std::size_t most_batches = 4;

    bool read(std::vector<snapshot::Fixture>& batch);
    void run() noexcept;

    snapshot::FixtureReader& reader_;
    mutable std::mutex mutex_;  // of all below
    std::condition_variable changed_;
    std::deque<std::vector<snapshot::Fixture>> batches_;
    std::exception_ptr failure_;
    bool is_read_ = false;  // to its end
    bool is_stopping_ = false;
    std::thread thread_;
};

}  // namespace plocal::world
