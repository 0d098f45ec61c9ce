// Prints values as Java does, which is how the service's messages show them. Pure.
#pragma once

#include <string>

#include "server/base/json.h"
#include "server/model/shape.h"

namespace plocal::model {

/// Returns `a` for a string, `0.5` for a double, `[a, b]`, `{k=v}`, `Tag(tagKey=a, tagValue=null)`. A structure shows
/// all members, in the shape's order. The value must have no type clash.
std::string java_text(const Shape& shape, const base::Json& value);

/// Returns a bound of the shape: `100` for lengths and integers, `1.0` for doubles.
std::string java_bound(const Shape& shape, double bound);

}  // namespace plocal::model
