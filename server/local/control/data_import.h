// The calls that import the rows of a dataset: PUT and POST of `/_local/data`. On the thread that owns the world; all
// of them and their checks may throw SqlError.
#pragma once

#include "server/local/control/control_call.h"
#include "server/local/control/long_call.h"
#include "server/local/world/world.h"

namespace plocal::control {

/// PUT: a FULL import of the body, which has the form of its Content-Type; POST: an INCREMENTAL one. The answer is
/// `{"rows", "revision"}`. They let others in, and wait for another import into the dataset. They and their checks
/// throw ControlError, and then change nothing: as `named_dataset` and `format_of_body` do, 400 with row and column for
/// a bad row, 409 where the rows of the dataset were dropped meanwhile, 503 where the server stops meanwhile.
LongCall put_data(world::World& world, const ControlCall& call);
LongCall add_data(world::World& world, const ControlCall& call);

}  // namespace plocal::control
