// The items or actions that a request can be answered with, before any filter: a model's, those that a rule declares,
// or made-up ones. They are named by their index. On the thread that owns the store; calls throw NotMade and SqlError.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/service/recommender/actions.h"
#include "server/service/recommender/candidates.h"
#include "server/service/recommender/listed.h"
#include "server/service/recommender/model.h"
#include "server/service/runtime/history.h"
#include "server/service/runtime/request.h"
#include "storage/trainings.h"

namespace plocal::runtime {

enum class Origin { model, declared, made_up };

/// One of the items of an answer.
struct Scored {
    std::string_view id;          // lives as long as the answer and its request
    std::optional<double> score;  // rounded as it is shown; nothing where the recipe has none
};

class Pool {
public:
    /// An empty one.
    Pool() = default;

    /// Declared items take the place of a model's.
    static Pool of_items(const Request& request, const Resolved& resolved, const recommender::Recipe& recipe);
    static Pool of_actions(const Request& request, const Resolved& resolved);

    Origin origin() const { return origin_; }
    std::size_t size() const { return ids_ ? ids_->size() : listed_.ids.size(); }
    std::string_view id(std::uint32_t index) const { return ids_ ? (*ids_)[index] : listed_.ids[index]; }
    std::optional<std::uint32_t> find(std::string_view id) const;

    /// What the model knows; nothing without one.
    const std::optional<storage::Training>& training() const { return training_; }
    std::size_t interactions() const;
    std::size_t users() const;

    const recommender::Model* model() const { return model_.get(); }
    const recommender::ActionModel* action_model() const { return action_model_.get(); }
    const recommender::Listed& listed() const { return listed_; }

    /// The ids of a model, and a text that is equal for equal models. Only with the origin `model`.
    const std::shared_ptr<const recommender::IdTable>& ids() const { return ids_; }
    const std::string& key() const { return key_; }

private:
    using MakeUp = std::function<recommender::Listed()>;

    /// What is declared, else the training of the model to be found, else what `make_up` returns.
    Pool(const Request& request, const Resolved& resolved, const MakeUp& make_up);

    /// A model whose rows are all gone is none, whether it has seen them or not.
    void make_up_without_rows(const Request& request, const Resolved& resolved, const MakeUp& make_up);

    Origin origin_ = Origin::model;
    std::optional<storage::Training> training_;
    std::string key_;
    std::shared_ptr<const recommender::Model> model_;
    std::shared_ptr<const recommender::ActionModel> action_model_;
    std::shared_ptr<const recommender::IdTable> ids_;
    recommender::Listed listed_;
};

/// Returns what the source knows, or nothing where neither its model nor its datasets have a row: then answers are made
/// up.
std::optional<storage::Training> known_rows(const Request& request, const Resolved& resolved);

/// Returns a user's interactions. Those that a batch reads are not kept: no user comes again soon.
std::shared_ptr<const History> history_of(const Request& request, const storage::RowView& view, std::string_view user);

/// Returns the items of the user's events after the training, newest first, for recipes that see them.
std::vector<std::string> later_items(const recommender::Recipe& recipe, const Pool& pool,
                                     const std::vector<PastEvent>& history);

/// The id in a member of the input; "" where it is absent. Lives as long as the input.
std::string_view id_in(const base::Json& input, std::string_view member);

}  // namespace plocal::runtime
