// What is a recommender's own: it belongs to a domain.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateRecommender.html
// https://docs.aws.amazon.com/personalize/latest/dg/API_UpdateRecommender.html
#pragma once

#include "server/operations/change.h"
#include "server/operations/creation.h"

namespace plocal::operations {

/// In a group of the recipe's domain, with data to train on.
void complete_recommender(Creation& creation);

/// Another configuration.
void complete_recommender_update(Change& change);

}  // namespace plocal::operations
