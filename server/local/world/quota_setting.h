// The setting `quotas`: the limits that the Create operations of an account are held to. On the thread that owns the
// world.
#pragma once

#include "server/local/world/tenant_setting.h"

namespace plocal::world {

const TenantSetting& quota_setting();

}  // namespace plocal::world
