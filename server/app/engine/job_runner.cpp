#include "server/app/engine/job_runner.h"

namespace plocal::engine {

JobRunner::JobRunner(Gate& gate, jobs::Queue& queue) : queue_(queue) {
    const auto run_in_world = [&gate](const jobs::WorldTask& task) {
        if (gate.is_stopping()) return false;
        gate.run([&task](Engine& engine) {
            task(engine.store());
            engine.work().begin_models();
        });
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
