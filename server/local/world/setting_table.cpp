#include "server/local/world/setting_table.h"

#include <algorithm>

#include "server/local/world/clock_setting.h"
#include "server/local/world/lifecycle_setting.h"
#include "server/local/world/quota_setting.h"
#include "server/local/world/rules_setting.h"

namespace plocal::world {
namespace {

using base::Json;
using base::Problem;
using snapshot::SettingsSections;
using storage::Setting;
using storage::SettingRepository;

std::set<std::string> accounts_of(const TenantSettings& tenants) {
    std::set<std::string> accounts;
    for (const TenantSetting* const setting : setting_table()) {
        for (std::string& account : setting->accounts(tenants)) accounts.insert(std::move(account));
    }
    return accounts;
}

Json own_json(TenantSettings& tenants, const std::string& account) {
    Json section = Json::object();
    for (const TenantSetting* const setting : setting_table()) {
        Json json = setting->to_json(tenants, account);
        if (!json.is_null()) section[std::string(setting->name)] = std::move(json);
    }
    return section;
}

/// What happened to a stored value that could not be read, and how to mend it.
std::string note_on(const Setting& setting, const Problem& problem) {
    const bool is_common = setting.account.empty();
    const std::string whose = is_common ? "common " + setting.name : setting.name + " of account " + setting.account;
    const std::string call = "/_local/" + setting.name + (is_common ? "" : "?account=" + setting.account);
    return "the stored " + whose + " cannot be read" + (problem.pointer.empty() ? "" : ": at " + problem.pointer) +
           ": " + base::mismatch(problem) + "; it is ignored, and " +
           (is_common ? "the settings of the start apply" : "the common setting applies") + "; PUT " + call +
           " replaces it";
}

std::vector<Problem> resume_one(const TenantSetting& setting, TenantSettings& tenants, const Setting& stored) {
    std::vector<Problem> problems;
    try {
        setting.resume(tenants, stored.account, base::parse_json(stored.value), problems);
    } catch (const base::JsonError& error) {
        problems.push_back({"", "JSON", error.what()});
    }
    return problems;
}

}  // namespace

std::span<const TenantSetting* const> setting_table() {
    static const TenantSetting* const table[] = {&clock_setting(), &lifecycle_setting(), &quota_setting(),
                                                 &rules_setting()};
    return table;
}

const snapshot::KnownSettings& known_settings() {
    static const snapshot::KnownSettings known = [] {
        snapshot::KnownSettings settings{
            .names = {}, .check = [](std::string_view name, const Json& value, std::vector<Problem>& problems) {
                const auto setting = std::ranges::find(setting_table(), name, &TenantSetting::name);
                (*setting)->check(value, problems);
            }};
        for (const TenantSetting* const setting : setting_table()) settings.names.emplace_back(setting->name);
        return settings;
    }();
    return known;
}

void store_setting(SettingRepository& stored, const TenantSetting& setting, TenantSettings& tenants,
                   const std::string& account) {
    stored.put({account, std::string(setting.name), setting.to_stored(tenants, account).dump()});
}

void store_settings(SettingRepository& stored, TenantSettings& tenants, const std::string& account) {
    for (const TenantSetting* const setting : setting_table()) {
        const std::vector<std::string> accounts = setting->accounts(tenants);
        if (std::ranges::find(accounts, account) != accounts.end()) store_setting(stored, *setting, tenants, account);
    }
}

void store_all_settings(SettingRepository& stored, TenantSettings& tenants) {
    for (const std::string& account : accounts_of(tenants)) store_settings(stored, tenants, account);
}

SettingKeys resume_settings(SettingRepository& stored, TenantSettings& tenants, const SettingKeys& fixed,
                            std::vector<std::string>& notes) {
    SettingKeys resumed;
    for (const TenantSetting* const setting : setting_table()) {
        for (const Setting& each : stored.list(setting->name)) {
            if (fixed.contains(*setting, each.account)) continue;
            const std::vector<Problem> problems = resume_one(*setting, tenants, each);
            if (problems.empty()) {
                resumed.insert(*setting, each.account);
            } else {
                notes.push_back(note_on(each, problems.front()));
            }
        }
    }
    return resumed;
}

void apply_sections(TenantSettings& tenants, const SettingsSections& sections, const SettingKeys& stored,
                    std::vector<snapshot::FixtureProblem>& problems) {
    for (const auto& [account, section] : sections) {
        for (const TenantSetting* const setting : setting_table()) {
            const auto values = section.find(setting->name);
            if (values == section.end()) continue;
            setting->apply(tenants, account, values->second, stored.contains(*setting, account), problems);
        }
    }
}

void add_sections(TenantSettings& present, TenantSettings& next, const SettingsSections& sections) {
    for (const auto& [account, section] : sections) {
        for (const TenantSetting* const setting : setting_table()) {
            const auto values = section.find(setting->name);
            if (values == section.end()) continue;
            if (setting->append != nullptr) {
                setting->append(present, account, values->second);
            } else {
                setting->adopt(present, next, account);
            }
        }
    }
}

void adopt_settings(TenantSettings& present, TenantSettings& next, const std::string& account) {
    for (const TenantSetting* const setting : setting_table()) setting->adopt(present, next, account);
}

void forget_settings(TenantSettings& tenants, const std::string& account) {
    for (const TenantSetting* const setting : setting_table()) setting->forget(tenants, account);
}

Json settings_json(TenantSettings& tenants, const std::string& account) {
    Json section = own_json(tenants, account);
    if (!account.empty()) return section;
    for (const std::string& each : accounts_of(tenants)) {
        if (each.empty()) continue;
        if (Json own = own_json(tenants, each); !own.empty())
            section[std::string(snapshot::accounts_member)][each] = std::move(own);
    }
    return section;
}

}  // namespace plocal::world
