#include "server/service/recommender/trainer.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace plocal::recommender {
namespace {

/// Only so many of a user's latest items are compared with each other, so that the work grows with the interactions.
constexpr std::size_t longest_basket = 200;

bool has_history(const Recipe& recipe) {
    return recipe.method == Method::personal;
}

bool has_query_item(const Recipe& recipe) {
    return recipe.method == Method::together || recipe.method == Method::similar;
}

}  // namespace

bool counts(const TrainingSettings& settings, const Interaction& interaction) {
    const auto is_wanted = [&](std::string_view type) {
        return type.empty() || is_same_event_type(type, interaction.event_type);
    };
    if (!is_wanted(settings.recipe->trained_event) || !is_wanted(settings.event_type)) return false;
    if (!settings.event_value_threshold) return true;
    return interaction.event_value && *interaction.event_value >= *settings.event_value_threshold;
}

Trainer::Trainer(TrainingSettings settings) : settings_(std::move(settings)), model_(std::make_shared<Model>()) {
    const Recipe* const recipe = settings_.recipe;
    if (recipe == nullptr || recipe->method == Method::actions || recipe->method == Method::segment) {
        throw std::invalid_argument("a recipe without a model of items");
    }
    model_->recipe = recipe;
}

void Trainer::add(const Interaction& interaction) {
    if (!counts(settings_, interaction)) return;
    events_.push_back({users_.intern(interaction.user), items_.intern(interaction.item), interaction.timestamp});
}

void Trainer::add(const Item& item) {
    const std::uint32_t number = items_.intern(item.id);
    if (settings_.recipe->method != Method::similar) return;
    for (const std::string& category : item.categories) {
        category_pairs_.emplace_back(number, categories_.intern(category));
    }
}

bool Trainer::step(std::size_t work) {
    switch (stage_) {
        case Stage::name:
            name_ids();
            stage_ = Stage::sort;
            break;
        case Stage::sort:
            sort_events();
            stage_ = Stage::weigh;
            break;
        case Stage::weigh:
            weigh_items();
            stage_ = needs_users() ? Stage::read_users : Stage::done;
            break;
        case Stage::read_users:
            stage_ = read_users(work);
            break;
        case Stage::compare:
            if (!co_occurrence_->step(work)) {
                model_->neighbours = co_occurrence_->take();
                co_occurrence_.reset();
                stage_ = Stage::done;
            }
            break;
        case Stage::done:
            break;
    }
    return stage_ != Stage::done;
}

std::shared_ptr<const Model> Trainer::take() {
    return std::exchange(model_, nullptr);
}

bool Trainer::needs_users() const {
    return has_history(*settings_.recipe) || has_query_item(*settings_.recipe);
}

/// Replaces the numbers of items and users, which depend on the order of rows, by their indexes.
void Trainer::name_ids() {
    model_->interactions = events_.size();
    model_->user_count = users_.size();
    std::vector<std::uint32_t> item_places;
    model_->items = std::exchange(items_, {}).sorted(item_places);
    for (Event& event : events_) event.item = item_places[event.item];
    for (auto& pair : category_pairs_) pair.first = item_places[pair.first];
    name_categories();
    if (!has_history(*settings_.recipe)) return;
    std::vector<std::uint32_t> user_places;
    model_->users = std::exchange(users_, {}).sorted(user_places);
    for (Event& event : events_) event.user = user_places[event.user];
}

void Trainer::name_categories() {
    if (settings_.recipe->method != Method::similar) return;
    std::vector<std::uint32_t> places;
    const IdTable categories = std::exchange(categories_, {}).sorted(places);
    for (auto& pair : category_pairs_) pair.second = places[pair.second];
    std::ranges::sort(category_pairs_);
    category_pairs_.erase(std::unique(category_pairs_.begin(), category_pairs_.end()), category_pairs_.end());
    auto next = category_pairs_.begin();
    for (std::uint32_t item = 0; item < model_->items.size(); ++item) {
        for (; next != category_pairs_.end() && next->first == item; ++next) {
            model_->parts_of_items.values.push_back(next->second);
        }
        model_->parts_of_items.end_list();
    }
    category_pairs_ = {};
    model_->items_of_parts = inverted(model_->parts_of_items, categories.size());
}

