// Reads JSON fast. For base/json.cpp alone. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "server/base/json_value.h"

namespace plocal::base {

/// Returns the value that `parse_json` returns for the text. Returns nothing where that throws, and may for a good text
/// that few clients send, such as one with a byte-order mark.
std::optional<Json> parse_good_json(std::string_view text, std::size_t most_nesting);

}  // namespace plocal::base
