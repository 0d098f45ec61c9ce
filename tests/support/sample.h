// Values made from shapes: what a client could send, or a server answer, as the model has it. Pure; the same each time.
#pragma once

#include <cstddef>
#include <string>

#include "server/base/json.h"
#include "server/model/shape.h"

namespace plocal::support {

/// The least that satisfies the shape: required members alone, containers as empty as they may be.
base::Json valid_input(const model::Shape& shape);

/// Satisfies the shape with every member there is, at every depth; one element in each list, one entry in each map.
base::Json full_input(const model::Shape& shape);

/// A text of so many characters that matches the shape's pattern; longer where the pattern needs more. Length bounds
/// are not looked at. Of an enum the first value, whatever the length.
std::string text_of(const model::Shape& shape, std::size_t length);

}  // namespace plocal::support
