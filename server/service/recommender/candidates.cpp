#include "server/service/recommender/candidates.h"

#include <algorithm>
#include <tuple>

#include "server/service/recommender/exact_math.h"

namespace plocal::recommender {
namespace {

/// How much similarity counts beside popularity, and what remains of it from one item of the history to the next.
constexpr double similarity_strength = 3;
constexpr double decay = 0.9;

/// The latest different items of the user that the model knows, newest first.
std::vector<std::uint32_t> history_of(const Model& model, const Query& query) {
    std::vector<std::uint32_t> history;
    const auto take = [&](std::uint32_t item) {
        if (history.size() < longest_history && std::ranges::find(history, item) == history.end()) {
            history.push_back(item);
        }
    };
    if (model.recipe->sees_later_events) {
        for (const std::string& id : query.later) {
            if (const auto item = model.items.find(id)) take(*item);
        }
    }
    if (const auto user = model.users.find(query.user)) {
        for (const std::uint32_t item : model.histories[*user]) take(item);
    }
    return history;
}

/// Sums up what each item of the history adds to its neighbours, newest first, and multiplies their weights by its
/// exponential.
void add_personal(const Model& model, const Query& query, std::vector<Candidate>& changed) {
    const std::vector<std::uint32_t> history = history_of(model, query);
    if (history.empty()) return;
    std::vector<double> pulls(model.items.size());
    ItemSet pulled(model.items.size());
    double strength = similarity_strength;
    for (const std::uint32_t item : history) {
        for (const Neighbour& neighbour : model.neighbours[item]) {
            pulls[neighbour.item] += strength * static_cast<double>(neighbour.similarity);
            pulled.insert(neighbour.item);
        }
        strength *= decay;
    }
    pulled.for_each([&](std::uint32_t item) {
        changed.push_back({item, model.weights[item] * exact_exp(pulls[item])});
    });
}

/// Items that share users come first, then those that share categories; popularity decides between equals.
void add_related(const Model& model, std::uint32_t query_item, std::vector<Candidate>& changed) {
    std::vector<std::uint32_t> shared;
    if (!model.parts_of_items.values.empty()) {
        shared.resize(model.items.size());
        for (const std::uint32_t part : model.parts_of_items[query_item]) {
            for (const std::uint32_t item : model.items_of_parts[part]) ++shared[item];
        }
    }
    const auto add = [&](std::uint32_t item, double similarity) {
        const double parts = shared.empty() ? 0 : shared[item];
        if (item != query_item) changed.push_back({item, 1 + similarity, parts + model.weights[item]});
        if (!shared.empty()) shared[item] = 0;
    };
    for (const Neighbour& neighbour : model.neighbours[query_item]) {
        add(neighbour.item, static_cast<double>(neighbour.similarity));
    }
    for (std::uint32_t item = 0; item < shared.size(); ++item) {
        if (shared[item] != 0) add(item, 0);
    }
    std::ranges::sort(changed, {}, &Candidate::item);
}

}  // namespace

bool is_better(const Candidate& left, const Candidate& right) {
    return std::tuple(-left.weight, -left.tie, left.item) < std::tuple(-right.weight, -right.tie, right.item);
}

Candidates find_candidates(const Model& model, const Query& query) {
    Candidates candidates{model.weights, model.order, model.total};
    if (model.recipe->method == Method::personal) {
        add_personal(model, query, candidates.changed);
    } else if (model.recipe->needs_item) {
        candidates.left_out = model.items.find(query.item);
        if (candidates.left_out) add_related(model, *candidates.left_out, candidates.changed);
    }
    return candidates;
}

Candidate Candidates::of(std::uint32_t item) const {
    const auto found = std::ranges::lower_bound(changed, item, {}, &Candidate::item);
    if (found != changed.end() && found->item == item) return *found;
    return {item, weights[item]};
}

double Candidates::sum(const ItemSet* passing) const {
    double result = total;
    if (passing != nullptr) {
        result = 0;
        passing->for_each([&](std::uint32_t item) { result += weights[item]; });
    }
    for (const Candidate& candidate : changed) {
        if (passing == nullptr || passing->contains(candidate.item)) {
            result += candidate.weight - weights[candidate.item];
        }
    }
    if (left_out && (passing == nullptr || passing->contains(*left_out))) result -= weights[*left_out];
    return result;
}

std::vector<Candidate> Candidates::best(const ItemSet* passing, std::size_t count) const {
    ItemSet seen(weights.size());
    if (left_out) seen.insert(*left_out);
    std::vector<Candidate> found;
    for (const Candidate& candidate : changed) {
        seen.insert(candidate.item);
        if (passing == nullptr || passing->contains(candidate.item)) found.push_back(candidate);
    }
    const std::size_t most = found.size() + count;
    for (auto next = order.begin(); next != order.end() && found.size() < most; ++next) {
        if (seen.contains(*next) || (passing != nullptr && !passing->contains(*next))) continue;
        found.push_back({*next, weights[*next]});
    }
    const auto kept = static_cast<std::ptrdiff_t>(std::min(count, found.size()));
    std::ranges::partial_sort(found, found.begin() + kept, is_better);
    found.resize(static_cast<std::size_t>(kept));
    return found;
}

}  // namespace plocal::recommender
