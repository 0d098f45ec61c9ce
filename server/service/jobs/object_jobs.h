// The jobs that read and write objects, by the kind of their resource.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/service/jobs/job.h"
#include "server/service/jobs/job_world.h"

namespace plocal::jobs {

/// The kinds whose creation stands for such a job.
std::vector<std::string> object_job_kinds();

/// What the job of a resource of this kind does, in a word for people ("import"); "training" for any other kind.
std::string_view work_name(std::string_view kind);

/// The makers of such jobs. The store of the world must outlive the jobs, and the makers too.
JobMakers object_job_makers(JobWorld world);

}  // namespace plocal::jobs
