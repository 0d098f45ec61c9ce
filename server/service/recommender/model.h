// What training makes of rows and requests are answered from. Immutable once trained, shared by any threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "server/service/recommender/id_table.h"
#include "server/service/recommender/lists.h"
#include "server/service/recommender/recipe_table.h"

namespace plocal::recommender {

/// An item that goes with another one.
struct Neighbour {
    std::uint32_t item = 0;
    float similarity = 0;  // above 0, at most 1
};

/// Items and users are named by their index in `items` and `users`, so ascending indexes are ids in bytewise order.
struct Model {
    const Recipe* recipe = nullptr;
    std::size_t interactions = 0;  // that count for the recipe
    std::size_t user_count = 0;    // with such interactions

    IdTable items;                     // of such interactions and of the Items dataset
    std::vector<double> weights;       // by item: what it has without a user or a query item
    std::vector<std::uint32_t> order;  // the items by descending weight; equal ones by index
    double total = 0;                  // the sum of the weights in the order of the items

    IdTable users;                        // for personal recipes, else empty
    Lists<std::uint32_t> histories;       // by user: the latest different items, newest first
    Lists<Neighbour> neighbours;          // by item: the most similar first
    Lists<std::uint32_t> parts_of_items;  // by item: its parts of categories, for similar items, else empty
    Lists<std::uint32_t> items_of_parts;  // by part of a category: the items that have it

    /// About how much memory the model takes.
    std::size_t memory_bytes() const;
};

/// How many of the user's latest items the scores depend on.
inline constexpr std::size_t longest_history = 20;

/// Fills in `order` and `total` from `weights`.
void order_items(Model& model);

}  // namespace plocal::recommender
