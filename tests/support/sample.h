// Builds values from shapes, as a client could send or a server could return them. Pure and deterministic.
#pragma once

#include <cstddef>
#include <string>

#include "server/base/json.h"
#include "server/model/shape.h"

namespace plocal::support {

/// The smallest value that satisfies the shape: only required members, and containers as empty as allowed.
base::Json valid_input(const model::Shape& shape);

/// A value with every member of the shape at every depth, one element in each list and one entry in each map.
base::Json full_input(const model::Shape& shape);

/// A text of `length` characters that matches the pattern of the shape, or a longer one if the pattern needs it. Length
/// bounds are ignored. For an enum the first value, whatever the length.
std::string text_of(const model::Shape& shape, std::size_t length);

}  // namespace plocal::support
