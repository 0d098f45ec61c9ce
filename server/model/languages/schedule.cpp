#include "server/model/languages/schedule.h"

#include <charconv>
#include <cstdint>
#include <string>
#include <system_error>
#include <utility>

#include "server/model/api_error.h"

namespace plocal::languages {
namespace {

constexpr std::uint64_t fewest_days = 1;
constexpr std::uint64_t most_days = 30;
constexpr std::string_view rate_start = "rate(";

[[noreturn]] void refuse_schedule(std::string_view text, std::string_view expected, std::string_view why) {
    std::string message = "Invalid schedulingExpression '";
    message.append(text).append("': expected ").append(expected).append(".");
    throw model::ApiError("InvalidInputException", std::move(message), std::string(why), model::Evidence::documented);
}

}  // namespace

std::chrono::hours parse_schedule(std::string_view text) {
    std::uint64_t days = 0;
    const std::string_view rest = text.starts_with(rate_start) ? text.substr(rate_start.size()) : std::string_view();
    const auto [unit, error] = std::from_chars(rest.data(), rest.data() + rest.size(), days);
    const std::string_view behind = rest.substr(static_cast<std::size_t>(unit - rest.data()));
    if (error == std::errc::invalid_argument || (behind != " days)" && behind != " day)")) {
        refuse_schedule(text, "rate(N days)", "a schedule is rate(N days)");
    }
    if (error != std::errc{} || days < fewest_days || days > most_days) {
        refuse_schedule(text, "a number of days between 1 and 30", "the training period is 1 to 30 days");
    }
    return std::chrono::days(days);
}

}  // namespace plocal::languages
