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

SessionGroup::SessionGroup(boost::asio::any_io_executor executor, const Limits& limits, Warn warn)
    : executor_(std::move(executor)), limits_(limits), warn_(std::move(warn)), tick_(tick_for(limits)) {}

// A context that is destroyed before all has ended destroys its coroutines in any order, sessions after this one too.
class SessionGroup::TimerLoan {
public:
    TimerLoan(SessionGroup& group, boost::asio::steady_timer& timer) : group_(group) { group.timer_ = &timer; }
    TimerLoan(const TimerLoan&) = delete;
    TimerLoan& operator=(const TimerLoan&) = delete;
    ~TimerLoan() { group_.timer_ = nullptr; }

private:
    SessionGroup& group_;
};

void SessionGroup::stop() {
    if (is_stopped()) {
        return;
    }
    last_call_ = Clock::now() + limits_.stop_grace;
    for (Deadline* deadline : deadlines_) {
        deadline->end_wait();
    }
    wake();
}

boost::asio::awaitable<void> SessionGroup::run_deadlines(std::shared_ptr<SessionGroup> group) {
    boost::asio::steady_timer timer(group->executor_);
    const TimerLoan loan(*group, timer);
    while (!group->is_stopped() || group->population() > 0) {
        timer.expires_at(group->deadlines_.empty() ? Clock::time_point::max() : Clock::now() + group->tick_);
        co_await timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
        group->cut_overdue();
    }
}

void SessionGroup::add(Deadline& deadline) {
    deadline.place_ = deadlines_.size();
    deadlines_.push_back(&deadline);
    if (deadlines_.size() == 1) {
        wake();
    }
}

void SessionGroup::remove(Deadline& deadline) {
    deadlines_[deadline.place_] = deadlines_.back();
    deadlines_[deadline.place_]->place_ = deadline.place_;
    deadlines_.pop_back();
    population_.fetch_sub(1, std::memory_order_relaxed);
    if (is_stopped() && deadlines_.empty()) {
        wake();
    }
}

void SessionGroup::cut_overdue() {
    const auto now = Clock::now();
    for (Deadline* deadline : deadlines_) {
        if (std::min(deadline->deadline_, last_call_) <= now) {
            deadline->cut();
        }
    }
}

void SessionGroup::wake() {
    if (timer_ != nullptr) {
        timer_->cancel();
    }
}

Deadline::Deadline(SessionGroup& group, boost::asio::ip::tcp::socket& socket) : group_(group), socket_(socket) {
    group_.add(*this);
}

Deadline::~Deadline() {
    group_.remove(*this);
}

void Deadline::idle_until(SessionGroup::Clock::time_point deadline) {
    deadline_ = deadline;
    is_idle_ = true;
}

void Deadline::busy_until(SessionGroup::Clock::time_point deadline) {
    deadline_ = deadline;
    is_idle_ = false;
}

void Deadline::rest() {
    busy_until(SessionGroup::Clock::time_point::max());
}

// Looks at the lane first: what it announces while nobody waits, its stop() finds nobody to tell of.
boost::asio::awaitable<void> Deadline::pause(milliseconds length) {
    rest();
    if (group_.is_stopping()) {
        co_return;
    }
    boost::asio::steady_timer timer(group_.executor(), length);
    pause_ = &timer;
    co_await timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    pause_ = nullptr;
}

void Deadline::end_wait() {
    if (is_idle_) {
        cut();
    }
    if (pause_ != nullptr) {
        pause_->cancel();
    }
}

void Deadline::cut() {
    boost::system::error_code nothing_to_do;
    socket_.cancel(nothing_to_do);
}

}  // namespace plocal::http
