#include "server/base/text.h"

namespace plocal::base {

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return !is_utf8_continuation(c); }));
}

std::string_view utf8_prefix(std::string_view text, std::size_t most_bytes) {
    if (text.size() <= most_bytes) return text;
    while (most_bytes > 0 && is_utf8_continuation(text[most_bytes])) --most_bytes;
    return text.substr(0, most_bytes);
}

std::string hexadecimal(std::uint64_t number, int digits) {
    std::string text;
    for (int digit = digits - 1; digit >= 0; --digit) text += hexadecimal_digits[(number >> (4 * digit)) & 0xFU];
    return text;
}

}  // namespace plocal::base
