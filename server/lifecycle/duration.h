// Durations as people write them: a whole number and a unit, `250ms`, `2s`, `5m`, `1h`. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace plocal::lifecycle {

/// Where a text is none: what is expected, to be put behind "expected ".
inline constexpr std::string_view duration_form = "a duration such as 250ms, 2s, 5m or 1h, of 100 years at most";

/// The duration that a text says; nothing where it says none, or one beyond 100 years.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// In the largest unit that divides it: 90 s is `90s`, 2 min is `2m`.
std::string duration_text(std::chrono::milliseconds duration);

}  // namespace plocal::lifecycle
