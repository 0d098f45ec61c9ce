// The hook of event trackers: their generated ids. On the thread that owns the store.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateEventTracker.html
#pragma once

#include "server/service/resources/create.h"

namespace plocal::operations {

/// Generates the id of its ARN and the tracking id, which Create returns beside the ARN. Throws ApiError and SqlError.
void complete_event_tracker(resources::Creation& creation);

}  // namespace plocal::operations
