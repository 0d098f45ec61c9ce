// The jobs that the program can do, by the kind of the resource whose status stands for the work.
#pragma once

#include <string>
#include <vector>

#include "server/app/engine/engine.h"
#include "server/service/jobs/job.h"

namespace plocal::app {

/// The kinds that job_makers() has, which the settings of a world name before there is an engine.
inline std::vector<std::string> working_kinds() {
    return engine::trained_kinds();
}

/// The table of makers, which may be used as long as the engine.
inline jobs::JobMakers job_makers(engine::Engine& engine) {
    return engine.training_makers();
}

}  // namespace plocal::app
