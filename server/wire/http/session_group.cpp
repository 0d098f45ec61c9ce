#include "server/wire/http/session_group.h"

#include <algorithm>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace plocal::http {

using std::chrono::milliseconds;

namespace {

milliseconds tick_for(const Limits& limits) {
    const milliseconds shortest = std::min(
        {limits.head, limits.message, limits.piece, limits.idle, limits.write, limits.linger, limits.stop_grace});
    return std::clamp(shortest / 8, milliseconds(1), milliseconds(250));
}

}  // namespace

SessionGroup::SessionGroup(boost::asio::any_io_executor executor, const Limits& limits, Warn warn)
    : executor_(std::move(executor)), limits_(limits), warn_(std::move(warn)), tick_(tick_for(limits)) {}

// Lends the timer of run_deadlines() to the group. A context that is destroyed early destroys its coroutines in any
// order, and a session that is destroyed later must not find the timer.
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
    end_of_grace_ = Clock::now() + limits_.stop_grace;
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
        group->cancel_overdue();
    }
}

void SessionGroup::add(Deadline& deadline) {
    deadline.position_ = deadlines_.size();
    deadlines_.push_back(&deadline);
    if (deadlines_.size() == 1) {
        wake();
    }
}

void SessionGroup::remove(Deadline& deadline) {
    deadlines_[deadline.position_] = deadlines_.back();
    deadlines_[deadline.position_]->position_ = deadline.position_;
    deadlines_.pop_back();
    population_.fetch_sub(1, std::memory_order_relaxed);
    if (is_stopped() && deadlines_.empty()) {
        wake();
    }
}

void SessionGroup::cancel_overdue() {
    const auto now = Clock::now();
    for (Deadline* deadline : deadlines_) {
        if (std::min(deadline->deadline_, end_of_grace_) <= now) {
            deadline->cancel();
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

void Deadline::clear() {
    busy_until(SessionGroup::Clock::time_point::max());
}

// A stop that is announced before the pause begins has nothing to cancel, so it is checked first.
boost::asio::awaitable<void> Deadline::pause(milliseconds length) {
    clear();
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
        cancel();
    }
    if (pause_ != nullptr) {
        pause_->cancel();
    }
}

void Deadline::cancel() {
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

}  // namespace plocal::http
