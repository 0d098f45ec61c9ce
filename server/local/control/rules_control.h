// The calls of `/_local/rules`: the rules of an account, or the common ones. On the thread that owns the world; all of
// them may throw SqlError.
#pragma once

#include "server/base/json.h"
#include "server/local/control/control_call.h"
#include "server/local/world/world.h"

namespace plocal::control {

/// GET: `{"rules": [...]}` in order, each with the counts of its matches and its applications.
base::Json get_rules(world::World& world, const ControlCall& call);

/// POST: adds one rule, or those of `{"rules": [...]}`, behind the present ones. Returns the added rules with their
/// ids. Throws ControlError for a bad rule and for an id that is taken.
base::Json add_rules(world::World& world, const ControlCall& call);

/// PUT: replaces the rules by those of `{"rules": [...]}`. Returns them. Throws ControlError as `add_rules` does.
base::Json put_rules(world::World& world, const ControlCall& call);

/// DELETE: removes all rules, or the one whose id ends the path. Returns those that are left. Throws ControlError, 404
/// for an unknown id.
base::Json delete_rules(world::World& world, const ControlCall& call);

}  // namespace plocal::control
