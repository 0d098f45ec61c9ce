// The models that requests are answered from, made when they are first asked for and shared by equal rows, recipe and
// settings. On the thread that owns the store; calls throw NotMade and SqlError.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "server/service/recommender/actions.h"
#include "server/service/recommender/model.h"
#include "server/service/recommender/trainer.h"
#include "server/service/runtime/group.h"
#include "server/service/runtime/kept.h"

namespace plocal::runtime {

/// A model, and a text that is equal for equal models.
template <typename Value>
struct Keyed {
    std::string key;
    std::shared_ptr<const Value> value;
};

/// Returns the beginning of a key: what is made, and the settings that it depends on, which must have a recipe.
std::string settings_key(std::string_view what, const recommender::TrainingSettings& settings);

/// Returns the model of items of what a training has seen. The settings must have a recipe of items.
Keyed<recommender::Model> find_model(Kept& kept, resources::Context& context, const Group& group,
                                     const storage::Training& training, const recommender::TrainingSettings& settings);

/// Returns the model of actions of what a training has seen.
Keyed<recommender::ActionModel> find_action_model(Kept& kept, resources::Context& context, const Group& group,
                                                  const storage::Training& training);

}  // namespace plocal::runtime
