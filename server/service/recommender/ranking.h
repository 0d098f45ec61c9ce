// The answer of one request that ranks a list of items. Pure, for any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "server/service/recommender/candidates.h"

namespace plocal::recommender {

/// An item of the list to rank.
struct RankingInput {
    std::string_view id;
    std::optional<std::uint32_t> item;  // its index; nothing for an unknown one
    bool passes = true;                 // the filter of the request
};

struct RankedItem {
    std::size_t place = 0;        // in the list to rank
    std::optional<double> score;  // rounded as it is shown; nothing for an unknown item
};

/// Orders the items that pass: known ones by descending score, then unknown ones as they came. An id that comes again
/// counts once. The scores of the known ones that pass sum to 1.
std::vector<RankedItem> rank(const Candidates& candidates, std::span<const RankingInput> inputs);

}  // namespace plocal::recommender
