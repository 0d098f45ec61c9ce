// The setting `rules`: the rules of one account, or the common ones. On the thread that owns the world.
#pragma once

#include "server/local/world/tenant_setting.h"

namespace plocal::world {

const TenantSetting& rules_setting();

}  // namespace plocal::world
