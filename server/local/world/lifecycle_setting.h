// The setting `lifecycle`: how resources of an account change their status, by default and by kind, and when data that
// was put is seen. On the thread that owns the world.
#pragma once

#include "server/local/world/tenant_setting.h"

namespace plocal::world {

const TenantSetting& lifecycle_setting();

}  // namespace plocal::world
