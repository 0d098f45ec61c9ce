// What is their own of batch inference and batch segment jobs: the recipe that fits, paths, themes.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateBatchInferenceJob.html
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateBatchSegmentJob.html
#pragma once

#include <string>

#include "server/service/resources/create.h"
#include "server/service/resources/lookup.h"
#include "storage/record.h"

namespace plocal::operations {

/// Checks in the service's order (inferred): solution version, recipe, filter, theme.
void complete_batch_inference_job(resources::Creation& creation);
void complete_batch_segment_job(resources::Creation& creation);

/// That the paths are of S3, and not one and the same.
void check_batch_paths(resources::Creation& creation);

/// The dataset group that a solution version belongs to, if a filter belongs to another one, and so must not be used
/// with it. Empty where they fit, and where nothing says what one of them belongs to.
std::string foreign_group_of(const storage::Record& filter, const storage::Record& solution_version,
                             const resources::FindRecord& find);

}  // namespace plocal::operations
