// Trainings that a test runs step by step in a world without threads: a queue connected directly to the engine.
#pragma once

#include <cstddef>

#include "server/app/engine/training.h"
#include "server/service/jobs/queue.h"
#include "tests/support/world.h"

namespace plocal::support {

class HandTraining {
public:
    /// From now on models are made by jobs. The world must outlive this object.
    explicit HandTraining(World& world) : queue_(world.engine().training_makers(), {.threads = 0}) {
        queue_.connect({[&world](const jobs::WorldTask& task) {
                            task(world.store());
                            world.engine().work().begin_models();
                            return true;
                        },
                        [&world](const jobs::JobEnd& end) { world.engine().work().finish(end); }, [] {}});
        world.engine().work().connect(queue_);
    }

    /// The settings of a world in which creations start trainings.
    static resources::ServiceSettings settings() {
        resources::ServiceSettings settings;
        settings.working_kinds = engine::trained_kinds();
        return settings;
    }

    /// Runs one slice of the next job. Returns false if no job is queued.
    bool step() { return queue_.run_slice(); }

    /// Runs all jobs to their ends. Returns how many slices they took.
    std::size_t run() {
        std::size_t slices = 0;
        while (step()) ++slices;
        return slices;
    }

    std::size_t in_queue() const { return queue_.size(); }

private:
    jobs::Queue queue_;
};

}  // namespace plocal::support
