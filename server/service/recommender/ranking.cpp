#include "server/service/recommender/ranking.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "server/service/recommender/exact_math.h"

namespace plocal::recommender {

std::vector<RankedItem> rank(const Candidates& candidates, std::span<const RankingInput> inputs) {
    std::vector<std::pair<Candidate, std::size_t>> known;
    std::vector<std::size_t> unknown;
    std::unordered_set<std::string_view> seen;
    for (std::size_t place = 0; place < inputs.size(); ++place) {
        const RankingInput& input = inputs[place];
        if (!input.passes || !seen.insert(input.id).second) continue;
        if (input.item) {
            known.emplace_back(candidates.of(*input.item), place);
        } else {
            unknown.push_back(place);
        }
    }
    // The order of the list must not change the last bits of the sum.
    std::ranges::sort(known, {}, [](const auto& each) { return each.first.item; });
    double total = 0;
    for (const auto& [candidate, place] : known) total += candidate.weight;
    std::ranges::sort(known, is_better, &std::pair<Candidate, std::size_t>::first);
    std::vector<RankedItem> answer;
    answer.reserve(known.size() + unknown.size());
    for (const auto& [candidate, place] : known) answer.push_back({place, rounded_score(candidate.weight / total)});
    for (const std::size_t place : unknown) answer.push_back({place, std::nullopt});
    return answer;
}

}  // namespace plocal::recommender
