// Reads decimal numbers. Pure; the locale changes nothing.
#pragma once

#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include <system_error>

namespace plocal::base {

/// Reads a text that is a finite decimal number as a whole, such as "0.3" or "1e-4". Returns nothing for any other.
inline std::optional<double> parse_decimal(std::string_view text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_whole = error == std::errc{} && end == text.data() + text.size();
    return is_whole && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

}  // namespace plocal::base
