#include "server/app/engine/gate.h"

#include <optional>
#include <string>
#include <utility>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/app/engine/spin.h"
#include "server/local/control/control.h"

namespace plocal::engine {
namespace {

namespace asio = boost::asio;

constexpr std::size_t service_body_bytes = std::size_t{1} << 20U;
constexpr std::size_t control_body_bytes = std::size_t{64} << 20U;

// A thread answers this many queued requests before it hands the lock to another one, so that its own connections are
// served too.
constexpr int most_answered_before_unlock = 32;

// A request that still finds the gate locked lets the other connections of its thread go on before it is queued: being
// queued costs a wake-up of the thread, which is idle by then if only few connections are busy.
constexpr int most_turns_of_others = 3;

template <class Handler>
struct Return {
    Handler handler;
    control::Reply reply;
    void operator()() { std::move(handler)(std::move(reply)); }
};

}  // namespace

template <class Handler>
class Gate::QueuedRequestOf : public QueuedRequest {
public:
    QueuedRequestOf(const Question& question, Handler handler) : question_(question), handler_(std::move(handler)) {}

    void answer_in(Gate& gate) override {
        const auto executor = asio::get_associated_executor(handler_);
        control::Reply reply = gate.ask(question_);
        asio::post(executor, Return<Handler>{std::move(handler_), std::move(reply)});
    }

    void post_unlock(Gate& gate) override { asio::post(asio::get_associated_executor(handler_), Unlock{gate}); }

private:
    const Question& question_;
    Handler handler_;
};

struct Gate::Queue {
    Gate& gate;
    const Question& question;
    template <class Handler>
    void operator()(Handler&& handler) const {
        using Kept = std::decay_t<Handler>;
        gate.lock_or_queue(std::make_unique<QueuedRequestOf<Kept>>(question, std::forward<Handler>(handler)));
    }
};

asio::awaitable<protocol::Response> Gate::answer(const protocol::Request& request) {
    std::optional<Reading> reading;
    if (!control::is_control(request.target) && request.method != "OPTIONS") reading = read(request);
    const Question question{.request = &request, .reading = reading ? &*reading : nullptr};
    control::Reply reply;
    bool is_locked = try_to_set(is_locked_);
    for (int turn = 0; !is_locked && turn < most_turns_of_others; ++turn) {
        co_await asio::post(asio::use_awaitable);
        is_locked = try_to_set(is_locked_);
    }
    if (is_locked) {
        reply = ask(question);
        unlock();
    } else {
        reply = co_await queue(question);
    }
    if (auto* const response = std::get_if<protocol::Response>(&reply)) co_return std::move(*response);
    co_return co_await wait(request, std::get<control::Waiting>(std::move(reply)));
}

asio::awaitable<control::Reply> Gate::queue(const Question& question) {
    return asio::async_initiate<const asio::use_awaitable_t<>, void(control::Reply)>(Queue{*this, question},
                                                                                     asio::use_awaitable);
}

asio::awaitable<protocol::Response> Gate::wait(const protocol::Request& request, control::Waiting waiting) {
    const auto waiter = std::make_shared<Waiter>(co_await asio::this_coro::executor);
    Question question{.request = &request, .waiting = &waiting, .waiter = waiter};
    for (;;) {
        question.is_stopping = waiters_.is_stopping();
        control::Reply reply = co_await queue(question);
        if (auto* const response = std::get_if<protocol::Response>(&reply)) {
            waiters_.remove(waiting.arn, waiter);
            co_return std::move(*response);
        }
        auto& next = std::get<control::Waiting>(reply);
        if (next.arn != waiting.arn) waiters_.remove(waiting.arn, waiter);
        waiting = std::move(next);
        co_await waiter->sleep_until(waiting.check_again);
    }
}

// The waiter is registered before the gate unlocks, so that no change is missed.
control::Reply Gate::ask(const Question& question) {
    control::Reply reply;
    if (question.task != nullptr) {
        (*question.task)(engine_);
    } else {
        reply = question.waiting == nullptr ? engine_.answer(*question.request, question.reading)
                                            : engine_.check(*question.request, *question.waiting, question.is_stopping);
    }
    spread_changes();
    if (question.waiter != nullptr && std::holds_alternative<control::Waiting>(reply)) {
        waiters_.add(std::get<control::Waiting>(reply).arn, question.waiter);
    }
    return reply;
}

/// Lets waiters and streams know what has changed.
void Gate::spread_changes() {
    const world::Changed changed = engine_.take_changed();
    waiters_.wake(changed);
    if (engine_.news().is_wanted()) streams_.publish(engine_.news(), changed);
}

asio::awaitable<void> Gate::run_soon(const EngineTask& task) {
    const Question question{.task = &task};
    co_await queue(question);
}

void Gate::stop() noexcept {
    {
        const std::lock_guard lock(mutex_);
        task_executor_ = {};
    }
    waiters_.stop();
    streams_.stop();
}

std::size_t Gate::body_limit(std::string_view target) const {
    return control::is_control(target) ? control_body_bytes : service_body_bytes;
}

http::StreamHandler* Gate::stream_handler(const protocol::Request& request) {
    switch (control::bodies_of(request)) {
        case control::Bodies::long_ones:
            return &long_bodies_;
        case control::Bodies::events:
            return &event_streams_;
        case control::Bodies::short_ones:
            break;
    }
    return nullptr;
}

void Gate::lock_or_queue(std::unique_ptr<QueuedRequest> request) {
    {
        const std::lock_guard lock(mutex_);
        if (is_locked_.exchange(true, std::memory_order_acquire)) {
            queue_.push_back(std::move(request));
            return;
        }
    }
    request->answer_in(*this);
    unlock();
}

void Gate::unlock() {
    for (int answered = 0;; ++answered) {
        std::unique_ptr<QueuedRequest> request;
        {
            const std::lock_guard lock(mutex_);
            if (queue_.empty()) {
                is_locked_.store(false, std::memory_order_release);
                return;
            }
            if (answered == most_answered_before_unlock) return queue_.front()->post_unlock(*this);
            request = std::move(queue_.front());
            queue_.pop_front();
        }
        request->answer_in(*this);
    }
}

}  // namespace plocal::engine
