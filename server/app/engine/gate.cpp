#include "server/app/engine/gate.h"

#include <utility>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/local/control/control.h"

namespace plocal::engine {
namespace {

namespace asio = boost::asio;

constexpr std::size_t service_body_bytes = std::size_t{1} << 20U;
constexpr std::size_t control_body_bytes = std::size_t{64} << 20U;

// So many requests of others are answered on the way out; then one of the others goes on, lest the first who came never
// gets back to his own connections.
constexpr int most_visits_on_the_way_out = 32;

// A visit takes a few microseconds: to look again for about as long is cheaper than to be called back.
constexpr int looks_at_a_taken_gate = 100;

void pause() {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#endif
}

template <class Waiter>
struct Return {
    Waiter waiter;
    control::Reply reply;
    void operator()() { std::move(waiter)(std::move(reply)); }
};

}  // namespace

struct EngineGate::Leave {
    EngineGate& gate;
    void operator()() const { gate.leave(); }
};

template <class Waiter>
class EngineGate::VisitOf : public Visit {
public:
    VisitOf(const Question& question, Waiter waiter) : question_(question), waiter_(std::move(waiter)) {}

    void answer_in(EngineGate& gate) override {
        const auto home = asio::get_associated_executor(waiter_);
        control::Reply reply = gate.ask(question_);
        asio::post(home, Return<Waiter>{std::move(waiter_), std::move(reply)});
    }

    void post_leave(EngineGate& gate) override { asio::post(asio::get_associated_executor(waiter_), Leave{gate}); }

private:
    const Question& question_;
    Waiter waiter_;
};

struct EngineGate::Queue {
    EngineGate& gate;
    const Question& question;
    template <class Waiter>
    void operator()(Waiter&& waiter) const {
        using Kept = std::decay_t<Waiter>;
        gate.enter_or_queue(std::make_unique<VisitOf<Kept>>(question, std::forward<Waiter>(waiter)));
    }
};

asio::awaitable<protocol::Response> EngineGate::answer(const protocol::Request& request) {
    const Question question{.request = request, .wait = nullptr, .alarm = nullptr};
    control::Reply reply;
    if (enter()) {
        reply = ask(question);
        leave();
    } else {
        reply = co_await leave_at_gate(question);
    }
    if (auto* const response = std::get_if<protocol::Response>(&reply)) co_return std::move(*response);
    co_return co_await wait(request, std::get<control::Waiting>(std::move(reply)).wait);
}

asio::awaitable<control::Reply> EngineGate::leave_at_gate(const Question& question) {
    return asio::async_initiate<const asio::use_awaitable_t<>, void(control::Reply)>(Queue{*this, question},
                                                                                     asio::use_awaitable);
}

asio::awaitable<protocol::Response> EngineGate::wait(const protocol::Request& request, control::Wait wait) {
    const auto alarm = std::make_shared<Alarm>(co_await asio::this_coro::executor);
    const Question question{.request = request, .wait = &wait, .alarm = alarm};
    for (;;) {
        wait.is_given_up = alarms_.is_stopping();
        control::Reply reply = co_await leave_at_gate(question);
        if (auto* const response = std::get_if<protocol::Response>(&reply)) {
            alarms_.remove(wait.arn, alarm);
            co_return std::move(*response);
        }
        co_await alarm->rest_until(std::get<control::Waiting>(reply).look_again);
    }
}

// Who is to wait has his alarm set before the next one is let in, who may change what he waits for.
control::Reply EngineGate::ask(const Question& question) {
    control::Reply reply = engine_.answer(question.request, question.wait);
    alarms_.ring(engine_.take_changed());
    if (question.alarm != nullptr && std::holds_alternative<control::Waiting>(reply)) {
        alarms_.add(question.wait->arn, question.alarm);
    }
    return reply;
}

void EngineGate::stop() noexcept {
    alarms_.stop();
}

std::size_t EngineGate::body_limit(std::string_view target) const {
    return control::is_control(target) ? control_body_bytes : service_body_bytes;
}

bool EngineGate::enter() {
    for (int look = 0; look < looks_at_a_taken_gate; ++look) {
        if (!is_taken_.load(std::memory_order_relaxed) && !is_taken_.exchange(true, std::memory_order_acquire))
            return true;
        pause();
    }
    return false;
}

void EngineGate::enter_or_queue(std::unique_ptr<Visit> visit) {
    {
        const std::lock_guard lock(mutex_);
        if (is_taken_.exchange(true, std::memory_order_acquire)) {
            queue_.push_back(std::move(visit));
            return;
        }
    }
    visit->answer_in(*this);
    leave();
}

void EngineGate::leave() {
    for (int visits = 0;; ++visits) {
        std::unique_ptr<Visit> visit;
        {
            const std::lock_guard lock(mutex_);
            if (queue_.empty()) {
                is_taken_.store(false, std::memory_order_release);
                return;
            }
            if (visits == most_visits_on_the_way_out) return queue_.front()->post_leave(*this);
            visit = std::move(queue_.front());
            queue_.pop_front();
        }
        visit->answer_in(*this);
    }
}

}  // namespace plocal::engine
