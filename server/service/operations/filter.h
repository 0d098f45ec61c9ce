// The hook of filters: their expression. On the thread that owns the store.
// https://docs.aws.amazon.com/personalize/latest/dg/filter-expressions.html
#pragma once

#include "server/service/resources/create.h"

namespace plocal::operations {

/// Requires a valid expression, on columns of the group's datasets, within the quota of fields. Throws ApiError and
/// SqlError.
void complete_filter(resources::Creation& creation);

}  // namespace plocal::operations
