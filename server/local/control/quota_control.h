// GET and PUT /_local/quotas. On the thread that owns the world.
#pragma once

#include "server/base/json.h"
#include "server/local/control/control_call.h"
#include "server/local/world/world.h"

namespace plocal::control {

/// The mode and every limit, as they apply to the call's account.
base::Json get_quotas(world::World& world, const ControlCall& call);

/// `{"mode": "aws", "limits": {"batchInferenceJobsInProgress": 2}}` in place of what was put before; what is not given
/// is as the program was started, or the service has it. Throws ControlError and SqlError.
base::Json put_quotas(world::World& world, const ControlCall& call);

}  // namespace plocal::control
