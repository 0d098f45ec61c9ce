#include "server/wire/http/session_group.h"

#include <algorithm>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace plocal::http {

using std::chrono::milliseconds;

namespace {

milliseconds tick_for(const Limits& limits) {
    const milliseconds shortest =
        std::min({limits.head, limits.message, limits.idle, limits.write, limits.linger, limits.stop_grace});
    return std::clamp(shortest / 8, milliseconds(1), milliseconds(250));
}

}  // namespace

Lane::Lane(boost::asio::any_io_executor executor, const Limits& limits, Warn warn)
    : executor_(std::move(executor)), limits_(limits), warn_(std::move(warn)), tick_(tick_for(limits)) {}

// A context that is destroyed before all has ended destroys its coroutines in any order, sessions after this one too.
class Lane::TimerLoan {
public:
    TimerLoan(Lane& lane, boost::asio::steady_timer& timer) : lane_(lane) { lane.timer_ = &timer; }
    TimerLoan(const TimerLoan&) = delete;
    TimerLoan& operator=(const TimerLoan&) = delete;
    ~TimerLoan() { lane_.timer_ = nullptr; }

private:
    Lane& lane_;
};

void Lane::stop() {
    if (is_stopped()) {
        return;
    }
    last_call_ = Clock::now() + limits_.stop_grace;
    for (Watch* watch : watches_) {
        watch->end_wait();
    }
    wake();
}

boost::asio::awaitable<void> Lane::look_after(std::shared_ptr<Lane> lane) {
    boost::asio::steady_timer timer(lane->executor_);
    const TimerLoan loan(*lane, timer);
    while (!lane->is_stopped() || lane->population() > 0) {
        timer.expires_at(lane->watches_.empty() ? Clock::time_point::max() : Clock::now() + lane->tick_);
        co_await timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
        lane->cut_overdue();
    }
}

void Lane::add(Watch& watch) {
    watch.place_ = watches_.size();
    watches_.push_back(&watch);
    if (watches_.size() == 1) {
        wake();
    }
}

void Lane::remove(Watch& watch) {
    watches_[watch.place_] = watches_.back();
    watches_[watch.place_]->place_ = watch.place_;
    watches_.pop_back();
    population_.fetch_sub(1, std::memory_order_relaxed);
    if (is_stopped() && watches_.empty()) {
        wake();
    }
}

void Lane::cut_overdue() {
    const auto now = Clock::now();
    for (Watch* watch : watches_) {
        if (std::min(watch->deadline_, last_call_) <= now) {
            watch->cut();
        }
    }
}

void Lane::wake() {
    if (timer_ != nullptr) {
        timer_->cancel();
    }
}

Watch::Watch(Lane& lane, boost::asio::ip::tcp::socket& socket) : lane_(lane), socket_(socket) {
    lane_.add(*this);
}

Watch::~Watch() {
    lane_.remove(*this);
}

void Watch::idle_until(Lane::Clock::time_point deadline) {
    deadline_ = deadline;
    is_idle_ = true;
}

void Watch::busy_until(Lane::Clock::time_point deadline) {
    deadline_ = deadline;
    is_idle_ = false;
}

void Watch::rest() {
    busy_until(Lane::Clock::time_point::max());
}

// Looks at the lane first: what it announces while nobody waits, its stop() finds nobody to tell of.
boost::asio::awaitable<void> Watch::pause(milliseconds length) {
    rest();
    if (lane_.is_stopping()) {
        co_return;
    }
    boost::asio::steady_timer timer(lane_.executor(), length);
    pause_ = &timer;
    co_await timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    pause_ = nullptr;
}

void Watch::end_wait() {
    if (is_idle_) {
        cut();
    }
    if (pause_ != nullptr) {
        pause_->cancel();
    }
}

void Watch::cut() {
    boost::system::error_code nothing_to_do;
    socket_.cancel(nothing_to_do);
}

}  // namespace plocal::http
