#include "server/local/world/quota_setting.h"

#include "server/local/world/overrides_row.h"

namespace plocal::world {
namespace {

using resources::QuotaChange;

base::Json write_quotas(const QuotaChange& change) {
    return resources::to_json(change);
}

base::Json quotas_in_force(const TenantSettings& tenants, const std::string& account) {
    return resources::to_json(tenants.quotas.all_of(account));
}

}  // namespace

const TenantSetting& quota_setting() {
    static const TenantSetting row =
        OverridesRow<&ReadingSettings::quotas, resources::read_quota_change, write_quotas>::row("quotas",
                                                                                                quotas_in_force);
    return row;
}

}  // namespace plocal::world
