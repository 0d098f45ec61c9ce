// The hook of dataset groups. On the thread that owns the store.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateDatasetGroup.html
#pragma once

#include "server/service/resources/create.h"

namespace plocal::operations {

/// Requires a role if a KMS key is given. Create also returns the domain (seen). Throws ApiError.
void complete_dataset_group(resources::Creation& creation);

}  // namespace plocal::operations
