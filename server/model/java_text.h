// Values as the service's sentences show them: the way Java prints them. Pure.
#pragma once

#include <string>

#include "server/base/json.h"
#include "server/model/shape.h"

namespace plocal::model {

/// `a` for a string, `0.5` for a double, `[a, b]`, `{k=v}`, `Tag(tagKey=a, tagValue=null)`: all of a structure's
/// members in the shape's order. The value must be free of type clashes.
std::string java_text(const Shape& shape, const base::Json& value);

/// A bound of the shape: `100` for lengths and integers, `1.0` for doubles.
std::string java_bound(const Shape& shape, double bound);

}  // namespace plocal::model
