// The hook and the operations of solution versions: a version copies its solution's settings when it is created. On the
// thread that owns the store.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateSolutionVersion.html
#pragma once

#include "server/base/json.h"
#include "server/service/resources/create.h"

namespace plocal::operations {

/// Copies the solution's settings. The id is the given name, or generated. Throws ApiError and SqlError.
void complete_solution_version(resources::Creation& creation);

/// Stops the creation of a version: at once while it is pending, else with a transition. Throws ApiError and SqlError;
/// needs a transaction. https://docs.aws.amazon.com/personalize/latest/dg/API_StopSolutionVersionCreation.html
resources::Output stop_solution_version_creation(resources::Context& context, const base::Json& input);

/// Creates a version at `moment` for the automatic training of a solution with these members. Throws SqlError; needs a
/// transaction.
void create_automatic_version(resources::Context& context, const storage::Record& solution, const base::Json& members,
                              base::Instant moment);

}  // namespace plocal::operations
