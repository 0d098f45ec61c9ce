#include "server/app/engine/waiters.h"

#include <algorithm>
#include <string_view>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace plocal::engine {

namespace asio = boost::asio;

asio::awaitable<void> Alarm::rest_until(std::chrono::steady_clock::time_point moment) {
    if (!has_rung_) {
        timer_.expires_at(moment);
        co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
    }
    has_rung_ = false;
}

struct Alarm::Ring {
    std::shared_ptr<Alarm> alarm;
    void operator()() const {
        alarm->has_rung_ = true;
        alarm->timer_.cancel();
    }
};

void Alarm::ring(const std::shared_ptr<Alarm>& alarm) {
    asio::post(alarm->timer_.get_executor(), Ring{alarm});
}

void Alarms::add(const std::string& arn, const std::shared_ptr<Alarm>& alarm) {
    const std::lock_guard lock(mutex_);
    std::vector<std::shared_ptr<Alarm>>& alarms = by_arn_[arn];
    if (std::ranges::find(alarms, alarm) == alarms.end()) {
        alarms.push_back(alarm);
        count_.fetch_add(1, std::memory_order_relaxed);
    }
    if (is_stopping()) Alarm::ring(alarm);
}

void Alarms::remove(const std::string& arn, const std::shared_ptr<Alarm>& alarm) {
    const std::lock_guard lock(mutex_);
    const auto found = by_arn_.find(arn);
    if (found == by_arn_.end()) return;
    count_.fetch_sub(std::erase(found->second, alarm), std::memory_order_relaxed);
    if (found->second.empty()) by_arn_.erase(found);
}

void Alarms::ring(const world::Changed& changed) {
    if (count_.load(std::memory_order_relaxed) == 0) return;
    const std::lock_guard lock(mutex_);
    if (changed.may_be_all) return ring_all();
    for (const std::string& arn : changed.arns) {
        const auto found = by_arn_.find(arn);
        if (found == by_arn_.end()) continue;
        for (const std::shared_ptr<Alarm>& alarm : found->second) Alarm::ring(alarm);
    }
}

void Alarms::stop() {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
    ring_all();
}

void Alarms::ring_all() {
    for (const auto& [arn, alarms] : by_arn_) {
        for (const std::shared_ptr<Alarm>& alarm : alarms) Alarm::ring(alarm);
    }
}

}  // namespace plocal::engine
