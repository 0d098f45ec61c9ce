#include "server/app/engine_gate.h"

#include <utility>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/control/control.h"

namespace plocal::app {
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
    protocol::Response response;
    void operator()() { std::move(waiter)(std::move(response)); }
};

}  // namespace

struct EngineGate::Leave {
    EngineGate& gate;
    void operator()() const { gate.leave(); }
};

template <class Waiter>
class EngineGate::VisitOf : public Visit {
public:
    VisitOf(const protocol::Request& request, Waiter waiter) : request_(request), waiter_(std::move(waiter)) {}

    void answer_by(Engine& engine) override {
        const auto home = asio::get_associated_executor(waiter_);
        protocol::Response response = engine.answer(request_);
        asio::post(home, Return<Waiter>{std::move(waiter_), std::move(response)});
    }

    void post_leave(EngineGate& gate) override { asio::post(asio::get_associated_executor(waiter_), Leave{gate}); }

private:
    const protocol::Request& request_;
    Waiter waiter_;
};

struct EngineGate::Queue {
    EngineGate& gate;
    const protocol::Request& request;
    template <class Waiter>
    void operator()(Waiter&& waiter) const {
        using Kept = std::decay_t<Waiter>;
        gate.enter_or_queue(std::make_unique<VisitOf<Kept>>(request, std::forward<Waiter>(waiter)));
    }
};

asio::awaitable<protocol::Response> EngineGate::answer(const protocol::Request& request) {
    if (enter()) {
        protocol::Response response = engine_.answer(request);
        leave();
        co_return response;
    }
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(protocol::Response)>(
        Queue{*this, request}, asio::use_awaitable);
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
    visit->answer_by(engine_);
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
        visit->answer_by(engine_);
    }
}

}  // namespace plocal::app
