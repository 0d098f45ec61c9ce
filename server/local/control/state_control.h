// The whole state: taken, put back, added to, and begun again.
#pragma once

#include "server/base/json.h"
#include "server/local/control/control_call.h"
#include "server/local/world/world.h"

namespace plocal::control {

/// GET: a fixtures document of everything, or of the call's account.
std::string get_state(world::World& world, const ControlCall& call);

/// PUT: this document in place of everything; POST: beside it. Throw ControlError: 400
/// for a bad document, 409 for one that contradicts what is there; nothing is changed then.
void put_state(world::World& world, const ControlCall& call);
void add_state(world::World& world, const ControlCall& call);

/// POST ?fixtures=: the fixtures of the start alone, or with `false` nothing.
void reset(world::World& world, const ControlCall& call);

/// `{"batchInferenceJobs": 3, ...}`: how many there are of each kind that there is, or that the account has.
base::Json resource_counts(world::World& world, const std::string& account);

}  // namespace plocal::control
