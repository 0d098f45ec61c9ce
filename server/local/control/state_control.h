// The calls about the whole state: `/_local/state` and `/_local/reset`. On the thread that owns the world; all of them
// may throw SqlError.
#pragma once

#include "server/base/json.h"
#include "server/local/control/control_call.h"
#include "server/local/control/long_call.h"
#include "server/local/world/world.h"

namespace plocal::control {

/// GET ?data=: a fixtures document of everything, or of the account; with `false` without rows. It lets others in while
/// it is written, and starts over where they load something meanwhile. Its checks throw ControlError: 503 where the
/// server stops meanwhile, 507 where there is no room for the document.
LongCall get_state(world::World& world, const ControlCall& call);

/// PUT: replaces the state by a document; POST: adds a document to it. They let others in while they load. They and
/// their checks throw ControlError, and then change nothing: 400 for a bad document, 409 for one that contradicts what
/// is there, 503 where the server stops meanwhile. The answer is null.
LongCall put_state(world::World& world, const ControlCall& call);
LongCall add_state(world::World& world, const ControlCall& call);

/// POST ?fixtures=: goes back to the fixtures of the start; with `false` to nothing. As the two above.
LongCall reset(world::World& world, const ControlCall& call);

/// Returns `{"batchInferenceJobs": 3, ...}`: how many resources of each kind exist, or belong to the account. Kinds
/// without any are left out.
base::Json resource_counts(world::World& world, const std::string& account);

}  // namespace plocal::control
