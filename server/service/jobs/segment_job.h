// BatchSegmentJob: lines of items or of attributes of items become lines of users. On threads of the queue.
// https://docs.aws.amazon.com/personalize/latest/dg/creating-batch-seg-job.html
#pragma once

#include "server/service/jobs/job.h"
#include "server/service/jobs/job_world.h"
#include "storage/record.h"

namespace plocal::jobs {

/// Returns the job of a resource of the kind batchSegmentJob. The world must outlive it.
Job segment_job(const JobWorld& world, const storage::Record& record);

}  // namespace plocal::jobs
