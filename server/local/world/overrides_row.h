// The functions of a row whose setting is a set of overrides: changes by account, merged over the common ones. Such a
// setting is a member of TenantSettings with `all`, `changes_of`, `put` and `forget`, like PlanOverrides.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "server/base/json.h"
#include "server/local/world/tenant_setting.h"

namespace plocal::world {

/// `member` points to the overrides. `read` reads a set of changes from JSON and adds its problems. `write` does the
/// reverse; it returns an object without members where nothing is changed.
template <auto member, auto read, auto write>
struct OverridesRow {
    using Problems = TenantSetting::Problems;

    static std::vector<std::string> accounts(const TenantSettings& tenants) {
        std::vector<std::string> accounts;
        for (const auto& [account, changes] : (tenants.*member).all()) accounts.push_back(account);
        return accounts;
    }

    static base::Json to_json(TenantSettings& tenants, const std::string& account) {
        base::Json json = to_stored(tenants, account);
        return json.empty() ? base::Json() : json;
    }

    static base::Json to_stored(TenantSettings& tenants, const std::string& account) {
        return write((tenants.*member).changes_of(account));
    }

    static void check(const base::Json& value, Problems& problems) { read(value, problems); }

    static void put(TenantSettings& tenants, const std::string& account, const base::Json& value, Problems& problems) {
        auto changes = read(value, problems);
        if (problems.empty()) (tenants.*member).put(account, std::move(changes));
    }

    static void apply(TenantSettings& tenants, const std::string& account, const TenantSetting::Values& values,
                      bool is_stored, std::vector<snapshot::FixtureProblem>&) {
        if (is_stored) return;
        Problems checked;
        for (const snapshot::SettingValue& value : values) {
            auto changes = read(value.json, checked).over((tenants.*member).changes_of(account));
            (tenants.*member).put(account, std::move(changes));
        }
    }

    static void adopt(TenantSettings& present, TenantSettings& next, const std::string& account) {
        if ((next.*member).all().contains(account)) {
            (present.*member).put(account, (next.*member).changes_of(account));
        } else {
            (present.*member).forget(account);
        }
    }

    static TenantSetting row(std::string_view name, base::Json (*in_force)(const TenantSettings&, const std::string&)) {
        return {
            .name = name,
            .accounts = accounts,
            .to_json = to_json,
            .to_stored = to_stored,
            .resume = put,
            .check = check,
            .apply = apply,
            .adopt = adopt,
            .forget = [](TenantSettings& tenants, const std::string& account) { (tenants.*member).forget(account); },
            .put = put,
            .in_force = in_force};
    }
};

}  // namespace plocal::world
