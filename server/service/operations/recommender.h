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

/// Start an INACTIVE recommender, stop an ACTIVE one. Answer its ARN. Throw ApiError and SqlError; need a transaction.
/// https://docs.aws.amazon.com/personalize/latest/dg/stopping-starting-recommender.html
resources::Output start_recommender(resources::Context& context, const base::Json& input);
resources::Output stop_recommender(resources::Context& context, const base::Json& input);

}  // namespace plocal::operations
