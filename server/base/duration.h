// Reads and writes durations: whole numbers with units, the largest first, such as `250ms`, `2s`, `1h30m`, `22d`. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace plocal::base {

/// Describes a valid duration. Messages put it behind "expected ".
inline constexpr std::string_view duration_form = "a duration such as 250ms, 2s, 1h30m or 22d, of 100 years at most";

/// Returns nothing for a text that is not a duration, and for a duration longer than 100 years.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// A duration that is drawn for each use, evenly between `from` and `to`, both included. In a plain duration both are
/// equal.
struct DurationRange {
    DurationRange() = default;
    DurationRange(std::chrono::milliseconds only) : from(only), to(only) {}
    DurationRange(std::chrono::milliseconds least, std::chrono::milliseconds most) : from(least), to(most) {}

    std::chrono::milliseconds from{};
    std::chrono::milliseconds to{};

    /// Returns the duration at a fraction of the range. `fraction` must be in [0..1).
    std::chrono::milliseconds at(double fraction) const;

    bool operator==(const DurationRange&) const = default;
};

/// Describes a valid range. Messages put it behind "expected ".
inline constexpr std::string_view duration_range_form =
    "a duration such as 250ms, 2s, 1h30m or 22d, or a range such as 20m..40m, of 100 years at most";

/// Reads one duration, or two with `..` between them, the smaller first. Returns nothing for any other text.
std::optional<DurationRange> parse_duration_range(std::string_view text);

/// Returns the text that `parse_duration_range` reads back to the same range.
std::string duration_range_text(const DurationRange& range);

/// Returns the text in the largest unit up to hours that divides the duration: 90 s is `90s`, 2 min is `2m`.
std::string duration_text(std::chrono::milliseconds duration);

}  // namespace plocal::base
