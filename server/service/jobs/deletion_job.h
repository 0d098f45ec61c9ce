// The work of a data deletion job: takes the rows of users from the datasets of a group, from all versions of them that
// something trained may know, and from the models in memory. Input that cannot be read deletes nothing.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateDataDeletionJob.html
#pragma once

#include "server/service/jobs/job.h"
#include "server/service/jobs/job_world.h"
#include "storage/record.h"

namespace plocal::jobs {

/// Returns the job of a data deletion job. The world must outlive it.
Job deletion_job(const JobWorld& world, const storage::Record& record);

}  // namespace plocal::jobs
