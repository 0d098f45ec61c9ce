#include "server/base/duration.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <utility>

namespace plocal::base {
namespace {

using Units = std::array<std::pair<std::string_view, std::int64_t>, 5>;
constexpr Units units_in_ms = {{{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};
constexpr std::int64_t longest_ms = std::int64_t{36'525} * 24 * 3'600'000;

/// Takes a number and its unit from the beginning of the text. Moves `unit` behind that unit: it must be `unit` or a
/// smaller one.
std::optional<std::int64_t> take_part(std::string_view& text, Units::const_iterator& unit) {
    std::int64_t amount = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), amount);
    if (error != std::errc{} || text.front() == '-') return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
    const std::string_view name = text.substr(0, text.find_first_of("0123456789"));
    text.remove_prefix(name.size());
    const auto found = std::find_if(unit, units_in_ms.end(), [name](const auto& each) { return each.first == name; });
    if (found == units_in_ms.end() || amount > longest_ms / found->second) return std::nullopt;
    unit = std::next(found);
    return amount * found->second;
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    std::int64_t total = 0;
    Units::const_iterator unit = units_in_ms.begin();
    do {
        const std::optional<std::int64_t> part = take_part(text, unit);
        if (!part || *part > longest_ms - total) return std::nullopt;
        total += *part;
    } while (!text.empty());
    return std::chrono::milliseconds(total);
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
        if (name == "d") continue;
        if (duration.count() != 0 && duration.count() % ms == 0) {
            return std::to_string(duration.count() / ms).append(name);
        }
    }
    return "0s";
}

}  // namespace plocal::base
