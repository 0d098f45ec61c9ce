// The work of a dataset import job: reads CSV and stores its rows as one batch, which appears as a whole. What fails
// leaves the dataset as it was.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateDatasetImportJob.html
#pragma once

#include "server/service/jobs/job.h"
#include "server/service/jobs/job_world.h"
#include "storage/record.h"

namespace plocal::jobs {

/// Returns the job of a dataset import job. The world must outlive it.
Job import_job(const JobWorld& world, const storage::Record& record);

}  // namespace plocal::jobs
