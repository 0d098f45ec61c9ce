// A queue of jobs off the request's path. Its own threads, at low priority, take slices of the jobs in turn. At most
// `most_begun` jobs of resources are begun at a time; the others wait in order. The queue knows no world: app connects
// it by two functions. All functions may be called from any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "server/service/jobs/job.h"
#include "storage/record.h"

namespace plocal::jobs {

/// The number of a job, never given twice.
using Ticket = std::uint64_t;

/// How a job ended. An aborted job has no end.
struct JobEnd {
    Ticket ticket = 0;
    bool is_failed = false;
    std::string failure_reason;
    Progress progress;
    std::string detail;
    base::Json members = base::Json::object();
};

/// A job that has not ended.
struct JobState {
    bool is_begun = false;
    Progress progress;  // at the end of its last slice
};

/// How the queue reaches the rest of the program. Each function is called on a thread of the queue, outside its locks.
struct Connections {
    RunInWorld run_in_world;
    std::function<void(const JobEnd&)> report;
    std::function<void()> on_alarm;  // see Queue::set_alarm
};

struct QueueLimits {
    unsigned threads = 1;
    std::size_t most_begun = 4;
    int niceness = 10;  // of the threads, as nice(1) counts
};

class Queue {
public:
    using Moment = std::chrono::steady_clock::time_point;

    explicit Queue(JobMakers makers, const QueueLimits& limits = {});
    Queue(const Queue&) = delete;
    Queue& operator=(const Queue&) = delete;
    ~Queue() { stop(); }

    /// To be called once, before the first job is added.
    void connect(Connections connections) { connections_ = std::move(connections); }

    /// The kinds that have a maker, in order.
    std::vector<std::string> kinds() const;
    bool has_maker(const std::string& kind) const { return makers_.contains(kind); }

    /// Adds the job of a resource, whose kind must have a maker. After stop() the job is never begun.
    Ticket add(const storage::Record& record);

    /// Adds a job without a resource. It is begun at once, however many are: a job that has begun may wait for it.
    Ticket add(Job job);

    /// Drops a job: no further slice begins, and its end is not reported. Does nothing for a job that has ended. What a
    /// begun job holds, such as an object that is half written, is destroyed on a thread of the queue.
    void abort(Ticket ticket);

    /// Calls `on_alarm` once at this moment; a later call replaces an alarm that has not come.
    void set_alarm(std::optional<Moment> moment);

    /// Starts the threads. Without it, run_slice() does all work.
    void start();

    /// Aborts all jobs and ends the threads, each after the slice that it is in. May be called twice.
    void stop();

    /// Takes one slice of the next job on the calling thread, for a caller without threads of the queue. Returns false
    /// where there is no job.
    bool run_slice();

    /// Returns nothing for a job that has ended, or was aborted.
    std::optional<JobState> state(Ticket ticket) const;

    /// How many jobs have not ended.
    std::size_t size() const;

private:
    class Entry;
    using Lock = std::unique_lock<std::mutex>;

    void run();
    bool has_room() const;
    void destroy_dropped(Lock& lock);
    void run_slice_of(Lock& lock, const std::shared_ptr<Entry>& entry);
    std::shared_ptr<Entry> take_next();

    const JobMakers makers_;
    const QueueLimits limits_;
    Connections connections_;
    mutable std::mutex mutex_;
    std::condition_variable is_changed_;
    std::deque<std::shared_ptr<Entry>> waiting_;
    std::deque<std::shared_ptr<Entry>> begun_;   // between two slices
    std::deque<std::shared_ptr<Entry>> active_;  // in a slice
    std::deque<std::shared_ptr<Entry>> dropped_;
    std::optional<Moment> alarm_;
    Ticket last_ticket_ = 0;
    bool is_stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace plocal::jobs
