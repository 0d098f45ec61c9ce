// Pieces of the text of HTTP heads. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace plocal::http {

/// Appends the digits of a number; `base` is 10 or 16.
void append_number(std::string& out, std::uint64_t number, int base = 10);

/// Appends "name: value\r\n". Line breaks and NUL within the value become spaces, so that a value cannot end its line.
void append_header(std::string& out, std::string_view name, std::string_view value);

}  // namespace plocal::http
