#include "server/app/engine/work.h"

#include <algorithm>
#include <chrono>

#include "server/service/jobs/object_jobs.h"
#include "server/service/lifecycle/timeline_work.h"

namespace plocal::engine {
namespace {

using storage::Record;

/// The time between two attempts where the store fails.
constexpr std::chrono::milliseconds retry_delay(1000);

}  // namespace

Work::Work(world::World& world, base::Log& log) : world_(world), log_(log) {
    rebuild("");
}

void Work::connect(jobs::Queue& queue) {
    queue_ = &queue;
    follow();
}

void Work::follow() {
    const world::Changed changed = world_.take_changed();
    changed_.add(changed);
    unfollowed_.add(changed);
    try {
        follow_changes();
    } catch (const std::exception& error) {
        log_failure(error);
        if (queue_ != nullptr) queue_->set_alarm(std::chrono::steady_clock::now() + retry_delay);
    }
    changed_.add(world_.take_changed());  // results have been stored
    models_.begin(queue_);
}

void Work::run_due() {
    bool is_done = true;
    try {
        lifecycle::ClockReadings readings(world_.tenants().clocks);
        is_done = world_.due().run_slice(readings);
        if (world_.has_displaced()) world_.sweep();
        sweep_at_.reset();
    } catch (const std::exception& error) {
        log_failure(error);
        sweep_at_ = std::chrono::steady_clock::now() + retry_delay;
    }
    follow();
    if (!is_done && queue_ != nullptr) queue_->set_alarm(std::chrono::steady_clock::now());
}

control::Reply Work::hold(const std::string& arn, protocol::Response response) {
    constexpr std::chrono::seconds longest_hold(20);
    const std::optional<Record> record = find_working(arn);
    if (!record) return response;
    const base::Instant now = world_.tenants().clocks.of(record->owner.account).now();
    if (!lifecycle::lacks_work_alone(record->timeline, now)) return response;
    return check(arn, std::chrono::steady_clock::now() + longest_hold, std::move(response), false);
}

control::Reply Work::check(const std::string& arn, Moment until, protocol::Response response, bool is_stopping) {
    if (is_stopping || std::chrono::steady_clock::now() >= until || !find_working(arn)) return response;
    auto again = [this, arn, until, response = std::move(response)](bool stops) {
        return check(arn, until, response, stops);
    };
    return control::Waiting{.arn = arn, .check_again = until, .check = std::move(again), .is_answered = true};
}

std::optional<Record> Work::find_working(const std::string& arn) {
    try {
        std::optional<Record> record = world_.store().resources().find(arn);
        return record && record->work ? std::move(record) : std::nullopt;
    } catch (const std::exception& error) {
        log_failure(error);
        return std::nullopt;
    }
}

void Work::log_failure(const std::exception& error) {
    log_.write(base::Level::error, "failure", {{"reason", error.what()}});
}

void Work::follow_changes() {
    for (const std::string& account : unfollowed_.rebuilt) rebuild(account);
    if (!open_.empty()) {
        for (const std::string& arn : unfollowed_.arns) {
            const auto found = open_.find(arn);
            if (found == open_.end()) continue;
            const std::optional<Record> record = world_.store().resources().find(arn);
            if (!record || record->work != found->second.at) erase(arn);
        }
    }
    unfollowed_ = {};
    store_results();
    // Of several notes of one resource the last one counts.
    const std::vector<storage::WorkStart> noted = world_.store().work().take_noted();
    std::for_each(noted.rbegin(), noted.rend(), [this](const storage::WorkStart& start) { insert(start); });
    if (!open_.empty()) begin_due();
    set_alarm();
}

/// Asks the queue to call `run_due` when the next work begins, and soon where displaced resources are to be removed.
void Work::set_alarm() {
    constexpr std::chrono::milliseconds pause_between_sweeps(1);
    if (queue_ == nullptr || (open_.empty() && !world_.has_displaced())) return;
    std::optional<Moment> alarm = open_.empty() ? std::nullopt : next_alarm();
    if (world_.has_displaced()) {
        if (!sweep_at_) sweep_at_ = std::chrono::steady_clock::now() + pause_between_sweeps;
        alarm = std::min(alarm.value_or(*sweep_at_), *sweep_at_);
    }
    queue_->set_alarm(alarm);
}

void Work::finish(const jobs::JobEnd& end) {
    const auto found = arns_.find(end.ticket);
    if (found != arns_.end()) {
        const std::string& arn = found->second;
        report_end(world_, log_, {arn, open_.at(arn).what}, end);
        unstored_.try_emplace(arn, Unstored{.work = ended_work(end)});
    }
    follow();
}

std::vector<control::OpenJob> Work::jobs(std::string_view account) {
    std::vector<control::OpenJob> list;
    for (const auto& [ticket, arn] : arns_) {
        const Open& open = open_.at(arn);
        const std::optional<jobs::JobState> state = queue_->state(ticket);
        if (!state || (!account.empty() && open.account != account)) continue;
        list.push_back(
            {arn, std::string(open.what), state->is_begun, state->progress.bytes, state->progress.lines, open.at});
    }
    return list;
}

void Work::insert(const storage::WorkStart& start) {
    const auto [open, is_new] = open_.try_emplace(start.arn, Open{start.account, start.at, std::nullopt});
    if (is_new) upcoming_[start.account].emplace(start.at, start.arn);
}

void Work::erase(const std::string& arn) {
    const auto found = open_.find(arn);
    if (found == open_.end()) return;
    if (const auto ticket = found->second.ticket) {
        queue_->abort(*ticket);
        arns_.erase(*ticket);
    }
    leave_upcoming(arn, found->second);
    unstored_.erase(arn);
    open_.erase(found);
}

void Work::leave_upcoming(const std::string& arn, const Open& open) {
    const auto starts = upcoming_.find(open.account);
    if (starts == upcoming_.end()) return;
    starts->second.erase({open.at, arn});
    if (starts->second.empty()) upcoming_.erase(starts);
}

/// Starts the work that the store has: of one account, or of all accounts for "".
void Work::rebuild(const std::string& account) {
    const std::vector<storage::WorkStart> starts = world_.store().work().all();
    std::vector<std::string> former;
    for (const auto& [arn, open] : open_) {
        if (account.empty() || open.account == account) former.push_back(arn);
    }
    for (const std::string& arn : former) erase(arn);
    for (const storage::WorkStart& start : starts) insert(start);
}

void Work::begin_due() {
    lifecycle::ClockReadings readings(world_.tenants().clocks);
    std::vector<std::string> due;
    const auto is_full = [&] { return queue_ != nullptr && std::ssize(due) >= world_.settings().due.slice_pieces; };
    for (const auto& [account, starts] : upcoming_) {
        for (const auto& [at, arn] : starts) {
            if (is_full() || at > readings.now_of(account)) break;
            due.push_back(arn);
        }
    }
    for (const std::string& arn : due) begin(arn);
}

void Work::begin(const std::string& arn) {
    const std::optional<Record> record = find_open(arn);
    if (!record) return;
    Open& open = open_.at(arn);
    leave_upcoming(arn, open);
    if (queue_ != nullptr && queue_->has_maker(record->kind)) {
        world_.note_rows(record->owner.account);
        open.ticket = queue_->add(*record);
        open.what = jobs::work_name(record->kind);
        arns_.emplace(*open.ticket, arn);
        return;
    }
    unstored_.try_emplace(arn);
    try_to_store(arn);
}

/// Returns the record, or nothing where the index had a change that was rolled back. Corrects the index then.
std::optional<Record> Work::find_open(const std::string& arn) {
    std::optional<Record> record = world_.store().resources().find(arn);
    if (record && record->work == open_.at(arn).at) return record;
    erase(arn);
    if (record && record->work) insert({arn, record->owner.account, *record->work});
    return std::nullopt;
}

void Work::store_results() {
    std::vector<std::string> arns;
    for (const auto& [arn, unstored] : unstored_) arns.push_back(arn);
    for (const std::string& arn : arns) try_to_store(arn);
}

void Work::try_to_store(const std::string& arn) {
    try {
        store_result(arn);
    } catch (const std::exception& error) {
        if (!std::exchange(unstored_.at(arn).is_logged, true)) log_failure(error);
    }
}

void Work::store_result(const std::string& arn) {
    std::optional<Record> record = find_open(arn);
    if (!record) return;
    engine::store_result(world_, *record, unstored_.at(arn).work);
    erase(arn);
}

std::optional<jobs::Queue::Moment> Work::next_alarm() {
    std::optional<std::chrono::milliseconds> shortest;
    if (!unstored_.empty()) shortest = retry_delay;
    for (const auto& [account, starts] : upcoming_) {
        const auto left = world_.tenants().clocks.of(account).real_time_until(starts.begin()->first);
        if (left) shortest = std::min(shortest.value_or(*left), *left);
    }
    if (!shortest) return std::nullopt;
    // A clock that is read in whole milliseconds may still be one behind.
    return std::chrono::steady_clock::now() + std::max(*shortest, std::chrono::milliseconds(1));
}

}  // namespace plocal::engine
