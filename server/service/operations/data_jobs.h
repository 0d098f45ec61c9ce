// What is their own of the jobs that move a dataset group's data: imports, exports and deletions.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateDatasetImportJob.html
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateDatasetExportJob.html
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateDataDeletionJob.html
#pragma once

#include "server/service/resources/create.h"

namespace plocal::operations {

/// All of the data, where nothing else is said.
void complete_dataset_import_job(resources::Creation& creation);

/// What was put in one by one, where nothing else is said.
void complete_dataset_export_job(resources::Creation& creation);

void complete_data_deletion_job(resources::Creation& creation);

/// That the S3 path is one.
void check_data_location(resources::Creation& creation);
void check_export_location(resources::Creation& creation);

}  // namespace plocal::operations
