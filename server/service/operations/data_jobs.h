// The hooks of the jobs that import, export and delete data. On the thread that owns the store; every call may throw
// ApiError.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateDatasetImportJob.html
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateDatasetExportJob.html
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateDataDeletionJob.html
#pragma once

#include "server/service/resources/create.h"

namespace plocal::operations {

/// The import mode defaults to FULL.
void complete_dataset_import_job(resources::Creation& creation);

/// The ingestion mode defaults to PUT. Datasets of actions and of action interactions are refused.
void complete_dataset_export_job(resources::Creation& creation);

/// Draws the number of deleted rows by the seed, where no job deletes them.
void complete_data_deletion_job(resources::Creation& creation);

/// Require a valid S3 path.
void check_data_location(resources::Creation& creation);
void check_export_location(resources::Creation& creation);

}  // namespace plocal::operations