/// Counts events, sorts them by user and item, and keeps the latest of each user and item. `~` turns the order of
/// timestamps around and cannot overflow.
void Trainer::sort_events() {
    if (settings_.recipe->method == Method::trending) {
        counts_ = rises();
    } else if (settings_.recipe->method == Method::popular_events) {
        counts_.assign(model_->items.size(), 0);
        for (const Event& event : events_) ++counts_[event.item];
    }
    std::ranges::sort(events_, {},
                      [](const Event& event) { return std::tuple(event.user, event.item, ~event.timestamp); });
    const auto is_same = [](const Event& left, const Event& right) {
        return left.user == right.user && left.item == right.item;
    };
    events_.erase(std::unique(events_.begin(), events_.end(), is_same), events_.end());
    popularity_.assign(model_->items.size(), 0);
    for (const Event& event : events_) ++popularity_[event.item];
}

/// By item: how many more events it has in the last interval, up to the newest event of all, than in the one before.
std::vector<double> Trainer::rises() const {
    std::vector<double> rises(model_->items.size());
    if (events_.empty()) return rises;
    const std::int64_t newest = std::ranges::max_element(events_, {}, &Event::timestamp)->timestamp;
    const auto interval = static_cast<std::uint64_t>(settings_.trend_interval.count());
    for (const Event& event : events_) {
        const std::uint64_t age = static_cast<std::uint64_t>(newest) - static_cast<std::uint64_t>(event.timestamp);
        if (age < interval) {
            ++rises[event.item];
        } else if (age < 2 * interval) {
            --rises[event.item];
        }
    }
    return rises;
}

/// Where another number decides first, popularity is a fraction below 1 that only decides between equal items.
void Trainer::weigh_items() {
    model_->weights.resize(popularity_.size());
    for (std::size_t item = 0; item < popularity_.size(); ++item) {
        const double users = popularity_[item];
        double& weight = model_->weights[item];
        switch (settings_.recipe->method) {
            case Method::personal:
                weight = std::sqrt(std::sqrt(std::sqrt(users + 1)));  // similarity decides more than popularity
                break;
            case Method::popular_events:
                weight = counts_[item];
                break;
            case Method::trending:
                weight = std::max(counts_[item], 0.0) + users / (users + 1);
                break;
            case Method::together:
            case Method::similar:
                weight = users / (users + 1);
                break;
            default:
                weight = users;
        }
    }
    order_items(*model_);
}

Trainer::Stage Trainer::read_users(std::size_t work) {
    const std::size_t end = next_event_ + std::min(work, events_.size() - next_event_);
    while (next_event_ < end) {
        const std::size_t from = next_event_;
        while (next_event_ < events_.size() && events_[next_event_].user == events_[from].user) ++next_event_;
        read_user(from, next_event_);
    }
    if (next_event_ < events_.size()) return Stage::read_users;
    events_ = {};
    co_occurrence_.emplace(std::exchange(baskets_, {}), std::exchange(popularity_, {}));
    return Stage::compare;
}

void Trainer::read_user(std::size_t from, std::size_t to) {
    const auto begin = events_.begin() + static_cast<std::ptrdiff_t>(from);
    latest_.assign(begin, events_.begin() + static_cast<std::ptrdiff_t>(to));
    std::ranges::sort(latest_, {}, [](const Event& event) { return std::pair(~event.timestamp, event.item); });
    for (std::size_t i = 0; i < std::min(latest_.size(), longest_basket); ++i) {
        if (i < longest_history && has_history(*settings_.recipe)) {
            model_->histories.values.push_back(latest_[i].item);
        }
        baskets_.values.push_back(latest_[i].item);
    }
    baskets_.end_list();
    if (has_history(*settings_.recipe)) model_->histories.end_list();
}

}  // namespace plocal::recommender
