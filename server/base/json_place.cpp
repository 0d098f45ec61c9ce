#include "server/base/json_place.h"

#include <algorithm>
#include <cstddef>

#include "server/base/text.h"

namespace plocal::base {

std::string located(Pieces& pieces, std::uint64_t offset, std::string_view why) {
    std::uint64_t line = 1;
    std::uint64_t column = 1;
    for (std::string_view piece = pieces.next(); !piece.empty() && offset > 0; piece = pieces.next()) {
        const std::string_view before =
            piece.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(offset, piece.size())));
        offset -= before.size();
        const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0: no line begins in this piece
        line += static_cast<std::uint64_t>(std::ranges::count(before, '\n'));
        if (line_start > 0) column = 1;
        column += code_points(before.substr(line_start));
    }
    return "line " + std::to_string(line) + ", column " + std::to_string(column) + ": " + std::string(why);
}

std::string reason_in(std::string_view what, int error_id) {
    constexpr int number_overflow = 406;
    if (error_id == number_overflow) return "a number too large";
    const std::size_t position = what.find(", column ");
    const std::size_t start = position == std::string_view::npos ? position : what.find(": ", position);
    if (start == std::string_view::npos) return "not JSON";
    what.remove_prefix(start + 2);
    return std::string(what.substr(0, what.find("; last read: ")));
}

std::string nesting_reason(std::size_t most_nesting) {
    return "nested deeper than " + std::to_string(most_nesting) + " arrays and objects";
}

}  // namespace plocal::base
