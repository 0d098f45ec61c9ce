// What is a solution version's own: it is a solution's, taken as it is now.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateSolutionVersion.html
#pragma once

#include "server/base/json.h"
#include "server/service/resources/create.h"

namespace plocal::operations {

/// The settings of its solution, an id that is made, or the name that it is given.
void complete_solution_version(resources::Creation& creation);

/// Has the making of a version end: at once where it has not begun yet. Throws ApiError and SqlError; needs a
/// transaction. https://docs.aws.amazon.com/personalize/latest/dg/API_StopSolutionVersionCreation.html
resources::Output stop_solution_version_creation(resources::Context& context, const base::Json& input);

/// Creates a version that starts at `moment`, as a solution with these members does by itself. Throws SqlError; needs a
/// transaction.
void create_automatic_version(resources::Context& context, const storage::Record& solution, const base::Json& members,
                              base::Instant moment);

}  // namespace plocal::operations
