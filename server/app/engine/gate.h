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

class Gate : public http::RequestHandler {
public:
    /// Alone uses the engine from here on, which must outlive it.
    explicit Gate(Engine& engine) : engine_(engine) {}

    /// From any thread.
    boost::asio::awaitable<protocol::Response> answer(const protocol::Request& request) override;
    std::size_t body_limit(std::string_view target) const override;

    /// From any thread: those who wait are told so.
    void stop() noexcept override;

    /// From any thread: how many wait at the moment.
    std::size_t waiting() const { return waiters_.count(); }

private:
    /// What is asked of the engine: an answer to a request, or one more look for somebody who waits.
    struct Question {
        const protocol::Request& request;
        const control::Wait* wait = nullptr;
        std::shared_ptr<Waiter> waiter;  // his, while he waits
    };

    /// A question that was left at the gate.
    class QueuedRequest {
    public:
        virtual ~QueuedRequest() = default;
        virtual void answer_in(Gate& gate) = 0;    // sends the answer to the thread that waits for it
        virtual void post_unlock(Gate& gate) = 0;  // has that thread do the rest
    };
    template <class Waiter>
    class QueuedRequestOf;
    struct Unlock;
    struct Queue;

    boost::asio::awaitable<control::Reply> queue(const Question& question);
    boost::asio::awaitable<protocol::Response> wait(const protocol::Request& request, control::Wait wait);
    control::Reply ask(const Question& question);
    bool try_lock();
    void lock_or_queue(std::unique_ptr<QueuedRequest> request);
    void unlock();

    Engine& engine_;
    Waiters waiters_;
    std::mutex mutex_;
    std::atomic<bool> is_locked_ = false;  // let go under the mutex alone
    std::deque<std::unique_ptr<QueuedRequest>> queue_;
};

}  // namespace plocal::engine
