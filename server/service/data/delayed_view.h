// What a request sees of a dataset while the lifecycle lets what was put be seen later. Any thread.
#pragma once

#include "server/base/instant.h"
#include "server/service/lifecycle/data_delays.h"
#include "storage/row_set.h"
#include "storage/row_sets.h"

namespace plocal::data {

/// Returns a view of a dataset, at any revision, without the records and events whose delay has not passed at `now` on
/// the clock of the dataset's account. What was imported is seen at once.
storage::RowView seen_at(base::Instant now, const lifecycle::DataDelays& delays, const storage::RowSetOwner& dataset,
                         storage::RowView view);

}  // namespace plocal::data
