// Refuses a schema with one sentence: the place, what was expected and what was found. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "server/model/api_error.h"

namespace plocal::languages {

/// Throws model::ApiError("InvalidInputException"). `place` is empty for the schema as a whole.
[[noreturn]] void refuse_schema(std::string_view place, std::string_view expected, std::string_view found,
                                std::string_view why, model::Evidence evidence);

/// Returns "/fields/3/type (GENRES)", without the parts that are empty.
std::string field_place(std::size_t index, std::string_view member = {}, std::string_view field = {});

}  // namespace plocal::languages
