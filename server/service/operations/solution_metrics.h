// How well a model does, in figures that follow from the seed and lie where those of the service were seen.
// https://docs.aws.amazon.com/personalize/latest/dg/working-with-training-metrics.html
#pragma once

#include <string_view>

#include "server/base/json.h"
#include "server/base/random.h"
#include "server/service/resources/context.h"

namespace plocal::operations {

/// The metrics of a model of this recipe, by name, to four decimals. Pure.
base::Json metrics_of(std::string_view recipe_arn, base::RandomKey draw);

/// Those of the solution version that the input names. Throws ApiError: ResourceInUseException while it is trained,
/// InvalidInputException where that came to nothing; SqlError.
resources::Output get_solution_metrics(resources::Context& context, const base::Json& input);

}  // namespace plocal::operations
