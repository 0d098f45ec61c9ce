// The forms of rows by their media types, as requests name them in Content-Type and Accept. Pure.
#pragma once

#include <string_view>

#include "server/service/data/row_formats.h"

namespace plocal::control {

/// Returns "text/csv", "application/x-ndjson" or "application/json".
std::string_view media_type(data::RowFormat format);

/// Returns the form of a body. Without a type it is JSON, as it is under the type that curl and browsers give to any
/// body that has no other. Throws ControlError: 415 for any other type.
data::RowFormat format_of_body(std::string_view content_type);

/// Returns the form that the value of Accept prefers; JSON where it is empty. Throws ControlError: 406 where it takes
/// none of the three.
data::RowFormat format_of_answer(std::string_view accept);

}  // namespace plocal::control
