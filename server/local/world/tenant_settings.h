// What resources live under: clocks, plans, quotas and rules, common and by account. On the thread that owns the world.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/local/rules/rule_book.h"
#include "server/local/snapshot/settings_section.h"
#include "server/service/lifecycle/clocks.h"
#include "server/service/lifecycle/overrides.h"
#include "server/service/resources/quota_overrides.h"
#include "storage/setting_repository.h"

namespace plocal::world {

/// Movable alone, for its rules are.
struct TenantSettings {
    lifecycle::Clocks clocks;
    lifecycle::PlanOverrides plans;
    std::uint64_t seed = 0;  // of the rules
    std::map<std::string, rules::RuleBook, std::less<>> rules;
    resources::QuotaOverrides quotas;

    /// The rules of an account, "" for the common ones; made where there are none.
    rules::RuleBook& rules_of(std::string_view account);

    /// Makes none: null where there are none.
    rules::RuleBook* own_rules(std::string_view account);

    /// What an account has of its own, or what is common, is gone.
    void forget(std::string_view account);
};

/// Keeps what is of one account, or common, so that it outlives a restart. A clock may be kept so much ahead of its
/// moment. Throw SqlError.
void keep_clock(storage::SettingRepository& settings, std::string_view account, lifecycle::Clock& clock,
                std::chrono::milliseconds lead);
void keep_plans(storage::SettingRepository& settings, const TenantSettings& tenants, std::string_view account);
void keep_rules(storage::SettingRepository& settings, TenantSettings& tenants, std::string_view account);
void keep_quotas(storage::SettingRepository& settings, const TenantSettings& tenants, std::string_view account);

/// All that an account has of its own, or that is common; or all of everybody.
void keep(storage::SettingRepository& settings, TenantSettings& tenants, const std::string& account);
void keep_all(storage::SettingRepository& settings, TenantSettings& tenants);

/// What had been kept by then. Which accounts had what is what a document may not change.
struct StoredSettings {
    std::set<std::string, std::less<>> clocks;
    std::set<std::string, std::less<>> plans;
    std::set<std::string, std::less<>> rules;
    std::set<std::string, std::less<>> quotas;
};

/// Takes up what the settings have kept; a common clock only where `is_clock_given` is false. Throws SqlError.
StoredSettings resume(storage::SettingRepository& settings, TenantSettings& tenants, bool is_clock_given);

/// Puts what documents say into place, but for what has been kept: a clock and a lifecycle that are there stay, and so
/// does a rule whose id is there. Rules' ids that are taken become problems.
void apply_sections(TenantSettings& tenants, snapshot::SettingsSections sections, const StoredSettings& stored,
                    std::vector<snapshot::FixtureProblem>& problems);

/// What `arrange` makes the same conditions of: those of an account, or where it is "" of everybody.
base::Json settings_json_of(TenantSettings& tenants, const std::string& account);

}  // namespace plocal::world
