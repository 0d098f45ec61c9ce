// The hooks of solutions: recipe, automatic training and the latest version. On the thread that owns the store; every
// call may throw ApiError and SqlError.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateSolution.html
// https://docs.aws.amazon.com/personalize/latest/dg/API_UpdateSolution.html
#pragma once

#include "server/service/resources/create.h"
#include "server/service/resources/update.h"

namespace plocal::operations {

/// Requires a recipe without a domain, or AutoML, and a valid schedule. Automatic training is on by default.
void complete_solution(resources::Creation& creation);

/// Adds `latestSolutionVersion`, the newest version as List shows it.
void add_latest_version(resources::Context& context, const storage::Record& solution, base::Json& members);

/// Turns automatic training on or off, or changes its schedule.
void complete_solution_update(resources::Change& change);

}  // namespace plocal::operations
