// Checks the exploration of new items that a campaign, a recommender or a batch inference job asks for. Pure.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CampaignConfig.html
#pragma once

#include <string_view>

#include "server/base/json.h"

namespace plocal::operations {

/// Checks `itemExplorationConfig` in a configuration, if it has one: the recipe must recommend items to users, and each
/// parameter must be known and in its range. An empty recipe is unknown and passes. Throws ApiError
/// (InvalidInputException).
void check_item_exploration(const base::Json& config, std::string_view recipe_arn);

}  // namespace plocal::operations
