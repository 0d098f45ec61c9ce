// The jobs that the program can do, by the kind of the resource whose status stands for the work.
#pragma once

#include <string>
#include <vector>

#include "server/app/engine/engine.h"
#include "server/service/jobs/job.h"
#include "server/service/jobs/queue.h"
#include "server/service/s3/object_store.h"

namespace plocal::app {

/// The kinds that job_makers() has, which the settings of a world name before there is an engine.
std::vector<std::string> working_kinds(bool has_objects);

/// The table of makers, which may be used as long as the engine and the objects, null for none.
jobs::JobMakers job_makers(engine::Engine& engine, s3::ObjectStore* objects);

/// As many threads as the jobs can use.
jobs::QueueLimits queue_limits(bool has_objects);

}  // namespace plocal::app
