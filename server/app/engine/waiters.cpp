#include "server/app/engine/waiters.h"

#include <algorithm>
#include <string_view>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace plocal::engine {

namespace asio = boost::asio;

asio::awaitable<void> Waiter::sleep_until(std::chrono::steady_clock::time_point moment) {
    if (!is_woken_) {
        timer_.expires_at(moment);
        co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
    }
    is_woken_ = false;
}

struct Waiter::Wake {
    std::shared_ptr<Waiter> waiter;
    void operator()() const {
        waiter->is_woken_ = true;
        waiter->timer_.cancel();
    }
};

void Waiter::wake(const std::shared_ptr<Waiter>& waiter) {
    asio::post(waiter->timer_.get_executor(), Wake{waiter});
}

void Waiters::add(const std::string& arn, const std::shared_ptr<Waiter>& waiter) {
    const std::lock_guard lock(mutex_);
    std::vector<std::shared_ptr<Waiter>>& waiters = by_arn_[arn];
    if (std::ranges::find(waiters, waiter) == waiters.end()) {
        waiters.push_back(waiter);
        count_.fetch_add(1, std::memory_order_relaxed);
    }
    if (is_stopping()) Waiter::wake(waiter);
}

void Waiters::remove(const std::string& arn, const std::shared_ptr<Waiter>& waiter) {
    const std::lock_guard lock(mutex_);
    const auto found = by_arn_.find(arn);
    if (found == by_arn_.end()) return;
    count_.fetch_sub(std::erase(found->second, waiter), std::memory_order_relaxed);
    if (found->second.empty()) by_arn_.erase(found);
}

void Waiters::wake(const world::Changed& changed) {
    if (count_.load(std::memory_order_relaxed) == 0) return;
    const std::lock_guard lock(mutex_);
    if (changed.may_be_all) return wake_all();
    for (const std::string& arn : changed.arns) wake_those_of(arn);
    if (!changed.arns.empty()) wake_those_of("");
}

void Waiters::wake_those_of(std::string_view arn) {
    const auto found = by_arn_.find(arn);
    if (found == by_arn_.end()) return;
    for (const std::shared_ptr<Waiter>& waiter : found->second) Waiter::wake(waiter);
}

void Waiters::stop() {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
    wake_all();
}

void Waiters::wake_all() {
    for (const auto& [arn, waiters] : by_arn_) {
        for (const std::shared_ptr<Waiter>& waiter : waiters) Waiter::wake(waiter);
    }
}

}  // namespace plocal::engine
