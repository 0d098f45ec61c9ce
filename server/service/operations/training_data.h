// Whether a dataset group has what a model is trained on.
// https://docs.aws.amazon.com/personalize/latest/dg/how-it-works.html, and each recipe's own page
#pragma once

#include "server/base/json.h"
#include "server/service/resources/context.h"

namespace plocal::operations {

/// Of a solution or a recommender: the datasets that its recipe needs, with data. A group that came with the fixtures
/// and has no datasets at all is taken to have them, and so is every group under lenient references. Throws ApiError:
/// ResourceInUseException while data is on its way, InvalidInputException where there is none.
void require_data(resources::Context& context, const base::Json& members);

}  // namespace plocal::operations
