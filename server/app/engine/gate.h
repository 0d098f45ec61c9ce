// The engine behind a gate that lets one request in at a time, as the network's exchange. Whoever finds the gate open
// walks through on his own thread; who finds it taken leaves his request at the gate and is called back, and the one
// inside answers it on his way out. So an unhurried server never changes threads for a request, and a hurried one has
// no thread that waits. (A thread of the engine's own cost a third more CPU a request at 64 connections on two cores.)
#pragma once

#include <atomic>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "server/app/engine/engine.h"
#include "server/app/engine/waiters.h"
#include "server/wire/http/request_handler.h"

namespace plocal::engine {

class EngineGate : public http::Exchange {
public:
    /// Alone uses the engine from here on, which must outlive it.
    explicit EngineGate(Engine& engine) : engine_(engine) {}

    /// From any thread.
    boost::asio::awaitable<protocol::Response> answer(const protocol::Request& request) override;
    std::size_t body_limit(std::string_view target) const override;

    /// From any thread: those who wait are told so.
    void stop() noexcept override;

    /// From any thread: how many wait at the moment.
    std::size_t waiting() const { return alarms_.count(); }

private:
    /// What is asked of the engine: an answer to a request, or one more look for somebody who waits.
    struct Question {
        const protocol::Request& request;
        const control::Wait* wait = nullptr;
        std::shared_ptr<Alarm> alarm;  // his, while he waits
    };

    /// A question that was left at the gate.
    class Visit {
    public:
        virtual ~Visit() = default;
        virtual void answer_in(EngineGate& gate) = 0;   // sends the answer to the thread that waits for it
        virtual void post_leave(EngineGate& gate) = 0;  // has that thread do the rest
    };
    template <class Waiter>
    class VisitOf;
    struct Leave;
    struct Queue;

    boost::asio::awaitable<control::Reply> leave_at_gate(const Question& question);
    boost::asio::awaitable<protocol::Response> wait(const protocol::Request& request, control::Wait wait);
    control::Reply ask(const Question& question);
    bool enter();
    void enter_or_queue(std::unique_ptr<Visit> visit);
    void leave();

    Engine& engine_;
    Alarms alarms_;
    std::mutex mutex_;
    std::atomic<bool> is_taken_ = false;  // let go under the mutex alone
    std::deque<std::unique_ptr<Visit>> queue_;
};

}  // namespace plocal::engine
