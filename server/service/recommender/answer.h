// The answer of one request for recommendations: the best candidates that pass, with promotions and scores. Pure, for
// any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "server/service/recommender/candidates.h"
#include "server/service/recommender/item_set.h"

namespace plocal::recommender {

struct Promotion {
    int percent = 0;                   // of the items asked for
    const ItemSet* passing = nullptr;  // those that may be promoted; all, where it is null
};

struct Recommendation {
    std::uint32_t item = 0;
    double score = 0;  // rounded as it is shown, where the recipe has scores
    bool is_promoted = false;
};

/// Returns the best items in `passing` (all, where it is null), best first and `count` at most. A promotion takes its
/// share, rounded down, from its own set instead; the others fill the rest. Scores are a softmax: they sum to 1 over
/// all items that pass and those that are promoted.
std::vector<Recommendation> recommend(const Candidates& candidates, const ItemSet* passing, std::size_t count,
                                      const Promotion& promotion = {});

}  // namespace plocal::recommender
