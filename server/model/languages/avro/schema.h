// Reads the Avro text that CreateSchema is given, and holds it against what the developer guide asks of a schema.
// Anything that the guide does not speak of is let through. Pure.
#pragma once

#include <string_view>

#include "server/model/languages/avro/record.h"

namespace plocal::languages {

/// `domain` is "ECOMMERCE", "VIDEO_ON_DEMAND" or empty. Throws model::ApiError("InvalidInputException") for the first
/// thing amiss: where it stands, as a JSON pointer and the field's name, what was expected and what was found.
AvroSchema parse_avro_schema(std::string_view text, std::string_view domain);

}  // namespace plocal::languages
