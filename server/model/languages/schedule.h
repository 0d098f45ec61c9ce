// Parses the schedule of automatic training: "rate(7 days)". Pure.
#pragma once

#include <chrono>
#include <string_view>

namespace plocal::languages {

/// Returns the period. Throws model::ApiError("InvalidInputException") for a text that is not "rate(N days)", and for
/// an N that is not between 1 and 30.
std::chrono::hours parse_schedule(std::string_view text);

}  // namespace plocal::languages
