// Small questions about texts. Letters are ASCII's: the machine's locale changes nothing. Pure.
#pragma once

#include <algorithm>
#include <charconv>
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

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

constexpr bool is_letter_or_digit(char c) {
    return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z');
}

inline std::string upper(std::string_view text) {
    std::string out(text);
    for (char& letter : out) letter = upper(letter);
    return out;
}

/// The text with its first letter in upper case; must not be empty.
inline std::string with_capital(std::string_view text) {
    std::string out(text);
    out.front() = upper(out.front());
    return out;
}

/// The number that the whole text is. Nothing for any other text, and for a number that does not fit.
template <typename Number>
std::optional<Number> parse_number(std::string_view text, int base = 10) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// Whether the texts differ in the case of letters at most.
inline bool is_same_in_any_case(std::string_view one, std::string_view other) {
    return std::ranges::equal(one, other, [](char a, char b) { return lower(a) == lower(b); });
}

}  // namespace plocal::base
