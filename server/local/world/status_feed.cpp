#include "server/local/world/status_feed.h"

#include <algorithm>
#include <limits>
#include <string_view>

#include "server/service/lifecycle/timeline_state.h"
#include "server/service/resources/kinds.h"

namespace plocal::world {

using base::Instant;
using lifecycle::StatusChange;
using storage::FormerRecord;
using storage::Record;
using storage::Timeline;

namespace {

constexpr std::size_t read_at_once = 100;

std::size_t statuses_by(const Timeline& timeline, Instant now) {
    return timeline.steps.empty() ? 0 : lifecycle::step_at(timeline, now).step + 1;
}

/// How many of the first `reported` statuses of a timeline another one of the same resource has too. The moment of the
/// first status moves with each change of the resource.
std::size_t kept_statuses(const Timeline& former, std::size_t reported, const Timeline& present, Instant now) {
    if (former.steps.empty() || present.steps.empty()) return 0;
    const std::vector<StatusChange> before = lifecycle::history(former, now);
    const std::vector<StatusChange> after = lifecycle::history(present, now);
    std::size_t kept = 0;
    while (kept < std::min({reported, before.size(), after.size()}) && before[kept].status == after[kept].status &&
           (kept == 0 || before[kept].at == after[kept].at)) {
        ++kept;
    }
    return kept;
}

}  // namespace

void StatusFeed::begin() {
    store_.resources().former().keep(true);
    read_account("");
}

void StatusFeed::end() {
    store_.resources().former().keep(false);
    forget("");
}

void StatusFeed::take_in(const Changed& changed) {
    std::vector<FormerRecord> former = store_.resources().former().take();
    for (const std::string& account : changed.rebuilt) {
        std::erase_if(former, [&account](const FormerRecord& each) {
            return account.empty() || (each.record && each.record->owner.account == account);
        });
        forget(account);
        read_account(account);
    }
    for (const FormerRecord& each : former) compare(each);
    for (const std::int64_t layer : changed.layers) {
        if (layer != 0) readings_.push_back({.layer = layer});
    }
}

std::vector<StatusNews> StatusFeed::take(std::size_t most) {
    if (ready_.size() < most && !readings_.empty()) read_some();
    for (const auto& [account, order] : order_) {
        const Instant now = clocks_.of(account).now();
        while (ready_.size() < most && !order.empty() && order.begin()->first <= now) report_next(account);
    }
    std::erase_if(order_, [](const auto& each) { return each.second.empty(); });
    std::vector<StatusNews> news;
    for (; !ready_.empty() && news.size() < most; ready_.pop_front()) news.push_back(std::move(ready_.front()));
    return news;
}

std::optional<std::chrono::milliseconds> StatusFeed::next() {
    if (!ready_.empty() || !readings_.empty()) return std::chrono::milliseconds(0);
    std::optional<std::chrono::milliseconds> shortest;
    for (const auto& [account, order] : order_) {
        const auto left = clocks_.of(account).real_time_until(order.begin()->first);
        if (left) shortest = std::min(shortest.value_or(*left), *left);
    }
    return shortest;
}

/// Reads the resources of an account that are in transition, or of all accounts for "".
void StatusFeed::read_account(const std::string& account) {
    for (const std::string& each : store_.counts().accounts()) {
        if (each.empty() || (!account.empty() && each != account)) continue;
        const Instant now = clocks_.of(each).now();
        readings_.push_back({.account = each, .since = now, .at = now, .id = std::numeric_limits<std::int64_t>::max()});
    }
}

void StatusFeed::read_some() {
    Reading& reading = readings_.front();
    const bool is_new = reading.layer != 0;
    const std::vector<Record> records =
        is_new ? store_.walk().of_layer(reading.layer, reading.id, read_at_once)
               : store_.walk().in_transition(reading.account, {reading.at, reading.id}, read_at_once);
    for (const Record& record : records) {
        reading.id = record.id;
        reading.at = record.stable.at.value_or(reading.at);
        if (upcoming_.contains(record.arn)) continue;
        const Instant since = is_new ? clocks_.of(record.owner.account).now() : reading.since;
        if (is_new) report(record, record.timeline, 0, since);
        follow(record, statuses_by(record.timeline, since), since);
    }
    if (records.size() < read_at_once) readings_.pop_front();
}

void StatusFeed::forget(const std::string& account) {
    const auto is_of = [&account](const std::string& owner) { return account.empty() || owner == account; };
    std::erase_if(ready_, [&](const StatusNews& each) { return is_of(each.owner.account); });
    std::erase_if(readings_, [&](const Reading& each) { return is_of(each.account); });
    std::erase_if(upcoming_, [&](const auto& each) { return is_of(each.second.owner.account); });
    std::erase_if(order_, [&](const auto& each) { return is_of(each.first); });
}

/// Reports what a resource has become.
void StatusFeed::compare(const FormerRecord& former) {
    const std::optional<Record> present = store_.resources().find(former.arn);
    std::size_t kept = 0;
    if (former.record) {
        const Instant now = clocks_.of(former.record->owner.account).now();
        const auto known = upcoming_.find(former.arn);
        const bool is_upcoming = known != upcoming_.end();
        const Timeline timeline = is_upcoming ? known->second.timeline : former.record->timeline;
        const std::size_t reported = is_upcoming ? known->second.reported : statuses_by(timeline, now);
        leave(former.arn);
        if (present && present->id == former.record->id) {
            kept = kept_statuses(timeline, reported, present->timeline, now);
            if (present->timeline.steps.empty()) return;
        } else {
            report_removal(*former.record, timeline, reported, now);
        }
    }
    if (!present) return;
    const Instant now = clocks_.of(present->owner.account).now();
    report(*present, present->timeline, kept, now);
    follow(*present, statuses_by(present->timeline, now), now);
}

/// Reports the statuses of a timeline up to `now`, without the first `from`.
void StatusFeed::report(const Record& record, const Timeline& timeline, std::size_t from, Instant now) {
    if (timeline.steps.empty()) {
        const std::string_view cause = timeline.origin.empty() ? lifecycle::cause_call : timeline.origin;
        ready_.push_back({record.arn, record.kind, record.owner, "", record.created, std::string(cause)});
        return;
    }
    const std::vector<StatusChange> history = lifecycle::history(timeline, now);
    for (std::size_t i = from; i < history.size(); ++i) {
        ready_.push_back({record.arn, record.kind, record.owner, history[i].status, history[i].at, history[i].cause});
    }
}

/// Reports that a resource is gone. Most have passed through DELETED before.
void StatusFeed::report_removal(const Record& former, const Timeline& timeline, std::size_t from, Instant now) {
    const bool has_status = !timeline.steps.empty();
    if (has_status) report(former, timeline, from, now);
    if (has_status && lifecycle::state_at(timeline, now).status == lifecycle::deleted) return;
    const bool is_child = has_status && resources::kind_named(former.kind).removed_with_parent;
    const std::string_view cause = is_child ? lifecycle::cause_timer : lifecycle::cause_call;
    ready_.push_back({former.arn, former.kind, former.owner, std::string(lifecycle::deleted), now, std::string(cause)});
}

/// Waits for the next status of a resource, of which so many are reported, if the clock leads to one from `since`.
void StatusFeed::follow(const Record& record, std::size_t reported, Instant since) {
    if (record.timeline.steps.empty()) return;
    const std::optional<Instant> next = lifecycle::next_change(record.timeline, since);
    if (!next) return;
    upcoming_.insert_or_assign(record.arn, Upcoming{record.kind, record.owner, record.timeline, reported, *next});
    order_[record.owner.account].emplace(*next, record.arn);
}

/// Reports the statuses of the first moment that an account waits for.
void StatusFeed::report_next(const std::string& account) {
    auto& order = order_.at(account);
    const auto [moment, arn] = *order.begin();
    order.erase(order.begin());
    const auto found = upcoming_.find(arn);
    Upcoming& upcoming = found->second;
    const std::vector<StatusChange> history = lifecycle::history(upcoming.timeline, moment);
    for (; upcoming.reported < history.size(); ++upcoming.reported) {
        const StatusChange& change = history[upcoming.reported];
        ready_.push_back({arn, upcoming.kind, upcoming.owner, change.status, change.at, change.cause});
    }
    const std::optional<Instant> next = lifecycle::next_change(upcoming.timeline, moment);
    if (!next) {
        upcoming_.erase(found);
        return;
    }
    upcoming.at = *next;
    order.emplace(*next, arn);
}

void StatusFeed::leave(const std::string& arn) {
    const auto found = upcoming_.find(arn);
    if (found == upcoming_.end()) return;
    const auto order = order_.find(found->second.owner.account);
    order->second.erase({found->second.at, arn});
    if (order->second.empty()) order_.erase(order);
    upcoming_.erase(found);
}

}  // namespace plocal::world
