// Trainings, and jobs that read and write objects, that a test runs step by step in a world without threads: a queue
// connected directly to the engine.
#pragma once

#include <cstddef>

#include "server/app/job_makers.h"
#include "server/service/jobs/queue.h"
#include "server/service/s3/object_store.h"
#include "tests/support/world.h"

namespace plocal::support {

class HandJobs {
public:
    /// From now on models are made by jobs, and other jobs use these objects, null for none. Both must outlive this
    /// object.
    explicit HandJobs(World& world, s3::ObjectStore* objects = nullptr)
        : queue_(app::job_makers(world.engine(), objects), {.threads = 0}) {
        queue_.connect({[&world](const jobs::WorldTask& task) {
                            task(world.store());
                            world.engine().work().begin_models();
                            return true;
                        },
                        [&world](const jobs::JobEnd& end) { world.engine().work().finish(end); }, [] {}});
        world.engine().work().connect(queue_);
    }

    /// The settings of a world in which creations start trainings, and other jobs if there are objects.
    static resources::ServiceSettings settings(bool has_objects = false) {
        resources::ServiceSettings settings;
        settings.working_kinds = app::working_kinds(has_objects);
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
