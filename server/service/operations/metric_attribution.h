// What is a metric attribution's own: its metrics.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateMetricAttribution.html
// https://docs.aws.amazon.com/personalize/latest/dg/API_UpdateMetricAttribution.html
#pragma once

#include "server/service/resources/create.h"

namespace plocal::operations {

/// One a dataset group, each metric once, with an expression that can be read.
void complete_metric_attribution(resources::Creation& creation);

/// Adds and removes metrics, or sends the reports elsewhere: done at once. Answers the ARN. Throws ApiError; SqlError.
/// Needs a transaction.
resources::Output update_metric_attribution(resources::Context& context, const base::Json& input);

/// One page of the metrics of an attribution. Throws ApiError and SqlError.
resources::Output list_metric_attribution_metrics(resources::Context& context, const base::Json& input);

}  // namespace plocal::operations
