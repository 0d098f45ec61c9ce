#include "server/app/engine/object_work.h"

#include "server/local/control/service_context.h"
#include "server/model/service.h"
#include "server/service/jobs/object_jobs.h"

namespace plocal::engine {

jobs::JobMakers object_makers(world::World& world, s3::ObjectStore& objects) {
    const auto with_context = [&world](const jobs::JobWorld::ContextTask& task) {
        control::ServiceContext service(world, model::personalize_runtime().operations().front());
        task(service.context(), world.runtime());
    };
    return jobs::object_job_makers({objects, with_context});
}

}  // namespace plocal::engine
