// Checks outputs against the model. Pure.
#pragma once

#include <string>

#include "server/base/json.h"
#include "server/model/shape.h"

namespace plocal::support {

/// Describes the first place where a value does not fit the shape: an unknown member, a missing one, one of another
/// type, or a null. Empty if the value fits.
std::string find_misfit(const model::Shape& shape, const base::Json& value, const std::string& pointer = "");

}  // namespace plocal::support
