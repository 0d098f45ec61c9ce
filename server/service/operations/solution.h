// What is a solution's own.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateSolution.html
// https://docs.aws.amazon.com/personalize/latest/dg/API_UpdateSolution.html
#pragma once

#include "server/service/resources/create.h"
#include "server/service/resources/update.h"

namespace plocal::operations {

/// A custom recipe, unless AutoML picks it; trains by itself, unless told not to.
void complete_solution(resources::Creation& creation);

/// The newest of its versions, as their List shows it.
void add_latest_version(resources::Context& context, const storage::Record& solution, base::Json& members);

/// Trains by itself from now on, or no more, or by another schedule.
void complete_solution_update(resources::Change& change);

}  // namespace plocal::operations
