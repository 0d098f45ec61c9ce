// Where and why a text is no JSON, in one line for people. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "server/base/pieces.h"

namespace plocal::base {

/// Returns "line 3, column 7: why" for the byte at `offset`. Columns count characters, not bytes. Reads the pieces up
/// to there.
std::string located(Pieces& pieces, std::uint64_t offset, std::string_view why);

/// Returns the reason in a message of the JSON library: without the exception's name, the position and the last token,
/// which may be long.
std::string reason_in(std::string_view what, int error_id);

/// The reason of a text that has a zero byte outside of its strings.
inline constexpr std::string_view zero_reason = "a zero byte";

/// The reason of a text that is nested too deeply.
std::string nesting_reason(std::size_t most_nesting);

}  // namespace plocal::base
