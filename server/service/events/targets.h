// Finds the dataset to which the records of a Put request go. On the thread that owns the store; every call may throw
// ApiError and SqlError.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/base/json.h"
#include "server/service/data/dataset.h"
#include "server/service/resources/context.h"

namespace plocal::events {

struct Target {
    std::optional<data::Dataset> dataset;  // nothing where records cannot be kept
    std::string why = {};                  // they cannot be kept
    bool may_change = false;               // by the clock alone
};

/// Returns the Interactions dataset of the ACTIVE event tracker with this tracking id. Of copies with the same id, a
/// caller that names an account reaches its own, any other caller the one that was there first.
Target target_of_events(resources::Context& context, const std::string& tracking_id);

/// Returns the Action interactions dataset that has this tracking id itself.
Target target_of_action_interactions(resources::Context& context, const std::string& tracking_id);

/// Returns the dataset that the input names, which must be of this type.
Target target_named(resources::Context& context, const base::Json& input, std::string_view type);

}  // namespace plocal::events
