// The hooks and the operations of recommenders: domain, capacity, Start and Stop. On the thread that owns the store.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateRecommender.html
// https://docs.aws.amazon.com/personalize/latest/dg/API_UpdateRecommender.html
#pragma once

#include "server/service/resources/create.h"
#include "server/service/resources/update.h"

namespace plocal::operations {

/// Requires a dataset group of the recipe's domain, with data for training. The capacity defaults to one request a
/// second. Throws ApiError and SqlError.
void complete_recommender(resources::Creation& creation);

/// Changes the configuration. The capacity keeps its value unless the input has one.
void complete_recommender_update(resources::Change& change);

/// Start an INACTIVE recommender, stop an ACTIVE one. Return its ARN. Throw ApiError and SqlError; need a transaction.
/// https://docs.aws.amazon.com/personalize/latest/dg/stopping-starting-recommender.html
resources::Output start_recommender(resources::Context& context, const base::Json& input);
resources::Output stop_recommender(resources::Context& context, const base::Json& input);

}  // namespace plocal::operations
