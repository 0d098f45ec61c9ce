// Connects the jobs that read and write objects with the world.
#pragma once

#include "server/local/world/world.h"
#include "server/service/jobs/job.h"
#include "server/service/s3/object_store.h"

namespace plocal::engine {

/// The makers of such jobs. World and objects must outlive the jobs.
jobs::JobMakers object_makers(world::World& world, s3::ObjectStore& objects);

}  // namespace plocal::engine
