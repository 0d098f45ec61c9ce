// Generates the training metrics of models: drawn by the seed, within the ranges seen at the service.
// https://docs.aws.amazon.com/personalize/latest/dg/working-with-training-metrics.html
#pragma once

#include <string_view>

#include "server/base/json.h"
#include "server/base/random.h"
#include "server/service/resources/context.h"

namespace plocal::operations {

/// Returns the metrics of a model of this recipe, by name, to four decimals. Pure.
base::Json metrics_of(std::string_view recipe_arn, base::RandomKey key);

/// Returns the metrics of the solution version that the input names. On the thread that owns the store. Throws ApiError
/// (ResourceInUseException while it is in training, InvalidInputException if the training failed or was stopped) and
/// SqlError.
resources::Output get_solution_metrics(resources::Context& context, const base::Json& input);

}  // namespace plocal::operations
