#include "tests/support/quality.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>

#include "server/base/random.h"
#include "server/service/recommender/answer.h"
#include "server/service/recommender/ranking.h"
#include "server/service/recommender/trainer.h"

namespace plocal::test {
namespace {

using recommender::Candidates;
using recommender::ItemSet;
using recommender::Model;

/// Plain scores of the items for one user, as candidates.
struct PlainScores {
    std::vector<double> weights;
    std::vector<std::uint32_t> order;

    explicit PlainScores(std::vector<double> scores) : weights(std::move(scores)), order(weights.size()) {
        for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
        std::ranges::stable_sort(order, [&](auto left, auto right) { return weights[left] > weights[right]; });
    }

    Candidates candidates() const { return {weights, order, 1}; }
};

class Evaluation {
public:
    Evaluation(const std::vector<TasteRow>& rows, std::uint64_t seed) : seed_(seed) {
        std::map<std::string, std::vector<TasteRow>> by_user;
        for (const TasteRow& row : rows) by_user[row.user].push_back(row);
        recommender::Trainer trainer({recommender::find_recipe("aws-user-personalization")});
        for (auto& [user, own] : by_user) {
            std::ranges::sort(own, {}, [](const TasteRow& row) { return std::tuple(row.timestamp, row.item); });
            if (own.size() >= 2) {
                held_out_[user] = own.back().item;
                own.pop_back();
            }
            for (const TasteRow& row : own) trainer.add({row.user, row.item, "Watch", {}, row.timestamp});
        }
        while (trainer.step(1'000'000)) continue;
        model_ = trainer.take();
        count_pairs(by_user);
    }

    Quality measure() {
        Quality quality;
        const PlainScores popular(std::vector<double>(users_of_.begin(), users_of_.end()));
        for (const auto& [user, item] : held_out_) {
            const auto wanted = model_->items.find(item);
            const auto others = draw_others(user, item);
            measure(find_candidates(*model_, {user}), user, wanted, others, quality.model);
            measure(popular.candidates(), user, wanted, others, quality.popularity);
            const PlainScores cosines = cosine_scores(user);
            measure(cosines.candidates(), user, wanted, others, quality.cosine);
        }
        return quality;
    }

private:
    void count_pairs(const std::map<std::string, std::vector<TasteRow>>& by_user) {
        users_of_.resize(model_->items.size());
        common_.resize(model_->items.size());
        for (const auto& [user, own] : by_user) {
            std::vector<std::uint32_t>& items = items_of_[user];
            for (const TasteRow& row : own) items.push_back(*model_->items.find(row.item));
            for (const std::uint32_t item : items) {
                ++users_of_[item];
                for (const std::uint32_t other : items) common_[item][other] += item != other ? 1 : 0;
            }
        }
        for (const std::uint32_t count : users_of_) sums_.push_back((sums_.empty() ? 0 : sums_.back()) + count);
    }

    PlainScores cosine_scores(const std::string& user) {
        std::vector<double> scores(users_of_.size());
        for (const std::uint32_t item : items_of_[user]) {
            for (const auto& [other, users] : common_[item]) {
                scores[other] += users / std::sqrt(static_cast<double>(users_of_[item]) * users_of_[other]);
            }
        }
        return PlainScores(std::move(scores));
    }

    std::set<std::uint32_t> draw_others(const std::string& user, const std::string& item) {
        std::set<std::uint32_t> own(items_of_[user].begin(), items_of_[user].end());
        if (const auto wanted = model_->items.find(item)) own.insert(*wanted);
        std::set<std::uint32_t> drawn;
        while (drawn.size() < 99) {
            const double at = base::random_fraction({seed_, "", "other", user, ++ordinal_}) * sums_.back();
            const auto other =
                static_cast<std::uint32_t>(std::upper_bound(sums_.begin(), sums_.end(), at) - sums_.begin());
            if (!own.contains(other)) drawn.insert(other);
        }
        return drawn;
    }

    void measure(const Candidates& candidates, const std::string& user, std::optional<std::uint32_t> wanted,
                 const std::set<std::uint32_t>& others, HitRates& rates) {
        if (!wanted) return;
        const double share = 1 / static_cast<double>(held_out_.size());
        ItemSet unseen(users_of_.size());
        for (std::uint32_t item = 0; item < users_of_.size(); ++item) unseen.insert(item);
        for (const std::uint32_t item : items_of_[user]) unseen.erase(item);
        for (const auto& found : candidates.best(&unseen, 25)) rates.top_25 += found.item == *wanted ? share : 0;
        std::vector<recommender::RankingInput> inputs{{model_->items[*wanted], wanted}};
        for (const std::uint32_t other : others) inputs.push_back({model_->items[other], other});
        const auto ranked = rank(candidates, inputs);
        for (std::size_t i = 0; i < 10; ++i) rates.top_10_of_100 += ranked[i].place == 0 ? share : 0;
    }

    std::uint64_t seed_;
    std::int64_t ordinal_ = 0;
    std::shared_ptr<const Model> model_;
    std::map<std::string, std::string> held_out_;
    std::unordered_map<std::string, std::vector<std::uint32_t>> items_of_;
    std::vector<std::uint32_t> users_of_;
    std::vector<double> sums_;  // of the users of items up to each one
    std::vector<std::unordered_map<std::uint32_t, std::uint32_t>> common_;
};

}  // namespace

Quality measure_quality(const std::vector<TasteRow>& rows, std::uint64_t seed) {
    return Evaluation(rows, seed).measure();
}

}  // namespace plocal::test
