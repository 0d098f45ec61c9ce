#include "server/local/control/accounts_control.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/local/world/setting_table.h"

namespace plocal::control {

using base::Json;
using world::World;

Json list_accounts(World& world, const ControlCall& call) {
    struct Account {
        std::vector<std::string> regions;
        std::int64_t resources = 0;
        std::vector<std::string_view> own;
    };
    std::map<std::string, Account> accounts;
    for (const storage::StatusCount& count : world.store().counts().by_stable_status()) {
        Account& account = accounts[count.account];
        if (count.account.empty()) continue;
        account.resources += count.count;
        for (std::string& region : world.store().walk().regions(count.account, count.kind)) {
            if (std::ranges::find(account.regions, region) == account.regions.end()) {
                account.regions.push_back(std::move(region));
            }
        }
    }
    for (const world::TenantSetting* const setting : world::setting_table()) {
        for (const std::string& account : setting->accounts(world.tenants())) {
            accounts[account].own.push_back(setting->name);
        }
    }
    Json list = Json::array();
    for (auto& [name, account] : accounts) {
        if (name.empty() || (!call.account.empty() && name != call.account)) continue;
        std::ranges::sort(account.regions);
        list.push_back(
            {{"account", name}, {"regions", account.regions}, {"resources", account.resources}, {"own", account.own}});
    }
    const storage::Owner& home = world.settings().home;
    return {{"accounts", std::move(list)}, {"home", {{"account", home.account}, {"region", home.region}}}};
}

}  // namespace plocal::control
