// Letter case, digits and UTF-8 of texts. Only ASCII letters have a case: the locale changes nothing. Pure.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace plocal::base {

constexpr char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

inline std::string lower(std::string_view text) {
    std::string out(text);
    for (char& letter : out) letter = lower(letter);
    return out;
}

constexpr char upper(char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

inline std::string upper(std::string_view text) {
    std::string out(text);
    for (char& letter : out) letter = upper(letter);
    return out;
}

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

constexpr bool is_letter(char c) {
    return lower(c) >= 'a' && lower(c) <= 'z';
}

constexpr bool is_letter_or_digit(char c) {
    return is_digit(c) || is_letter(c);
}

/// Returns the text with its first letter in upper case. The text must not be empty.
inline std::string with_capital(std::string_view text) {
    std::string out(text);
    out.front() = upper(out.front());
    return out;
}

/// Removes the part before the first separator from the text, with the separator, and returns it. Without a separator
/// that is the whole text.
constexpr std::string_view take_part(std::string_view& text, char separator) {
    const std::string_view part = text.substr(0, text.find(separator));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    return part;
}

/// Reads a text that is a number as a whole. Returns nothing for any other text, and for a number that does not fit.
template <typename Number>
std::optional<Number> parse_number(std::string_view text, int base = 10) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// Returns true if the texts are equal when the case of letters is ignored.
inline bool is_same_in_any_case(std::string_view one, std::string_view other) {
    return std::ranges::equal(one, other, [](char a, char b) { return lower(a) == lower(b); });
}

/// Returns true for a byte that continues a UTF-8 character, false for the first byte of one.
constexpr bool is_utf8_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// Returns the number of characters in a UTF-8 text.
std::size_t code_points(std::string_view text);

/// Returns the length of the well-formed UTF-8 character at the front of a text, or 0. The text must not be empty.
std::size_t utf8_character_bytes(std::string_view text);

/// Returns true if the text is well-formed UTF-8.
bool is_utf8(std::string_view text);

/// Returns the longest prefix of at most `most_bytes` bytes that ends between two UTF-8 characters.
std::string_view utf8_prefix(std::string_view text, std::size_t most_bytes);

inline constexpr std::string_view hexadecimal_digits = "0123456789abcdef";

/// Returns the lowest `digits` hexadecimal digits of a number, with leading zeros, in lower case.
std::string hexadecimal(std::uint64_t number, int digits);

}  // namespace plocal::base
