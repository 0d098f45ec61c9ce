#include "server/base/duration.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

namespace plocal::base {
namespace {

constexpr std::array<std::pair<std::string_view, std::int64_t>, 4> units_in_ms = {
    {{"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};
constexpr std::int64_t longest_ms = std::int64_t{36'525} * 24 * 3'600'000;

}  // namespace

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    std::int64_t amount = 0;
    const char* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, amount);
    if (error != std::errc{} || text.front() == '-') return std::nullopt;
    const std::string_view unit(rest, static_cast<std::size_t>(end - rest));
    for (const auto& [name, ms] : units_in_ms) {
        if (unit == name && amount <= longest_ms / ms) return std::chrono::milliseconds(amount * ms);
    }
    return std::nullopt;
}

std::chrono::milliseconds DurationRange::at(double fraction) const {
    const auto width = static_cast<double>((to - from).count() + 1);
    return from + std::chrono::milliseconds(static_cast<std::int64_t>(width * fraction));
}

std::optional<DurationRange> parse_duration_range(std::string_view text) {
    constexpr std::string_view between = "..";
    const std::size_t at = text.find(between);
    const auto from = parse_duration(text.substr(0, at));
    const auto to = at == std::string_view::npos ? from : parse_duration(text.substr(at + between.size()));
    if (!from || !to || *from > *to) return std::nullopt;
    return DurationRange(*from, *to);
}

std::string duration_range_text(const DurationRange& range) {
    if (range.from == range.to) return duration_text(range.from);
    return duration_text(range.from) + ".." + duration_text(range.to);
}

std::string duration_text(std::chrono::milliseconds duration) {
    for (const auto& [name, ms] : units_in_ms) {
        if (duration.count() != 0 && duration.count() % ms == 0) {
            return std::to_string(duration.count() / ms).append(name);
        }
    }
    return "0s";
}

}  // namespace plocal::base
