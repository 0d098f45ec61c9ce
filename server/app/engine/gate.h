// The engine behind a lock that admits one request at a time, as the network's request handler. A request that finds
// the lock free runs on its own thread; one that finds it taken is queued, and the thread that holds the lock answers
// it before it unlocks. So an idle server changes no threads for a request, and a busy one has no thread that waits. (A
// thread of the engine's own costs a third more CPU a request at 64 connections on two cores.)
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "server/app/engine/engine.h"
#include "server/app/engine/event_streams.h"
#include "server/app/engine/long_bodies.h"
#include "server/app/engine/streams.h"
#include "server/app/engine/waiters.h"
#include "server/wire/http/request_handler.h"

namespace plocal::engine {

class Gate : public http::RequestHandler {
public:
    static constexpr std::uint64_t most_long_body_bytes = std::uint64_t{1} << 30U;

    /// From here on only the gate may use the engine, which must outlive it. `long_body_bytes` limits the bodies that
    /// may be too long for memory.
    explicit Gate(Engine& engine, std::uint64_t long_body_bytes = most_long_body_bytes,
                  const StreamLimits& stream_limits = {})
        : engine_(engine),
          long_bodies_(*this, engine.spool_place(), long_body_bytes),
          streams_(stream_limits),
          event_streams_(*this, streams_, [this](const EngineTask& task) { return run_soon(task); }) {}

    /// From any thread.
    boost::asio::awaitable<protocol::Response> answer(const protocol::Request& request) override;
    std::size_t body_limit(std::string_view target) const override;
    http::StreamHandler* stream_handler(const protocol::Request& request) override;

    /// Ends all waits and streams, now and from now on. From any thread.
    void stop() noexcept override;
    bool is_stopping() const { return waiters_.is_stopping(); }

    /// Runs a task on the engine, alone, and returns once it has run; rethrows what it throws. Blocks its thread: for
    /// threads of the job queue, never for one that serves requests or is inside the gate. Returns how long requests
    /// have been held up by it: nothing where none waits at its end, else how long it took.
    std::chrono::nanoseconds run(const EngineTask& task);

    /// Lets such tasks run on a thread of this executor until the gate stops: a thread of low priority that holds the
    /// gate would hold up all requests. The executor's context runs until then.
    void run_tasks_on(const boost::asio::any_io_executor& executor);

    /// How many requests wait for a change, and how many streams are open. From any thread.
    std::size_t waiting() const { return waiters_.count(); }
    std::size_t streams() const { return streams_.count(); }

private:
    /// A request to answer, or to check once more, or a task.
    struct Question {
        const protocol::Request* request = nullptr;
        Reading* reading = nullptr;  // of a request to a service, at first
        const EngineTask* task = nullptr;
        const control::Waiting* waiting = nullptr;  // what the request waits for; null at first
        std::shared_ptr<Waiter> waiter;             // set where `waiting` is
        bool is_stopping = false;
    };

    /// What was queued while the lock was taken.
    class QueuedRequest {
    public:
        virtual ~QueuedRequest() = default;
        virtual void answer_in(Gate& gate) = 0;    // runs it, and sends the result to the thread that waits for it
        virtual void post_unlock(Gate& gate) = 0;  // makes that thread unlock the gate
    };
    template <class Handler>
    class QueuedRequestOf;
    class QueuedTask;
    struct LockOrQueue {
        Gate& gate;
        std::unique_ptr<QueuedRequest> request;
        void operator()() { gate.lock_or_queue(std::move(request)); }
    };
    struct Unlock {
        Gate& gate;
        void operator()() const { gate.unlock(); }
    };
    struct Queue;

    boost::asio::awaitable<control::Reply> queue(const Question& question);
    boost::asio::awaitable<protocol::Response> wait(const protocol::Request& request, control::Waiting waiting);
    boost::asio::awaitable<void> run_soon(const EngineTask& task);
    control::Reply ask(const Question& question);
    void spread_changes();
    boost::asio::any_io_executor task_executor();
    std::chrono::nanoseconds run_task(const EngineTask& task);
    void lock_or_queue(std::unique_ptr<QueuedRequest> request);
    void unlock();

    Engine& engine_;
    LongBodies long_bodies_;
    Waiters waiters_;
    Streams streams_;
    EventStreams event_streams_;
    std::mutex mutex_;
    boost::asio::any_io_executor task_executor_;  // empty for none
    std::atomic<bool> is_locked_ = false;         // cleared under the mutex alone
    std::deque<std::unique_ptr<QueuedRequest>> queue_;
};

}  // namespace plocal::engine
