#include "server/service/recommender/actions.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <string>
#include <tuple>
#include <utility>

#include "server/base/text.h"
#include "server/service/recommender/exact_math.h"

namespace plocal::recommender {
namespace {

constexpr std::int64_t day_s = 24 * 60 * 60;
constexpr std::int64_t training_window_s = 6 * 7 * day_s;  // before the newest event
constexpr std::uint32_t least_taken = 50;
constexpr std::uint32_t least_other = 50;

/// The difference, or the greatest number where it does not fit.
std::int64_t seconds_between(std::int64_t from, std::int64_t to) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    return from < 0 && to > most + from ? most : to - from;
}

bool may_be_asked(const ActionModel& model, const ActionQuery& query, std::uint32_t action) {
    const ActionModel::Facts& facts = model.facts[action];
    if (query.passing != nullptr && !query.passing->contains(action)) return false;
    if (facts.expires_at && *facts.expires_at <= query.now) return false;
    const auto taken = query.last_taken.find(action);
    if (!facts.repeat_days || taken == query.last_taken.end()) return true;
    return seconds_between(taken->second, query.now) / day_s >= *facts.repeat_days;
}

struct EventCounts {
    std::uint32_t taken = 0;
    std::uint32_t other = 0;

    double propensity() const {
        if (taken < least_taken || other < least_other) return 0;
        return static_cast<double>(taken) / (static_cast<double>(taken) + other);
    }
};

}  // namespace

ActionEvent action_event(std::string_view event_type) {
    std::string letters;
    for (const char c : event_type) {
        if (c != '_' && c != ' ') letters += base::lower(c);
    }
    if (letters == "taken") return ActionEvent::taken;
    if (letters == "nottaken") return ActionEvent::not_taken;
    if (letters == "viewed") return ActionEvent::viewed;
    return ActionEvent::other;
}

std::size_t ActionModel::memory_bytes() const {
    return sizeof(ActionModel) + actions.memory_bytes() + facts.capacity() * sizeof(Facts) +
           order.capacity() * sizeof(std::uint32_t);
}

void ActionTrainer::add(const Action& action) {
    const std::uint32_t number = actions_.intern(action.id);
    facts_.resize(actions_.size());
    facts_[number] = {0, action.value.value_or(0), action.expires_at, action.repeat_days};
}

void ActionTrainer::add(const ActionInteraction& interaction) {
    events_.push_back(
        {actions_.intern(interaction.action), action_event(interaction.event_type), interaction.timestamp});
}

std::shared_ptr<const ActionModel> ActionTrainer::train() {
    std::vector<EventCounts> counts(actions_.size());
    const auto newest = std::ranges::max_element(events_, {}, &Event::timestamp);
    for (const Event& event : events_) {
        if (event.type == ActionEvent::other) continue;
        if (seconds_between(event.timestamp, newest->timestamp) > training_window_s) continue;
        ++(event.type == ActionEvent::taken ? counts[event.action].taken : counts[event.action].other);
    }
    facts_.resize(actions_.size());
    auto model = std::make_shared<ActionModel>();
    model->interactions = events_.size();
    std::vector<std::uint32_t> places;
    model->actions = actions_.sorted(places);
    model->facts.resize(facts_.size());
    for (std::size_t number = 0; number < facts_.size(); ++number) {
        facts_[number].propensity = counts[number].propensity();
        model->facts[places[number]] = facts_[number];
    }
    model->order.resize(facts_.size());
    std::iota(model->order.begin(), model->order.end(), 0U);
    std::ranges::stable_sort(model->order, {}, [&](std::uint32_t action) {
        return std::pair(-model->facts[action].propensity, -model->facts[action].value);
    });
    return model;
}

std::vector<RecommendedAction> recommend_actions(const ActionModel& model, const ActionQuery& query) {
    std::vector<RecommendedAction> answer;
    for (const std::uint32_t action : model.order) {
        if (answer.size() == query.count) break;
        if (may_be_asked(model, query, action)) {
            answer.push_back({action, rounded_score(model.facts[action].propensity)});
        }
    }
    return answer;
}

}  // namespace plocal::recommender
