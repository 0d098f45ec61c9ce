// Finds the items that go with each item: the cosine of their sets of users, shrunk where few users have both. Done in
// slices, by one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "server/service/recommender/lists.h"
#include "server/service/recommender/model.h"

namespace plocal::recommender {

class CoOccurrence {
public:
    /// `baskets` are the different items of each user. Bounded baskets bound the work: an item costs the sum of the
    /// baskets that it is in. `popularity` is the number of users of each item.
    CoOccurrence(Lists<std::uint32_t> baskets, std::vector<std::uint32_t> popularity);

    /// Does at least `work` comparisons of two items, or the rest. Returns whether there is more to do.
    bool step(std::size_t work);

    /// The result, once step() has returned false.
    Lists<Neighbour> take() { return std::move(neighbours_); }

private:
    std::size_t most_neighbours(std::uint32_t item) const;
    std::size_t count_common_users(std::uint32_t item);
    void keep_most_similar(std::uint32_t item);

    Lists<std::uint32_t> baskets_;
    Lists<std::uint32_t> users_of_items_;
    std::vector<std::uint32_t> popularity_;
    std::vector<std::uint32_t> common_users_;  // of the current item and each other one; 0 between two items
    std::vector<std::uint32_t> found_;         // the items with common users
    std::vector<Neighbour> candidates_;
    Lists<Neighbour> neighbours_;
};

}  // namespace plocal::recommender
