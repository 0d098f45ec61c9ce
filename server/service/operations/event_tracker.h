// The hooks of event trackers: their generated ids, and the dataset that they feed. On the thread that owns the store.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateEventTracker.html
#pragma once

#include "server/service/resources/create.h"

namespace plocal::operations {

/// Generates the id of its ARN and the tracking id, which Create returns beside the ARN. Throws ApiError and SqlError.
void complete_event_tracker(resources::Creation& creation);

/// Returns true for a dataset of item interactions, which events are added to.
bool event_tracker_uses(resources::Context& context, const storage::Record& tracker, const storage::Record& dataset);

}  // namespace plocal::operations
