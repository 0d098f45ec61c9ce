// The hooks of batch inference and batch segment jobs: recipe, filter, paths and theme generation. On the thread that
// owns the store; every call may throw ApiError and SqlError.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateBatchInferenceJob.html
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateBatchSegmentJob.html
#pragma once

#include <string>

#include "server/service/resources/create.h"
#include "server/service/resources/lookup.h"
#include "storage/record.h"

namespace plocal::operations {

/// Check, in the service's order (inferred), solution version, recipe, filter and theme. Set the default members.
void complete_batch_inference_job(resources::Creation& creation);
void complete_batch_segment_job(resources::Creation& creation);

/// Requires that both paths are S3 paths and differ.
void check_batch_paths(resources::Creation& creation);

/// Returns the dataset group of the solution version if the filter belongs to another one and so must not be used with
/// it. Returns "" if they fit, and if the dataset group of one of them is unknown.
std::string foreign_group_of(const storage::Record& filter, const storage::Record& solution_version,
                             const resources::FindRecord& find);

}  // namespace plocal::operations
