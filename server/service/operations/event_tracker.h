// What is an event tracker's own: one a dataset group, with ids that are made.
// https://docs.aws.amazon.com/personalize/latest/dg/API_CreateEventTracker.html
#pragma once

#include "server/service/resources/create.h"

namespace plocal::operations {

/// Its tracking id is answered beside its ARN.
void complete_event_tracker(resources::Creation& creation);

}  // namespace plocal::operations
