#include "server/wire/signing/signing_date.h"

#include <array>
#include <cstdio>

#include "server/base/text.h"

namespace plocal::signing {
namespace {

using base::parse_number;
using std::chrono::sys_seconds;

using Digits = std::optional<unsigned>;

/// `time` is `HHMMSS`, with one more character between the numbers if `step` is 3 instead of 2.
std::optional<sys_seconds> moment_of(Digits year, Digits month, Digits day, std::string_view time, std::size_t step) {
    if (!year || !month || !day) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)), std::chrono::month(*month),
                                           std::chrono::day(*day)};
    const Digits hours = parse_number<unsigned>(time.substr(0, 2));
    const Digits minutes = parse_number<unsigned>(time.substr(step, 2));
    const Digits seconds = parse_number<unsigned>(time.substr(2 * step, 2));
    if (!date.ok() || !hours || !minutes || !seconds) return std::nullopt;
    if (*hours > 23 || *minutes > 59 || *seconds > 59) return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(*hours) + std::chrono::minutes(*minutes) +
           std::chrono::seconds(*seconds);
}

}  // namespace

std::string basic_iso8601(sys_seconds moment) {
    const auto day = std::chrono::floor<std::chrono::days>(moment);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(moment - day);
    std::array<char, 40> text{};
    const int size = std::snprintf(text.data(), text.size(), "%04d%02u%02uT%02d%02d%02dZ",
                                   static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                                   static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                                   static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
    return {text.data(), static_cast<std::size_t>(size)};
}

std::optional<sys_seconds> parse_basic_iso8601(std::string_view text) {
    if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z') return std::nullopt;
    return moment_of(parse_number<unsigned>(text.substr(0, 4)), parse_number<unsigned>(text.substr(4, 2)),
                     parse_number<unsigned>(text.substr(6, 2)), text.substr(9, 6), 2);
}

std::optional<sys_seconds> parse_http_date(std::string_view text) {
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    if (text.size() != 29 || !text.ends_with(" GMT") || text[19] != ':' || text[22] != ':') return std::nullopt;
    const std::size_t month = months.find(text.substr(8, 3));
    if (month == std::string_view::npos || month % 3 != 0) return std::nullopt;
    return moment_of(parse_number<unsigned>(text.substr(12, 4)), static_cast<unsigned>(month / 3) + 1,
                     parse_number<unsigned>(text.substr(5, 2)), text.substr(17, 8), 3);
}

}  // namespace plocal::signing
