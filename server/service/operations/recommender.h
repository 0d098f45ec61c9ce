// What is a recommender's own: it belongs to a domain.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateRecommender.html
// https://docs.aws.amazon.com/personalize/latest/dg/API_UpdateRecommender.html
#pragma once

#include "server/service/resources/create.h"
#include "server/service/resources/update.h"

namespace plocal::operations {

/// In a group of the recipe's domain, with data to train on.
void complete_recommender(resources::Creation& creation);

/// Another configuration.
void complete_recommender_update(resources::Change& change);

}  // namespace plocal::operations
