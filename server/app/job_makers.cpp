#include "server/app/job_makers.h"

#include "server/app/engine/training.h"
#include "server/service/jobs/object_jobs.h"

namespace plocal::app {

std::vector<std::string> working_kinds(bool has_objects) {
    std::vector<std::string> kinds = engine::trained_kinds();
    if (!has_objects) return kinds;
    for (std::string& kind : jobs::object_job_kinds()) kinds.push_back(std::move(kind));
    return kinds;
}

jobs::JobMakers job_makers(engine::Engine& engine, s3::ObjectStore* objects) {
    jobs::JobMakers makers = engine.training_makers();
    if (objects != nullptr) makers.merge(engine.object_makers(*objects));
    return makers;
}

jobs::QueueLimits queue_limits(bool has_objects) {
    jobs::QueueLimits limits;
    // A job may wait for its store for long. One thread is left to make the models that requests wait for.
    if (has_objects) limits.threads = static_cast<unsigned>(limits.most_begun) + 1;
    return limits;
}

}  // namespace plocal::app
