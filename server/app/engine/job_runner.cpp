#include "server/app/engine/job_runner.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace plocal::engine {
namespace {

constexpr std::chrono::nanoseconds longest_pause = std::chrono::milliseconds(20);

}  // namespace

JobRunner::JobRunner(Gate& gate, jobs::Queue& queue) : queue_(queue) {
    const auto run_in_world = [&gate](const jobs::WorldTask& task) {
        if (gate.is_stopping()) return false;
        const std::chrono::nanoseconds held_up = gate.run([&task](Engine& engine) {
            task(engine.store());
            engine.work().begin_models();
        });
        // Requests that come faster than the gate lets them through wait longer and longer, so jobs leave it to them
        // ten times as long.
        if (held_up.count() > 0) std::this_thread::sleep_for(std::min(10 * held_up, longest_pause));
        return true;
    };
    const auto report = [&gate](const jobs::JobEnd& end) {
        gate.run([&end](Engine& engine) { engine.work().finish(end); });
    };
    const auto on_alarm = [&gate] { gate.run([](Engine& engine) { engine.work().run_due(); }); };
    queue_.connect({run_in_world, report, on_alarm});
    gate.run([&queue](Engine& engine) { engine.work().connect(queue); });
    queue_.start();
}

JobRunner::~JobRunner() {
    queue_.stop();
}

}  // namespace plocal::engine
