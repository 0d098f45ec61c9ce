// What is made to go wrong: the rules of an account, or the common ones.
#pragma once

#include "server/base/json.h"
#include "server/local/control/control_call.h"
#include "server/local/world/world.h"

namespace plocal::control {

/// GET: `{"rules": [...]}` in order, each with how often it matched and fired.
base::Json get_rules(world::World& world, const ControlCall& call);

/// POST: adds one rule, or `{"rules": [...]}`, behind those that are there. Answers what was added, with ids.
base::Json add_rules(world::World& world, const ControlCall& call);

/// PUT: `{"rules": [...]}` in place of those that are there.
base::Json put_rules(world::World& world, const ControlCall& call);

/// DELETE: all of them, or the one whose id the path ends in. Throws ControlError, 404 for an unknown id.
base::Json delete_rules(world::World& world, const ControlCall& call);

}  // namespace plocal::control
