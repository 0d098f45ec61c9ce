#include "server/service/recommender/listed.h"

#include <algorithm>
#include <numeric>
#include <unordered_set>
#include <utility>

#include "server/base/random.h"
#include "server/service/recommender/exact_math.h"

namespace plocal::recommender {
namespace {

constexpr int most_items = 500;
constexpr int most_users = 500;
constexpr int most_actions = 100;

/// The first of a list weighs e^2 times as much as the last one of a declared list, e^6 times that of a made-up one.
constexpr double declared_spread = 2;
constexpr double made_up_spread = 6;

std::vector<std::string> numbered(const char* prefix, int count) {
    std::vector<std::string> ids;
    for (int i = 1; i <= count; ++i) ids.push_back(prefix + std::to_string(i));
    return ids;
}

double draw(const MadeUpKey& key, std::string_view id) {
    std::string parent(key.campaign);
    parent.append(1, '\n').append(key.subject);
    return base::random_fraction({key.seed, key.account, id, parent, 0});
}

/// Orders the ids by descending draw; equal draws by id.
template <typename Weigh>
Listed drawn_list(const MadeUpKey& key, std::span<const std::string> ids, Weigh weigh) {
    std::vector<std::pair<double, std::string_view>> draws;
    std::unordered_set<std::string_view> seen;
    for (const std::string& id : ids) {
        if (seen.insert(id).second) draws.emplace_back(-draw(key, id), id);
    }
    std::ranges::sort(draws);
    Listed list;
    for (const auto& [negative, id] : draws) {
        list.ids.emplace_back(id);
        list.weights.push_back(weigh(-negative));
    }
    list.order.resize(list.ids.size());
    std::iota(list.order.begin(), list.order.end(), 0U);
    return list;
}

double exponential(double fraction) {
    return exact_exp(made_up_spread * fraction);
}

}  // namespace

Candidates Listed::candidates() const {
    return {weights, order, std::accumulate(weights.begin(), weights.end(), 0.0)};
}

std::optional<std::uint32_t> Listed::find(std::string_view id) const {
    const auto found = std::ranges::find(ids, id);
    if (found == ids.end()) return std::nullopt;
    return static_cast<std::uint32_t>(found - ids.begin());
}

std::optional<double> Listed::shown_score(std::uint32_t place, double computed) const {
    return said.empty() ? std::optional(computed) : said[place];
}

Listed declare(std::span<const DeclaredItem> items) {
    Listed list;
    std::unordered_set<std::string_view> seen;
    for (const DeclaredItem& item : items) {
        if (!seen.insert(item.id).second) continue;
        list.ids.push_back(item.id);
        list.said.push_back(item.score);
    }
    list.order.resize(list.ids.size());
    std::iota(list.order.begin(), list.order.end(), 0U);
    const auto count = static_cast<double>(list.ids.size());
    for (const std::uint32_t place : list.order) list.weights.push_back(exact_exp(-declared_spread * place / count));
    if (std::ranges::none_of(list.said, [](const auto& score) { return score.has_value(); })) list.said.clear();
    return list;
}

Listed made_up_items(const MadeUpKey& key) {
    return drawn_list(key, numbered("item-", most_items), exponential);
}

Listed made_up_users(const MadeUpKey& key) {
    return drawn_list(key, numbered("user-", most_users), exponential);
}

Listed made_up_ranking(const MadeUpKey& key, std::span<const std::string> ids) {
    return drawn_list(key, ids, exponential);
}

Listed made_up_actions(const MadeUpKey& key) {
    return drawn_list(key, numbered("action-", most_actions), rounded_score);
}

}  // namespace plocal::recommender
