// The hooks and the operations of metric attributions: their metrics. On the thread that owns the store.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateMetricAttribution.html
// https://docs.aws.amazon.com/personalize/latest/dg/API_UpdateMetricAttribution.html
#pragma once

#include "server/service/resources/create.h"

namespace plocal::operations {

/// Requires unique names, valid expressions on numeric columns, and a valid output path. Throws ApiError and SqlError.
void complete_metric_attribution(resources::Creation& creation);

/// Returns true for a dataset of item interactions, and for one whose column a metric sums. Throws SqlError.
bool metric_attribution_uses(resources::Context& context, const storage::Record& attribution,
                             const storage::Record& dataset);

/// Removes and adds metrics and changes the output path, at once and without a transition. Returns the ARN. Throws
/// ApiError and SqlError; needs a transaction.
resources::Output update_metric_attribution(resources::Context& context, const base::Json& input);

/// Returns one page of the metrics of an attribution. Throws ApiError and SqlError.
resources::Output list_metric_attribution_metrics(resources::Context& context, const base::Json& input);

}  // namespace plocal::operations
