// The known name that somebody most likely meant. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace plocal::base {

/// The known name with the fewest edits (letters added, dropped, changed; case aside) to `name`; empty where all need
/// more than a third of its length and two.
std::string nearest(std::string_view name, std::span<const std::string> known);

/// "did you mean X?" behind a blank, or nothing.
std::string suggestion(std::string_view name, std::span<const std::string> known);

}  // namespace plocal::base
