#include "server/service/recommender/answer.h"

#include <algorithm>

#include "server/service/recommender/exact_math.h"

namespace plocal::recommender {

std::vector<Recommendation> recommend(const Candidates& candidates, const ItemSet* passing, std::size_t count,
                                      const Promotion& promotion) {
    const std::size_t share = count * static_cast<std::size_t>(promotion.percent) / 100;
    std::vector<Candidate> chosen = candidates.best(promotion.passing, share);
    const std::size_t promoted = chosen.size();
    ItemSet is_promoted(candidates.weights.size());
    double total = candidates.sum(passing);
    for (const Candidate& candidate : chosen) {
        is_promoted.insert(candidate.item);
        if (passing != nullptr && !passing->contains(candidate.item)) total += candidate.weight;
    }
    for (const Candidate& candidate : candidates.best(passing, count)) {
        if (chosen.size() < count && !is_promoted.contains(candidate.item)) chosen.push_back(candidate);
    }
    if (promoted > 0) std::ranges::sort(chosen, is_better);
    std::vector<Recommendation> answer;
    answer.reserve(chosen.size());
    for (const Candidate& candidate : chosen) {
        answer.push_back(
            {candidate.item, rounded_score(candidate.weight / total), is_promoted.contains(candidate.item)});
    }
    return answer;
}

}  // namespace plocal::recommender
