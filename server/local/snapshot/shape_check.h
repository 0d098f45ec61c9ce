// Checks a resource of a fixture against its shape in the model of AWS. Pure.
#pragma once

#include <vector>

#include "server/base/json.h"
#include "server/base/problem.h"
#include "server/model/shape.h"

namespace plocal::snapshot {

/// Adds all that is wrong with `members` to `problems`: unknown members, timestamps, types and constraints. The name
/// may break its constraint, because the service makes names that are longer than it accepts. Timestamps become
/// milliseconds. A value of a wrong type becomes null, so that the rest can still be checked.
void check_shape(const model::Shape& shape, base::Json& members, std::vector<base::Problem>& problems);

}  // namespace plocal::snapshot
