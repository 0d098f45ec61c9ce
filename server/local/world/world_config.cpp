#include "server/local/world/world_config.h"

#include "server/local/world/clock_setting.h"

namespace plocal::world {

TenantSettings fresh_settings(const WorldConfig& config) {
    const resources::ServiceSettings& settings = config.settings;
    return {{lifecycle::Clocks(config.clock), lifecycle::PlanOverrides(settings.plan, settings.working_kinds),
             resources::QuotaOverrides(settings.are_quotas_enforced)},
            rules::RuleBooks(settings.plan.seed)};
}

SettingKeys settings_fixed_by_flags(const WorldConfig& config, const std::vector<std::string>& accounts) {
    SettingKeys fixed;
    if (!config.is_clock_given) return fixed;
    fixed.insert(clock_setting(), "");
    for (const std::string& account : accounts) fixed.insert(clock_setting(), account);
    return fixed;
}

}  // namespace plocal::world
