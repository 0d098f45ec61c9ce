// The theme of a list of items, from their names: the words that most of the names share. Pure, for any thread.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace plocal::recommender {

struct Theme {
    std::string text;                // "Robot, Space, War"; never empty
    std::vector<double> relevances;  // by the place of the name, 0 to 0.6, rounded to nine decimals
    std::vector<std::size_t> order;  // places by descending relevance; equal ones as they came
};

/// Returns the theme of items with these names; "" for an item without one. Letter case of ASCII makes no difference.
Theme find_theme(std::span<const std::string> names);

}  // namespace plocal::recommender
