// What is a batch inference job's own: its creation. Describe and List are the verbs'.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateBatchInferenceJob.html
#pragma once

#include "server/model/json.h"
#include "server/operations/context.h"
#include "server/operations/verbs.h"

namespace plocal::operations {

/// Checks in the service's order (inferred): solution version, recipe, filter, theme, name, paths, tags. Answers
/// the new job's ARN. Throws ApiError. Needs a transaction.
Output create_batch_inference_job(Context& context, const model::Json& input);

}  // namespace plocal::operations
