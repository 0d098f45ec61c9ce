// Writes a value as the compact JSON text that the service sends. Never fails: leaves out members that the shape does
// not have, null values and values of the wrong type. Pure.
#pragma once

#include <string>
#include <string_view>

#include "server/base/instant.h"
#include "server/base/json.h"
#include "server/model/shape.h"

namespace plocal::model {

/// Returns the text of `value`, members in the shape's order. Returns "{}" if `value` itself has the wrong type. A
/// timestamp is an integer, in milliseconds since 1970, or a float, in seconds since 1970 as an earlier rendering wrote
/// it; the text has it as `timestamp_text` writes it.
std::string render(const Shape& shape, const base::Json& value);

/// Appends a text as JSON has it, in quotes.
void append_json_text(std::string_view text, std::string& out);

/// Returns a number as Java prints a double: `0.3`, `1.620828853579E9`, `3.773E-4`, `0.0`. The number must be finite.
std::string java_double(double number);

/// Returns a time as the service writes it: seconds since 1970 as `java_double` (seen).
std::string timestamp_text(base::Instant instant);

}  // namespace plocal::model
