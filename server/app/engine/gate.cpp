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
constexpr int most_answered_before_unlock = 32;

// A visit takes a few microseconds: to look again for about as long is cheaper than to be called back.
constexpr int spins_on_a_locked_gate = 100;

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

struct Gate::Unlock {
    Gate& gate;
    void operator()() const { gate.unlock(); }
};

template <class Waiter>
class Gate::QueuedRequestOf : public QueuedRequest {
public:
    QueuedRequestOf(const Question& question, Waiter waiter) : question_(question), waiter_(std::move(waiter)) {}

    void answer_in(Gate& gate) override {
        const auto home = asio::get_associated_executor(waiter_);
        control::Reply reply = gate.ask(question_);
        asio::post(home, Return<Waiter>{std::move(waiter_), std::move(reply)});
    }

    void post_unlock(Gate& gate) override { asio::post(asio::get_associated_executor(waiter_), Unlock{gate}); }

private:
    const Question& question_;
    Waiter waiter_;
};

struct Gate::Queue {
    Gate& gate;
    const Question& question;
    template <class Waiter>
    void operator()(Waiter&& waiter) const {
        using Kept = std::decay_t<Waiter>;
        gate.lock_or_queue(std::make_unique<QueuedRequestOf<Kept>>(question, std::forward<Waiter>(waiter)));
    }
};

asio::awaitable<protocol::Response> Gate::answer(const protocol::Request& request) {
    const Question question{.request = request, .wait = nullptr, .waiter = nullptr};
    control::Reply reply;
    if (try_lock()) {
        reply = ask(question);
        unlock();
    } else {
        reply = co_await queue(question);
    }
    if (auto* const response = std::get_if<protocol::Response>(&reply)) co_return std::move(*response);
    co_return co_await wait(request, std::get<control::Waiting>(std::move(reply)).wait);
}

asio::awaitable<control::Reply> Gate::queue(const Question& question) {
    return asio::async_initiate<const asio::use_awaitable_t<>, void(control::Reply)>(Queue{*this, question},
                                                                                     asio::use_awaitable);
}

asio::awaitable<protocol::Response> Gate::wait(const protocol::Request& request, control::Wait wait) {
    const auto waiter = std::make_shared<Waiter>(co_await asio::this_coro::executor);
    const Question question{.request = request, .wait = &wait, .waiter = waiter};
    for (;;) {
        wait.is_given_up = waiters_.is_stopping();
        control::Reply reply = co_await queue(question);
        if (auto* const response = std::get_if<protocol::Response>(&reply)) {
            waiters_.remove(wait.arn, waiter);
            co_return std::move(*response);
        }
        co_await waiter->sleep_until(std::get<control::Waiting>(reply).check_again);
    }
}

// Who is to wait has his alarm set before the next one is let in, who may change what he waits for.
control::Reply Gate::ask(const Question& question) {
    control::Reply reply = engine_.answer(question.request, question.wait);
    waiters_.wake(engine_.take_changed());
    if (question.waiter != nullptr && std::holds_alternative<control::Waiting>(reply)) {
        waiters_.add(question.wait->arn, question.waiter);
    }
    return reply;
}

void Gate::stop() noexcept {
    waiters_.stop();
}

std::size_t Gate::body_limit(std::string_view target) const {
    return control::is_control(target) ? control_body_bytes : service_body_bytes;
}

bool Gate::try_lock() {
    for (int look = 0; look < spins_on_a_locked_gate; ++look) {
        if (!is_locked_.load(std::memory_order_relaxed) && !is_locked_.exchange(true, std::memory_order_acquire))
            return true;
        pause();
    }
    return false;
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
