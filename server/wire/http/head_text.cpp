#include "server/wire/http/head_text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace plocal::http {

void append_number(std::string& out, std::uint64_t number, int base) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, base).ptr;
    out.append(digits.data(), end);
}

void append_header(std::string& out, std::string_view name, std::string_view value) {
    out += name;
    out += ": ";
    const auto start = static_cast<std::ptrdiff_t>(out.size());
    out += value;
    std::replace_if(
        out.begin() + start, out.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
    out += "\r\n";
}

}  // namespace plocal::http
