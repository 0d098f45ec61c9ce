// BatchInferenceJob: lines of users, items or lists of items become lines of recommendations. On threads of the queue.
// https://docs.aws.amazon.com/personalize/latest/dg/batch-data-upload.html
#pragma once

#include "server/service/jobs/job.h"
#include "server/service/jobs/job_world.h"
#include "storage/record.h"

namespace plocal::jobs {

/// Returns the job of a resource of the kind batchInferenceJob. The world must outlive it.
Job inference_job(const JobWorld& world, const storage::Record& record);

}  // namespace plocal::jobs
