// The two functions by which a job queue reaches the world, both through the gate, and the life of the queue's threads.
#pragma once

#include "server/app/engine/gate.h"
#include "server/service/jobs/queue.h"

namespace plocal::engine {

class JobRunner {
public:
    /// Connects the queue with the engine behind the gate, begins the work that has begun, and starts the queue's
    /// threads. Both must outlive this, and the queue the engine's last request. To be made before the first request.
    JobRunner(Gate& gate, jobs::Queue& queue);
    JobRunner(const JobRunner&) = delete;
    JobRunner& operator=(const JobRunner&) = delete;

    /// Aborts all jobs, whose work starts again after a restart, and ends the threads.
    ~JobRunner();

private:
    jobs::Queue& queue_;
};

}  // namespace plocal::engine
