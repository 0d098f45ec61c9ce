// A request's body as the input of an operation, and its media type: alike in both wire protocols. Pure.
#pragma once

#include <string>
#include <string_view>

#include "server/base/json.h"

namespace plocal::protocol {

/// An empty body is an empty object. Throws ApiError (SerializationException) for what is not one JSON object.
base::Json read_body(std::string_view body);

/// A content type without its parameters, in lower case.
std::string media_type(std::string_view content_type);

}  // namespace plocal::protocol
