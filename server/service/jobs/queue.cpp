#include "server/service/jobs/queue.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <utility>

#include <sys/resource.h>

namespace plocal::jobs {

class Queue::Entry : public JobContext {
public:
    Entry(const Queue& queue, Ticket ticket, storage::Record record)
        : queue_(queue), ticket_(ticket), record_(std::move(record)) {}
    Entry(const Queue& queue, Ticket ticket, Job job) : queue_(queue), ticket_(ticket), job_(std::move(job)) {}

    Ticket ticket() const { return ticket_; }
    bool has_resource() const { return !record_.kind.empty(); }
    const Progress& shown_progress() const { return shown_progress_; }
    void show_progress() { shown_progress_ = progress; }
    void abort() { is_aborted_.store(true); }

    bool is_aborted() const override { return is_aborted_.load(); }

    bool run_in_world(const WorldTask& task) override {
        return !is_aborted() && queue_.connections_.run_in_world(task);
    }

    SliceEnd run_slice() {
        try {
            if (!job_) job_ = queue_.makers_.find(record_.kind)->second(record_);
            return job_(*this);
        } catch (const std::exception& error) {
            failure_reason = error.what();
            return SliceEnd::failed;
        }
    }

private:
    const Queue& queue_;
    const Ticket ticket_;
    const storage::Record record_;
    std::atomic<bool> is_aborted_ = false;
    Job job_;                  // empty until the first slice
    Progress shown_progress_;  // under the queue's mutex
};

Queue::Queue(JobMakers makers, const QueueLimits& limits) : makers_(std::move(makers)), limits_(limits) {}

std::vector<std::string> Queue::kinds() const {
    std::vector<std::string> kinds;
    kinds.reserve(makers_.size());
    for (const auto& [kind, maker] : makers_) kinds.push_back(kind);
    return kinds;
}

Ticket Queue::add(const storage::Record& record) {
    const Lock lock(mutex_);
    const Ticket ticket = ++last_ticket_;
    if (!is_stopping_) waiting_.push_back(std::make_shared<Entry>(*this, ticket, record));
    is_changed_.notify_one();
    return ticket;
}

Ticket Queue::add(Job job) {
    const Lock lock(mutex_);
    const Ticket ticket = ++last_ticket_;
    if (!is_stopping_) begun_.push_back(std::make_shared<Entry>(*this, ticket, std::move(job)));
    is_changed_.notify_one();
    return ticket;
}

void Queue::abort(Ticket ticket) {
    const Lock lock(mutex_);
    const auto is_it = [ticket](const std::shared_ptr<Entry>& entry) { return entry->ticket() == ticket; };
    std::erase_if(waiting_, is_it);
    if (const auto begun = std::ranges::find_if(begun_, is_it); begun != begun_.end()) {
        dropped_.push_back(std::move(*begun));
        begun_.erase(begun);
        is_changed_.notify_one();
    }
    const auto found = std::ranges::find_if(active_, is_it);
    if (found != active_.end()) (*found)->abort();
}

void Queue::set_alarm(std::optional<Moment> moment) {
    const Lock lock(mutex_);
    if (alarm_ == moment) return;
    alarm_ = moment;
    is_changed_.notify_one();
}

void Queue::start() {
    for (unsigned i = 0; i < limits_.threads; ++i) threads_.emplace_back(&Queue::run, this);
}

void Queue::stop() {
    {
        const Lock lock(mutex_);
        is_stopping_ = true;
        waiting_.clear();
        begun_.clear();
        alarm_.reset();
        for (const std::shared_ptr<Entry>& entry : active_) entry->abort();
    }
    is_changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
}

bool Queue::run_slice() {
    Lock lock(mutex_);
    destroy_dropped(lock);
    const std::shared_ptr<Entry> entry = take_next();
    if (entry == nullptr) return false;
    run_slice_of(lock, entry);
    return true;
}

std::optional<JobState> Queue::state(Ticket ticket) const {
    const Lock lock(mutex_);
    const auto is_it = [ticket](const std::shared_ptr<Entry>& entry) { return entry->ticket() == ticket; };
    if (std::ranges::any_of(waiting_, is_it)) return JobState{};
    for (const auto* const entries : {&begun_, &active_}) {
        const auto found = std::ranges::find_if(*entries, is_it);
        if (found != entries->end()) return JobState{true, (*found)->shown_progress()};
    }
    return std::nullopt;
}

std::size_t Queue::size() const {
    const Lock lock(mutex_);
    return waiting_.size() + begun_.size() + active_.size();
}

void Queue::run() {
    // Linux counts niceness by thread. Where it is refused, the work is only less polite.
    static_cast<void>(setpriority(PRIO_PROCESS, 0, limits_.niceness));
    Lock lock(mutex_);
    while (!is_stopping_) {
        if (alarm_ && *alarm_ <= std::chrono::steady_clock::now()) {
            alarm_.reset();
            lock.unlock();
            connections_.on_alarm();
            lock.lock();
        } else if (!dropped_.empty()) {
            destroy_dropped(lock);
        } else if (const std::shared_ptr<Entry> entry = take_next()) {
            run_slice_of(lock, entry);
        } else if (alarm_) {
            is_changed_.wait_until(lock, Moment(*alarm_));
        } else {
            is_changed_.wait(lock);
        }
    }
}

/// Whether another job of a resource may begin.
bool Queue::has_room() const {
    const auto has_resource = [](const std::shared_ptr<Entry>& entry) { return entry->has_resource(); };
    const auto begun = std::ranges::count_if(begun_, has_resource) + std::ranges::count_if(active_, has_resource);
    return static_cast<std::size_t>(begun) < limits_.most_begun;
}

/// A job that has been begun, unless there is room to begin another one. Null where there is nothing to do.
std::shared_ptr<Queue::Entry> Queue::take_next() {
    std::deque<std::shared_ptr<Entry>>& source = !waiting_.empty() && has_room() ? waiting_ : begun_;
    if (source.empty()) return nullptr;
    active_.push_back(source.front());
    source.pop_front();
    return active_.back();
}

void Queue::destroy_dropped(Lock& lock) {
    std::deque<std::shared_ptr<Entry>> dropped = std::exchange(dropped_, {});
    lock.unlock();
    dropped.clear();
    lock.lock();
}

void Queue::run_slice_of(Lock& lock, const std::shared_ptr<Entry>& entry) {
    lock.unlock();
    const SliceEnd end = entry->run_slice();
    if (!entry->is_aborted() && (end == SliceEnd::done || end == SliceEnd::failed)) {
        connections_.report({entry->ticket(), end == SliceEnd::failed, entry->failure_reason, entry->progress,
                             entry->detail, entry->members});
    }
    lock.lock();
    entry->show_progress();
    std::erase(active_, entry);
    if (end == SliceEnd::unfinished && !entry->is_aborted()) begun_.push_back(entry);
    is_changed_.notify_one();
}

}  // namespace plocal::jobs
