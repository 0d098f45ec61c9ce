// A value cut to its output shape, as the compact JSON text that the service sends. Prunes, never refuses: what the
// shape does not name, what is null and what has the wrong type is left out. Pure.
#pragma once

#include <string>

#include "server/base/instant.h"
#include "server/base/json.h"
#include "server/model/shape.h"

namespace plocal::model {

/// The text of `value`. Moments inside it are integers, milliseconds since 1970, or
/// floats, seconds as an earlier rendering wrote them; the text has them as `moment` does.
/// Members come in the shape's order. A value that is itself of the wrong type is "{}".
std::string render(const Shape& shape, const base::Json& value);

/// A number as Java writes a double: `0.3`, `1.620828853579E9`, `3.773E-4`, `0.0`. Must be finite.
std::string java_double(double number);

/// A moment as the service writes it: seconds since 1970 as `java_double` (seen).
std::string moment(base::Instant instant);

}  // namespace plocal::model
