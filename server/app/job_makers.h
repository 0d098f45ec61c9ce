// The jobs that the program can do, by the kind of the resource whose status stands for the work.
#pragma once

#include "server/service/jobs/job.h"

namespace plocal::app {

/// The table of makers. Empty: no kind stands for work, so every status ends by its plan alone.
inline jobs::JobMakers job_makers() {
    return {};
}

}  // namespace plocal::app
