// Checks the choice of training data of a solution or a recommender: columns, event types and thresholds. On the thread
// that owns the store; every call may throw ApiError (InvalidInputException) and SqlError.
// https://docs.aws.amazon.com/personalize/latest/dg/custom-config-columns.html
// https://docs.aws.amazon.com/personalize/latest/dg/event-values-types.html
#pragma once

#include "server/base/json.h"
#include "server/service/operations/group_columns.h"

namespace plocal::operations {

/// Checks `trainingDataConfig` in a configuration, if it has one: it names datasets and columns that there are.
void check_training_columns(const base::Json& config, const GroupColumns& columns);

/// Checks `eventType`, `eventValueThreshold` and `eventsConfig`: a threshold is a number and needs an event type, and
/// the interactions have the columns that hold them. `event_type` is null for none.
void check_training_events(const std::string* event_type, const base::Json& config, const GroupColumns& columns);

/// Checks `eventsConfig` alone, as for an update.
void check_events_config(const base::Json& config, const GroupColumns& columns);

}  // namespace plocal::operations
