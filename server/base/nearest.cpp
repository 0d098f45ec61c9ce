#include "server/base/nearest.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "server/base/text.h"

namespace plocal::base {
namespace {

/// The Levenshtein distance, with letters compared in any case.
std::size_t edits(std::string_view from, std::string_view to) {
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= from.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const std::size_t above = row[j];
            const std::size_t changed = diagonal + (lower(from[i - 1]) == lower(to[j - 1]) ? 0 : 1);
            row[j] = std::min({above + 1, row[j - 1] + 1, changed});
            diagonal = above;
        }
    }
    return row.back();
}

}  // namespace

std::string nearest(std::string_view name, std::span<const std::string> known) {
    constexpr std::size_t longest = 100;  // the time grows with the square
    if (name.size() > longest) return {};
    std::size_t fewest = std::max<std::size_t>(2, name.size() / 3) + 1;
    std::string best;
    for (const std::string& candidate : known) {
        if (const std::size_t count = edits(name, candidate); count < fewest) {
            fewest = count;
            best = candidate;
        }
    }
    return best;
}

std::string suggestion(std::string_view name, std::span<const std::string> known) {
    const std::string best = nearest(name, known);
    return best.empty() ? best : " did you mean " + best + "?";
}

}  // namespace plocal::base
