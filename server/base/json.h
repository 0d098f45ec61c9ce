// Reads and writes JSON. Pure.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

#include "server/base/json_value.h"

namespace plocal::base {

/// A text is not valid JSON, or is nested too deeply. what() is one line with the place: "line 3, column 7: ...".
class JsonError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The greatest depth of nested arrays and objects in a text.
inline constexpr std::size_t max_nesting = 64;

/// Reads one JSON value in UTF-8, followed by nothing but white space. Throws JsonError. Memory and time are linear in
/// the text's length, and the depth of the value is bounded by `most_nesting`: less where the text is part of another.
Json parse_json(std::string_view text, std::size_t most_nesting = max_nesting);

/// Returns JSON in one line. Bytes that are not UTF-8 become U+FFFD.
std::string json_text(const Json& json);

/// Returns the string value of an object's member. Returns null if `json` is not an object, and if the member is absent
/// or not a string. The result lives as long as `json`.
const std::string* text_member(const Json& json, std::string_view member);

/// Returns the value without null members and null elements, at any depth. The service treats an explicit null as an
/// absent value (seen at sibling services).
Json without_nulls(Json value);

}  // namespace plocal::base
