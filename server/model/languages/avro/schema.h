// Reads the Avro text of a schema and checks it against the developer guide. Accepts everything that the guide does not
// mention. Pure.
#pragma once

#include <string_view>

#include "server/model/languages/avro/record.h"

namespace plocal::languages {

/// `domain` is "ECOMMERCE", "VIDEO_ON_DEMAND" or empty. Throws model::ApiError("InvalidInputException") for the first
/// error, with its place as a JSON pointer and a field's name, what was expected and what was found.
AvroSchema parse_avro_schema(std::string_view text, std::string_view domain);

}  // namespace plocal::languages
