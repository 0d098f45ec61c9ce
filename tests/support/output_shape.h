// Whether an answer is what the model says an operation answers. Pure.
#pragma once

#include <string>

#include "server/base/json.h"
#include "server/model/shape.h"

namespace plocal::support {

/// What is wrong with a value of this shape, at the first place that is: a member that nobody knows, one that is
/// missing, one of another type, a null. Empty where nothing is.
std::string find_misfit(const model::Shape& shape, const base::Json& value, const std::string& pointer = "");

}  // namespace plocal::support
