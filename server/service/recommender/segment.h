// Segments of users: the affinity of each user to an item, or to items with an attribute, from rows that come in any
// order. A model is immutable once trained, shared by any threads; a trainer is called by one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "server/service/recommender/id_table.h"
#include "server/service/recommender/item_set.h"
#include "server/service/recommender/lists.h"

namespace plocal::recommender {

/// An item of a user and the number of the user's interactions with it.
struct UsedItem {
    std::uint32_t item = 0;
    std::uint32_t count = 0;
};

struct SegmentModel {
    IdTable items;                        // of interactions and of the Items dataset
    IdTable users;                        // of interactions
    Lists<UsedItem> items_of_users;       // by user, ascending
    Lists<std::uint32_t> users_of_items;  // by item, ascending
    std::size_t interactions = 0;

    /// About how much memory the model takes.
    std::size_t memory_bytes() const;
};

class SegmentTrainer {
public:
    /// Takes in a row.
    void add_item(std::string_view item) { items_.intern(item); }
    void add_interaction(std::string_view user, std::string_view item);

    /// Trains the model, once.
    std::shared_ptr<const SegmentModel> train();

private:
    IdInterner items_;
    IdInterner users_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> events_;  // user, item
};

/// Returns, by user, how well the item goes with the user's items: the sum of its similarities to them, which are
/// cosines of their sets of users, shrunk where few users have both. An item goes with itself best.
std::vector<double> item_affinities(const SegmentModel& model, std::uint32_t item);

/// Returns, by user, the number of the user's interactions with these items.
std::vector<double> attribute_affinities(const SegmentModel& model, const ItemSet& items);

/// Returns the users in `passing` (all, where it is null) by descending affinity, `count` at most. Equal ones are
/// ordered by index, which is by id.
std::vector<std::uint32_t> best_users(std::span<const double> affinities, const ItemSet* passing, std::size_t count);

}  // namespace plocal::recommender
