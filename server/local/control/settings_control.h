// GET and PUT of the settings that are overrides: /_local/lifecycle and /_local/quotas. On the thread that owns the
// world.
#pragma once

#include "server/base/json.h"
#include "server/local/control/control_call.h"
#include "server/local/world/tenant_setting.h"
#include "server/local/world/world.h"

namespace plocal::control {

/// Returns the setting as it applies to the call's account, with all of its members, and beside them "set": what a PUT
/// or a document has set for this account, or for all.
base::Json get_setting(world::World& world, const ControlCall& call, const world::TenantSetting& setting);

/// Replaces what is set for the account by the body. A body with "set", such as an answer of `get_setting`, is read
/// from there alone. Returns the new setting as `get_setting` does. Throws ControlError for a bad value, and then
/// changes nothing; SqlError.
base::Json put_setting(world::World& world, const ControlCall& call, const world::TenantSetting& setting);

}  // namespace plocal::control
