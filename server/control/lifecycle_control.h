// How what is created from now on shall live.
#pragma once

#include "server/control/control_call.h"
#include "server/control/world.h"
#include "server/model/json.h"

namespace plocal::control {

/// GET: `{"default": {...}, "batchInferenceJob": {...}}`, what was put for the account, or for all.
model::Json get_lifecycle(World& world, const ControlCall& call);

/// PUT: the same in place of what was there. Answers what is there now.
model::Json put_lifecycle(World& world, const ControlCall& call);

}  // namespace plocal::control
