#include "server/service/runtime/action_recommendations.h"

#include <algorithm>
#include <chrono>
#include <string_view>

#include "server/service/recommender/answer.h"

namespace plocal::runtime {
namespace {

using base::Json;
using languages::FilterIds;
using recommender::ActionEvent;
using recommender::ItemSet;
using recommender::RecommendedAction;

constexpr std::size_t usual_actions = 5;
constexpr std::size_t most_actions = 100;

}  // namespace

ActionRecommendations::ActionRecommendations(const Request& request)
    : request_(request), target_(find_target(request, recommender::Answers::actions)) {
    count_ = count_of(request.input, usual_actions, most_actions, false);
    given_filter_ =
        find_filter(request.context, request.memory.filters, target_.source(), {FilterIds::actions}, request.input);
    pool_ = Pool::of_actions(request, *target_.resolved);
    storage::Store& store = request.context.store;
    const auto history = [&](std::string_view type) {
        return read_history(store, Group::view(request.context, target_.group().find(type)), target_.user);
    };
    with_actions_ = history("ACTION_INTERACTIONS");
    if (given_filter_) {
        with_items_ = history("INTERACTIONS");
        ground_.emplace(request, target_, pool_, FilterIds::actions, with_items_, with_actions_);
        filter_.emplace(*given_filter_, *ground_);
    }
    choose();
}

void ActionRecommendations::choose() {
    const base::Instant now = request_.context.readings.now_of(target_.source().account);
    query_.now = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    for (const PastEvent& event : with_actions_) {
        const auto action = pool_.find(event.item);
        if (!action || recommender::action_event(event.event_type) != ActionEvent::taken) continue;
        query_.last_taken.try_emplace(*action, event.time_s);  // the newest first
    }
    if (filter_) passing_ = ground_->passing(filter_->prepared);
    chosen_ = best(passing_ ? &*passing_ : nullptr, count_);
}

std::vector<ActionRecommendations::Chosen> ActionRecommendations::best(const ItemSet* passing,
                                                                       std::size_t count) const {
    std::vector<Chosen> chosen;
    if (pool_.action_model() != nullptr) {
        recommender::ActionQuery query = query_;
        query.passing = passing;
        query.count = count;
        for (const RecommendedAction& each : recommend_actions(*pool_.action_model(), query)) {
            chosen.push_back({each.action, each.score});
        }
        return chosen;
    }
    const recommender::Listed& listed = pool_.listed();
    for (const auto& each : recommender::recommend(listed.candidates(), passing, count)) {
        const bool is_made_up = pool_.origin() == Origin::made_up;
        chosen.push_back(
            {each.item, is_made_up ? listed.weights[each.item] : listed.shown_score(each.item, each.score)});
    }
    return chosen;
}

Json ActionRecommendations::body() const {
    Json actions = Json::array();
    for (const Chosen& each : chosen_) {
        Json::object_t action;  // an initializer list would copy its values
        action.reserve(2);
        action.emplace_back("actionId", pool_.id(each.action));
        if (each.score) action.emplace_back("score", *each.score);
        actions.push_back(std::move(action));
    }
    return {{"actionList", std::move(actions)}};
}

std::vector<std::string> ActionRecommendations::notes() const {
    return notes_on(request_, target_, pool_, !with_actions_.empty());
}

/// All actions, best first, whether or not the user may be asked for them.
std::vector<std::uint32_t> ActionRecommendations::order() const {
    return pool_.action_model() != nullptr ? pool_.action_model()->order : pool_.listed().order;
}

std::vector<Explained> ActionRecommendations::explain(const std::vector<std::string>& ids) const {
    const std::vector<std::uint32_t> all = order();
    const auto rank_of = [&all](std::uint32_t action) {
        return static_cast<std::size_t>(std::ranges::find(all, action) - all.begin()) + 1;
    };
    std::vector<Explained> result;
    for (const Chosen& each : chosen_) {
        result.push_back({.id = std::string(pool_.id(each.action)),
                          .score = each.score,
                          .rank = rank_of(each.action),
                          .place = result.size() + 1});
    }
    for (const std::string& id : ids) {
        const auto action = pool_.find(id);
        const bool is_answered = action && std::ranges::find(chosen_, *action, &Chosen::action) != chosen_.end();
        if (is_answered) continue;
        Explained item{.id = id, .out_by = action ? out_by(*action) : out_by_unknown(pool_)};
        if (action) item.rank = rank_of(*action);
        result.push_back(std::move(item));
    }
    return result;
}

OutBy ActionRecommendations::out_by(std::uint32_t index) const {
    if (filter_ && !passing_->contains(index)) {
        return out_by_filter(filter_->arn, ground_->verdict(filter_->prepared, index));
    }
    ItemSet itself(pool_.size());
    itself.insert(index);
    if (best(&itself, 1).empty()) {
        const auto& facts = pool_.action_model()->facts[index];
        const bool is_expired = facts.expires_at && *facts.expires_at <= query_.now;
        return {.what = "recipe",
                .because = is_expired ? "its ACTION_EXPIRATION_TIMESTAMP has passed"
                                      : "the user took it within its REPEAT_FREQUENCY"};
    }
    return {.what = "numResults", .because = std::to_string(count_) + " actions are better"};
}

}  // namespace plocal::runtime
