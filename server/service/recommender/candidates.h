// What a recipe makes of one request: a weight for each item of the model. A candidate list costs little, since it only
// names the items whose weight the request changes. Pure, for any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/service/recommender/item_set.h"
#include "server/service/recommender/model.h"

namespace plocal::recommender {

/// The ids of a request; unknown ones change nothing, so the answer is what is popular.
struct Query {
    std::string_view user;               // empty where it is absent
    std::string_view item;               // as above
    std::span<const std::string> later;  // the items of the user's events after the training, newest first
};

struct Candidate {
    std::uint32_t item = 0;
    double weight = 0;
    double tie = 0;  // the greater first, where weights are equal
};

/// Whether `left` comes before `right`. Complete ties go by index, which is by id.
bool is_better(const Candidate& left, const Candidate& right);

/// A weight for each item, in views of a model or a list, which must live as long.
struct Candidates {
    std::span<const double> weights;
    std::span<const std::uint32_t> order;  // of the items by descending weight
    double total = 0;                      // the sum of `weights`
    std::vector<Candidate> changed;        // by ascending item: these instead of their weights
    std::optional<std::uint32_t> left_out;

    Candidate of(std::uint32_t item) const;

    /// The sum of the weights of the items in `passing`, of all where it is null.
    double sum(const ItemSet* passing) const;

    /// The best items in `passing`, of all where it is null, best first: `count` or as many as there are.
    std::vector<Candidate> best(const ItemSet* passing, std::size_t count) const;
};

/// The model must live as long as the result.
Candidates find_candidates(const Model& model, const Query& query);

}  // namespace plocal::recommender
