// Candidates that come from no model: those that a rule declares, and made-up ones for worlds without rows. They are
// answered like a model's, by their place in the list instead of an index in a model. Pure, for any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/service/recommender/candidates.h"

namespace plocal::recommender {

/// Different ids, best first.
struct Listed {
    std::vector<std::string> ids;
    std::vector<double> weights;              // by place, descending
    std::vector<std::uint32_t> order;         // 0, 1, 2, ...
    std::vector<std::optional<double>> said;  // by place, the scores that a rule gives; empty where it gives none

    /// The candidates as views of this list, which must live as long.
    Candidates candidates() const;

    std::optional<std::uint32_t> find(std::string_view id) const;

    /// The score to show at a place: the rule's, where it gives any, else the computed one.
    std::optional<double> shown_score(std::uint32_t place, double computed) const;
};

struct DeclaredItem {
    std::string id;
    std::optional<double> score;
};

/// The list of a rule, best first. An id that comes again counts once. Computed scores are a softmax over places.
Listed declare(std::span<const DeclaredItem> items);

/// What made-up answers depend on. The texts must live until the call returns.
struct MadeUpKey {
    std::uint64_t seed = 0;
    std::string_view account;
    std::string_view campaign;  // its ARN
    std::string_view subject;   // the userId or itemId, or what a segment is asked for by
};

/// "item-1" to "item-500" in an order that depends on the key.
Listed made_up_items(const MadeUpKey& key);

/// As above, with the given ids: the list to rank. An id has the same weight in every list.
Listed made_up_ranking(const MadeUpKey& key, std::span<const std::string> ids);

/// "user-1" to "user-500" for a segment.
Listed made_up_users(const MadeUpKey& key);

/// "action-1" to "action-100"; the weights are their scores, rounded.
Listed made_up_actions(const MadeUpKey& key);

}  // namespace plocal::recommender
