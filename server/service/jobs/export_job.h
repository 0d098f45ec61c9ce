// The work of a dataset export job: writes the rows that the dataset shows when the work begins to
// FOLDER/JOB NAME/part-00000.csv.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateDatasetExportJob.html
#pragma once

#include "server/service/jobs/job.h"
#include "server/service/jobs/job_world.h"
#include "storage/record.h"

namespace plocal::jobs {

/// Returns the job of a dataset export job. The world must outlive it.
Job export_job(const JobWorld& world, const storage::Record& record);

}  // namespace plocal::jobs
