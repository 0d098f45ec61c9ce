// The next best action: a propensity for each action, trained from rows in any order, and the answer of one request. A
// model is immutable once trained, shared by any threads; a trainer is called by one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/service/recommender/id_table.h"
#include "server/service/recommender/item_set.h"

namespace plocal::recommender {

/// A row of the Actions dataset; nothing where a column is null or absent.
struct Action {
    std::string_view id;
    std::optional<double> value;
    std::optional<std::int64_t> expires_at;   // seconds since 1970
    std::optional<std::int64_t> repeat_days;  // for so long after it was taken, a user is not asked again
};

/// A row of the Action interactions dataset.
struct ActionInteraction {
    std::string_view action;
    std::string_view event_type;
    std::int64_t timestamp = 0;  // seconds since 1970
};

enum class ActionEvent { taken, not_taken, viewed, other };

/// Reads the type of an event. Letter case, blanks and underscores make no difference.
ActionEvent action_event(std::string_view event_type);

struct ActionModel {
    struct Facts {
        double propensity = 0;
        double value = 0;
        std::optional<std::int64_t> expires_at;
        std::optional<std::int64_t> repeat_days;
    };

    IdTable actions;                   // of both datasets
    std::vector<Facts> facts;          // by action
    std::vector<std::uint32_t> order;  // by descending propensity, then value; equal ones by index
    std::size_t interactions = 0;

    /// About how much memory the model takes.
    std::size_t memory_bytes() const;
};

class ActionTrainer {
public:
    /// Takes in a row. The ids of actions must differ.
    void add(const Action& action);
    void add(const ActionInteraction& interaction);

    /// Trains the model, once.
    std::shared_ptr<const ActionModel> train();

private:
    struct Event {
        std::uint32_t action = 0;
        ActionEvent type = ActionEvent::other;
        std::int64_t timestamp = 0;
    };

    IdInterner actions_;
    std::vector<ActionModel::Facts> facts_;  // by number
    std::vector<Event> events_;
};

struct ActionQuery {
    std::int64_t now = 0;                                          // seconds since 1970
    std::unordered_map<std::uint32_t, std::int64_t> last_taken{};  // by action: when the user last took it
    const ItemSet* passing = nullptr;                              // the actions that pass the filter; null for all
    std::size_t count = 5;
};

struct RecommendedAction {
    std::uint32_t action = 0;
    double score = 0;  // rounded as it is shown
};

/// The best actions that pass, are not expired, and that the user may be asked for again.
std::vector<RecommendedAction> recommend_actions(const ActionModel& model, const ActionQuery& query);

}  // namespace plocal::recommender
