// The one JSON value of the program, and the one way to read it from text.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace plocal::base {

/// Keeps members in the order in which they came. Of a member given twice the last counts.
using Json = nlohmann::ordered_json;

/// Why a text is no JSON, or too deep: one line that says what and where ("line 3, column 7: ...").
class JsonError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// How deep arrays and objects may be nested in anything that comes from outside.
inline constexpr std::size_t max_nesting = 64;

/// Reads one JSON value (UTF-8, nothing behind it but white space); throws JsonError. Recursion, memory and time are
/// bounded by the text's length.
Json parse_json(std::string_view text);

/// The text of an object's member. Null where the member is absent or not a text, and for what is no object. Lives as
/// long as `json`.
const std::string* text_member(const Json& json, std::string_view member);

/// The value without members and elements that are null: an explicit null is as good as nothing (seen at siblings).
Json without_nulls(Json value);

}  // namespace plocal::base
