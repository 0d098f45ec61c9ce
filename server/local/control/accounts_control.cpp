#include "server/local/control/accounts_control.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/local/world/setting_table.h"

namespace plocal::control {

using base::Json;
using world::World;

namespace {

std::set<std::string> regions_of(World& world, const std::string& account, const std::set<std::string>& kinds) {
    std::set<std::string> regions;
    for (const std::string& kind : kinds) {
        const std::vector<std::string> found = world.store().walk().regions(account, kind);
        regions.insert(found.begin(), found.end());
    }
    return regions;
}

}  // namespace

Json list_accounts(World& world, const ControlCall& call) {
    struct Account {
        std::set<std::string> kinds;  // of its resources
        std::int64_t resources = 0;
        std::vector<std::string_view> own;
    };
    std::map<std::string, Account> accounts;
    for (const storage::StatusCount& count : world.store().counts().by_stable_status()) {
        Account& account = accounts[count.account];
        account.kinds.insert(count.kind);
        account.resources += count.count;
    }
    for (const world::TenantSetting* const setting : world::setting_table()) {
        for (const std::string& account : setting->accounts(world.tenants())) {
            accounts[account].own.push_back(setting->name);
        }
    }
    Json list = Json::array();
    for (const auto& [name, account] : accounts) {
        if (name.empty() || (!call.account.empty() && name != call.account)) continue;
        list.push_back({{"account", name},
                        {"regions", regions_of(world, name, account.kinds)},
                        {"resources", account.resources},
                        {"own", account.own}});
    }
    const storage::Owner& home = world.settings().home;
    return {{"accounts", std::move(list)}, {"home", {{"account", home.account}, {"region", home.region}}}};
}

}  // namespace plocal::control
