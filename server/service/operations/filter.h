// What is a filter's own: its expression.
// https://docs.aws.amazon.com/personalize/latest/dg/filter-expressions.html
#pragma once

#include "server/service/resources/create.h"

namespace plocal::operations {

/// An expression that can be read, on columns that the group's datasets have.
void complete_filter(resources::Creation& creation);

}  // namespace plocal::operations
