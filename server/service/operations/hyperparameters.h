// Checks the hyperparameters of a solution against those of its recipe's algorithm and feature transformation. Pure.
// https://docs.aws.amazon.com/personalize/latest/dg/customizing-solution-config-hpo.html
#pragma once

#include "server/base/json.h"

namespace plocal::operations {

/// Checks `algorithmHyperParameters`, `featureTransformationParameters` and `hpoConfig` in the `solutionConfig` of a
/// solution, and that its recipe has something to tune if `performHPO` is true. Recipes that AWS does not have are not
/// checked. Throws ApiError (InvalidInputException).
void check_hyperparameters(const base::Json& solution);

}  // namespace plocal::operations
