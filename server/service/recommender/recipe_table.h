// What differs between recipes and use cases, as a table: how items are scored, which events count, what a request
// needs and what its answer leaves out. Constant, for any thread.
#pragma once

#include <span>
#include <string_view>

namespace plocal::recommender {

/// How items are ordered.
enum class Method {
    personal,        // by popularity and by what goes with the user's latest items
    popular_users,   // by the number of distinct users
    popular_events,  // by the number of events
    trending,        // by the rise of events between the last two intervals
    together,        // by how many users have both the item and the query item
    similar,         // as together, then by categories shared with the query item
    actions,         // by the share of users who take the action
    segment,         // users instead of items: no campaign
};

/// Which operation a campaign or recommender of the recipe answers.
enum class Answers { recommendations, ranking, actions, none };

struct Recipe {
    std::string_view name;  // the last part of its ARN
    Method method = Method::personal;
    Answers answers = Answers::recommendations;
    bool has_scores = false;
    bool needs_user = false;
    bool needs_item = false;         // and leaves the query item out of the answer
    bool sees_later_events = false;  // of the user, after the training
    bool can_promote = true;
    std::string_view trained_event;  // the event type that counts; all, where empty
    std::string_view dropped_event;  // items of such events of the user are left out; none, where empty
};

std::span<const Recipe> all_recipes();

/// The recipe or use case of a name such as "aws-sims"; null for an unknown one.
const Recipe* find_recipe(std::string_view name);

/// Whether two event types are the same: letter case makes no difference.
bool is_same_event_type(std::string_view left, std::string_view right);

}  // namespace plocal::recommender
