// What is a dataset group's own.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateDatasetGroup.html
#pragma once

#include "server/service/resources/create.h"

namespace plocal::operations {

/// A KMS key needs a role that may use it; a domain is answered too (seen).
void complete_dataset_group(resources::Creation& creation);

}  // namespace plocal::operations
