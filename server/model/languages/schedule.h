// How often a solution trains itself, as people write it: "rate(7 days)". Pure.
#pragma once

#include <chrono>
#include <string_view>

namespace plocal::languages {

/// The period that the expression names. Throws model::ApiError("InvalidInputException") for one that is not
/// "rate(N days)", and for an N that is not between 1 and 30.
std::chrono::hours parse_schedule(std::string_view text);

}  // namespace plocal::languages
