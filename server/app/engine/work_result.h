// What becomes of the result of a job: stored with its resource, logged and counted. On the thread that owns the world.
#pragma once

#include <string>
#include <string_view>

#include "server/base/json.h"
#include "server/base/log.h"
#include "server/local/world/world.h"
#include "server/service/jobs/queue.h"
#include "server/service/lifecycle/timeline_work.h"
#include "storage/record.h"

namespace plocal::engine {

/// The result of work that is over. One that is made from nothing is a success without counts.
struct EndedWork {
    lifecycle::WorkResult result;
    base::Json members = base::Json::object();  // of the resource, decided by the work; stored with a success
};

EndedWork ended_work(const jobs::JobEnd& end);

/// Stores the result with the resource whose work it is, which may be changed by it. Throws SqlError.
void store_result(world::World& world, storage::Record& record, const EndedWork& work);

/// The job of a resource.
struct ResourceJob {
    std::string arn;
    std::string_view what;  // jobs::work_name of its kind
};

/// Logs and counts the end of a job.
void report_end(world::World& world, base::Log& log, const ResourceJob& job, const jobs::JobEnd& end);

}  // namespace plocal::engine
