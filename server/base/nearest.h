// Suggests a known name for a mistyped one. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace plocal::base {

/// Returns the known name with the fewest edits (letters added, dropped or changed; case is ignored) to `name`. Returns
/// "" if `name` is longer than 100 bytes, or if every known name needs more edits than two and a third of its length.
std::string nearest(std::string_view name, std::span<const std::string> known);

/// Returns " did you mean X?" with its leading blank, or "" if no known name is near.
std::string suggestion(std::string_view name, std::span<const std::string> known);

}  // namespace plocal::base
