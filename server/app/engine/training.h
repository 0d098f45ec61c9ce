// Trainings as jobs, off the world: only the reading of rows passes the gate, a page at a time. Other requests are
// answered meanwhile; those that need the model wait until it is kept.
#pragma once

#include <string>
#include <vector>

#include "server/local/world/world.h"
#include "server/service/jobs/job.h"
#include "server/service/jobs/queue.h"

namespace plocal::engine {

/// The kinds whose creation stands for a training.
std::vector<std::string> trained_kinds();

/// The makers of their jobs, which end once the model is kept. The world must outlive the jobs.
jobs::JobMakers training_makers(world::World& world);

/// The jobs that make the models that requests and trainings wait for.
class ModelJobs {
public:
    /// `made` gets the key of each model that is kept, or cannot be made. Both must outlive the jobs.
    ModelJobs(world::World& world, std::vector<std::string>& made) : world_(world), made_(made) {}

    /// Adds a job for each model that the runtime has begun since the last call. Without a queue the requests that wait
    /// make them.
    void begin(jobs::Queue* queue);

private:
    world::World& world_;
    std::vector<std::string>& made_;
};

}  // namespace plocal::engine
