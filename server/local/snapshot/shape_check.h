// A resource of a fixture held against the shape that AWS gives it.
#pragma once

#include <vector>

#include "server/base/json.h"
#include "server/model/shape.h"
#include "server/service/lifecycle/plan.h"

namespace plocal::snapshot {

/// Adds all that is wrong with `members` to `problems`: members that the shape does not name, timestamps, types, and
/// constraints, but for the name, which the service itself makes longer than it lets callers make it. Timestamps become
/// milliseconds; what has a wrong type or is no timestamp becomes null, so that all else can still be judged.
void check_shape(const model::Shape& shape, base::Json& members, std::vector<base::Problem>& problems);

}  // namespace plocal::snapshot
