// Durations as people write them: a whole number and a unit, `250ms`, `2s`, `5m`, `1h`. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace plocal::base {

/// Where a text is none: what is expected, to be put behind "expected ".
inline constexpr std::string_view duration_form = "a duration such as 250ms, 2s, 5m or 1h, of 100 years at most";

/// The duration that a text says; nothing where it says none, or one beyond 100 years.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// A duration that is drawn anew for each use, evenly between two ends, both included. A plain duration is one with a
/// single end.
struct DurationRange {
    DurationRange() = default;
    DurationRange(std::chrono::milliseconds only) : from(only), to(only) {}
    DurationRange(std::chrono::milliseconds least, std::chrono::milliseconds most) : from(least), to(most) {}

    std::chrono::milliseconds from{};
    std::chrono::milliseconds to{};

    /// `fraction` in [0..1) says where in the range.
    std::chrono::milliseconds at(double fraction) const;

    bool operator==(const DurationRange&) const = default;
};

inline constexpr std::string_view duration_range_form =
    "a duration such as 250ms, 2s, 5m or 1h, or a range such as 20m..40m, of 100 years at most";

/// Nothing for a text that is neither a duration nor two with `..` between them, the smaller first.
std::optional<DurationRange> parse_duration_range(std::string_view text);
std::string duration_range_text(const DurationRange& range);

/// In the largest unit that divides it: 90 s is `90s`, 2 min is `2m`.
std::string duration_text(std::chrono::milliseconds duration);

}  // namespace plocal::base
