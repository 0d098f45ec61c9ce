// The tasks of threads that do not serve requests.
#include <exception>
#include <utility>

#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>

#include "server/app/engine/gate.h"
#include "server/app/engine/task_signal.h"

namespace plocal::engine {

namespace asio = boost::asio;

class Gate::QueuedTask : public QueuedRequest {
public:
    QueuedTask(const EngineTask& task, std::shared_ptr<TaskSignal> state) : task_(task), state_(std::move(state)) {}

    void answer_in(Gate& gate) override {
        try {
            state_->held_up = gate.run_task(task_);
        } catch (...) {
            state_->error = std::current_exception();
        }
        state_->send(TaskSignal::Kind::has_run);
    }

    void post_unlock(Gate& gate) override {
        if (gate.task_executor_) return asio::post(gate.task_executor_, Unlock{gate});
        state_->send(TaskSignal::Kind::must_unlock);
    }

private:
    const EngineTask& task_;
    std::shared_ptr<TaskSignal> state_;
};

std::chrono::nanoseconds Gate::run_task(const EngineTask& task) {
    const auto begin = std::chrono::steady_clock::now();
    task(engine_);
    spread_changes();
    const std::lock_guard lock(mutex_);
    return queue_.empty() ? std::chrono::nanoseconds() : std::chrono::steady_clock::now() - begin;
}

std::chrono::nanoseconds Gate::run(const EngineTask& task) {
    const auto state = std::make_shared<TaskSignal>();
    auto queued = std::make_unique<QueuedTask>(task, state);
    // The copy keeps the executor's context running.
    if (const asio::any_io_executor executor = task_executor()) {
        asio::post(executor, LockOrQueue{*this, std::move(queued)});
    } else {
        lock_or_queue(std::move(queued));
    }
    while (state->receive() == TaskSignal::Kind::must_unlock) unlock();
    if (state->error) std::rethrow_exception(state->error);
    return state->held_up;
}

asio::any_io_executor Gate::task_executor() {
    const std::lock_guard lock(mutex_);
    return task_executor_;
}

void Gate::run_tasks_on(const asio::any_io_executor& executor) {
    const std::lock_guard lock(mutex_);
    task_executor_ = asio::prefer(executor, asio::execution::outstanding_work.tracked);
}

}  // namespace plocal::engine
