#include "server/service/recommender/co_occurrence.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace plocal::recommender {
namespace {

/// So many common users count half.
constexpr double shrinkage = 2;

/// The lists of an item are no longer than this, and than a multiple of its users: memory grows with the interactions.
constexpr std::size_t longest_list = 50;
constexpr std::size_t neighbours_per_user = 16;

}  // namespace

CoOccurrence::CoOccurrence(Lists<std::uint32_t> baskets, std::vector<std::uint32_t> popularity)
    : baskets_(std::move(baskets)),
      users_of_items_(inverted(baskets_, popularity.size())),
      popularity_(std::move(popularity)),
      common_users_(popularity_.size()) {
    std::size_t most = 0;
    for (std::uint32_t item = 0; item < popularity_.size(); ++item) most += most_neighbours(item);
    neighbours_.values.reserve(most);
    neighbours_.begins.reserve(popularity_.size() + 1);
}

std::size_t CoOccurrence::most_neighbours(std::uint32_t item) const {
    return std::min({longest_list, popularity_[item] * neighbours_per_user, popularity_.size()});
}

bool CoOccurrence::step(std::size_t work) {
    std::size_t done = 0;
    while (neighbours_.size() < popularity_.size() && done < work) {
        const auto item = static_cast<std::uint32_t>(neighbours_.size());
        done += 1 + count_common_users(item);
        keep_most_similar(item);
    }
    return neighbours_.size() < popularity_.size();
}

std::size_t CoOccurrence::count_common_users(std::uint32_t item) {
    std::size_t comparisons = 0;
    found_.clear();
    for (const std::uint32_t user : users_of_items_[item]) {
        const auto basket = baskets_[user];
        comparisons += basket.size();
        for (const std::uint32_t other : basket) {
            if (other != item && common_users_[other]++ == 0) found_.push_back(other);
        }
    }
    return comparisons;
}

void CoOccurrence::keep_most_similar(std::uint32_t item) {
    candidates_.clear();
    for (const std::uint32_t other : found_) {
        const double common = std::exchange(common_users_[other], 0);
        const double cosine = common / std::sqrt(static_cast<double>(popularity_[item]) * popularity_[other]);
        candidates_.push_back({other, static_cast<float>(cosine * (common / (common + shrinkage)))});
    }
    const auto kept = static_cast<std::ptrdiff_t>(std::min(candidates_.size(), most_neighbours(item)));
    std::ranges::partial_sort(candidates_, candidates_.begin() + kept, {}, [](const Neighbour& neighbour) {
        return std::tuple(-neighbour.similarity, neighbour.item);
    });
    neighbours_.values.insert(neighbours_.values.end(), candidates_.begin(), candidates_.begin() + kept);
    neighbours_.end_list();
}

}  // namespace plocal::recommender
