#include "server/service/recommender/segment.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace plocal::recommender {
namespace {

/// So many common users count half.
constexpr double segment_shrinkage = 2;

/// By item: its similarity to this one.
std::vector<double> similarities(const SegmentModel& model, std::uint32_t item) {
    std::vector<std::uint32_t> common(model.items.size());  // users
    for (const std::uint32_t user : model.users_of_items[item]) {
        for (const UsedItem& used : model.items_of_users[user]) ++common[used.item];
    }
    const auto users = static_cast<double>(model.users_of_items[item].size());
    std::vector<double> result(model.items.size());
    for (std::uint32_t other = 0; other < result.size(); ++other) {
        const double both = common[other];
        if (both == 0) continue;
        const double cosine = both / std::sqrt(users * static_cast<double>(model.users_of_items[other].size()));
        result[other] = cosine * (both / (both + segment_shrinkage));
    }
    result[item] = 1;
    return result;
}

}  // namespace

std::size_t SegmentModel::memory_bytes() const {
    return sizeof(SegmentModel) + items.memory_bytes() + users.memory_bytes() + items_of_users.memory_bytes() +
           users_of_items.memory_bytes();
}

void SegmentTrainer::add_interaction(std::string_view user, std::string_view item) {
    events_.emplace_back(users_.intern(user), items_.intern(item));
}

std::shared_ptr<const SegmentModel> SegmentTrainer::train() {
    const auto model = std::make_shared<SegmentModel>();
    std::vector<std::uint32_t> user_places;
    std::vector<std::uint32_t> item_places;
    model->users = std::exchange(users_, {}).sorted(user_places);
    model->items = std::exchange(items_, {}).sorted(item_places);
    for (auto& [user, item] : events_) {
        user = user_places[user];
        item = item_places[item];
    }
    std::ranges::sort(events_);
    model->interactions = events_.size();
    Lists<std::uint32_t> items_of_users;
    auto next = events_.begin();
    for (std::uint32_t user = 0; user < model->users.size(); ++user) {
        while (next != events_.end() && next->first == user) {
            const auto begin = next;
            next = std::find_if(begin, events_.end(), [begin](const auto& event) { return event != *begin; });
            model->items_of_users.values.push_back({begin->second, static_cast<std::uint32_t>(next - begin)});
            items_of_users.values.push_back(begin->second);
        }
        model->items_of_users.end_list();
        items_of_users.end_list();
    }
    events_ = {};
    model->users_of_items = inverted(items_of_users, model->items.size());
    return model;
}

std::vector<double> item_affinities(const SegmentModel& model, std::uint32_t item) {
    const std::vector<double> similar = similarities(model, item);
    std::vector<double> affinities(model.users.size());
    for (std::uint32_t user = 0; user < affinities.size(); ++user) {
        for (const UsedItem& used : model.items_of_users[user]) affinities[user] += similar[used.item];
    }
    return affinities;
}

std::vector<double> attribute_affinities(const SegmentModel& model, const ItemSet& items) {
    std::vector<double> affinities(model.users.size());
    for (std::uint32_t user = 0; user < affinities.size(); ++user) {
        for (const UsedItem& used : model.items_of_users[user]) {
            if (items.contains(used.item)) affinities[user] += used.count;
        }
    }
    return affinities;
}

std::vector<std::uint32_t> best_users(std::span<const double> affinities, const ItemSet* passing, std::size_t count) {
    std::vector<std::uint32_t> users;
    for (std::uint32_t user = 0; user < affinities.size(); ++user) {
        if (passing == nullptr || passing->contains(user)) users.push_back(user);
    }
    const auto kept = static_cast<std::ptrdiff_t>(std::min(count, users.size()));
    std::ranges::partial_sort(users, users.begin() + kept, {},
                              [affinities](std::uint32_t user) { return std::pair(-affinities[user], user); });
    users.resize(static_cast<std::size_t>(kept));
    return users;
}

}  // namespace plocal::recommender
