#include "server/local/world/tenant_settings.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "server/base/json.h"
#include "server/local/rules/rule_reader.h"
#include "server/local/snapshot/settings_json.h"

namespace plocal::world {
namespace {

using base::Json;
using base::Problem;
using lifecycle::Clock;
using snapshot::FixtureProblem;
using snapshot::LocatedRule;
using storage::Setting;
using storage::SettingRepository;

constexpr std::string_view clock_setting = "clock";
constexpr std::string_view plans_setting = "lifecycle";
constexpr std::string_view rules_setting = "rules";
constexpr std::string_view quotas_setting = "quotas";

void put(SettingRepository& settings, std::string_view account, std::string_view name, std::string value) {
    settings.put({std::string(account), std::string(name), std::move(value)});
}

void add_rules(rules::RuleBook& book, std::vector<LocatedRule> placed, bool has_kept,
               std::vector<FixtureProblem>& problems) {
    if (has_kept) std::erase_if(placed, [&](const LocatedRule& each) { return book.find(each.rule.id) != nullptr; });
    for (LocatedRule& each : placed) {
        std::vector<rules::Rule> one;
        one.push_back(std::move(each.rule));
        for (Problem& problem : book.add(std::move(one))) {
            problems.push_back({each.place.below("id"), std::move(problem.expected), std::move(problem.found)});
        }
    }
}

/// Every account that has a clock, a lifecycle, quotas or rules of its own.
std::set<std::string> accounts_of(const TenantSettings& tenants) {
    std::set<std::string> accounts;
    for (const std::string& account : tenants.clocks.accounts()) accounts.insert(account);
    for (const auto& [account, changes] : tenants.plans.all()) accounts.insert(account);
    for (const auto& [account, change] : tenants.quotas.all()) accounts.insert(account);
    for (const auto& [account, book] : tenants.rules) accounts.insert(account);
    return accounts;
}

/// A clock as a document tells it: one that is the machine's own needs no moment, and is then the same wherever it is
/// loaded.
Json clock_json(Clock& clock) {
    const lifecycle::ClockState state = clock.state();
    Json json = snapshot::to_json(state);
    const bool is_the_machines =
        state.mode == lifecycle::ClockMode::real && state.speed == 1 && state.service == state.real;
    if (is_the_machines) json.erase("now");
    return json;
}

/// What one account has of its own, or what is common.
Json own_settings_json(TenantSettings& tenants, const std::string& account) {
    Json json = Json::object();
    if (account.empty() || tenants.clocks.has_own(account)) {
        json["clock"] = clock_json(tenants.clocks.of(account));
    }
    const Json plans = snapshot::to_json(tenants.plans.changes_of(account));
    if (!plans.empty()) json["lifecycle"] = plans;
    const Json quotas = resources::to_json(tenants.quotas.changes_of(account));
    if (!quotas.empty()) json["quotas"] = quotas;
    const rules::RuleBook* const rules = tenants.own_rules(account);
    if (rules != nullptr && rules->size() > 0) json["rules"] = rules->list();
    return json;
}

}  // namespace

rules::RuleBook& TenantSettings::rules_of(std::string_view account) {
    // Ids that are made differ from book to book: an own rule hides the common one of its id.
    const std::string made = account.empty() ? "rule-" : std::string(account) + "-rule-";
    return rules.try_emplace(std::string(account), seed, made).first->second;
}

rules::RuleBook* TenantSettings::own_rules(std::string_view account) {
    const auto found = rules.find(account);
    return found == rules.end() ? nullptr : &found->second;
}

void TenantSettings::forget(std::string_view account) {
    clocks.forget(account);
    plans.forget(account);
    quotas.forget(account);
    if (const auto found = rules.find(account); found != rules.end()) rules.erase(found);
}

void keep_clock(SettingRepository& settings, std::string_view account, Clock& clock, std::chrono::milliseconds lead) {
    lifecycle::ClockState state = clock.state();
    state.service += lead;
    put(settings, account, clock_setting, snapshot::stored_text(state));
}

void keep_plans(SettingRepository& settings, const TenantSettings& tenants, std::string_view account) {
    put(settings, account, plans_setting, snapshot::to_json(tenants.plans.changes_of(account)).dump());
}

void keep_rules(SettingRepository& settings, TenantSettings& tenants, std::string_view account) {
    put(settings, account, rules_setting, tenants.rules_of(account).list().dump());
}

void keep_quotas(SettingRepository& settings, const TenantSettings& tenants, std::string_view account) {
    put(settings, account, quotas_setting, resources::to_json(tenants.quotas.changes_of(account)).dump());
}

void keep(SettingRepository& settings, TenantSettings& tenants, const std::string& account) {
    if (account.empty() || tenants.clocks.has_own(account)) {
        keep_clock(settings, account, tenants.clocks.of(account), {});
    }
    if (tenants.plans.all().contains(account)) keep_plans(settings, tenants, account);
    if (tenants.quotas.all().contains(account)) keep_quotas(settings, tenants, account);
    if (tenants.own_rules(account) != nullptr) keep_rules(settings, tenants, account);
}

void keep_all(SettingRepository& settings, TenantSettings& tenants) {
    for (const std::string& account : accounts_of(tenants)) keep(settings, tenants, account);
}

StoredSettings resume(SettingRepository& settings, TenantSettings& tenants, bool is_clock_given) {
    StoredSettings stored;
    for (const Setting& setting : settings.list(clock_setting)) {
        if (setting.account.empty() && is_clock_given) continue;
        if (const auto state = snapshot::stored_clock(setting.value)) {
            tenants.clocks.put(setting.account, lifecycle::Clock::resumed(*state, state->service));
            stored.clocks.insert(setting.account);
        }
    }
    for (const Setting& setting : settings.list(plans_setting)) {
        std::vector<Problem> problems;
        tenants.plans.put(setting.account,
                          snapshot::read_plan_changes(Json::parse(setting.value, nullptr, false), problems));
        stored.plans.insert(setting.account);
    }
    for (const Setting& setting : settings.list(quotas_setting)) {
        std::vector<Problem> problems;
        tenants.quotas.put(setting.account,
                           resources::read_quota_change(Json::parse(setting.value, nullptr, false), problems));
        stored.quotas.insert(setting.account);
    }
    for (const Setting& setting : settings.list(rules_setting)) {
        std::vector<Problem> problems;
        std::vector<rules::Rule> rules = rules::read_rules(Json::parse(setting.value, nullptr, false), problems);
        if (!problems.empty()) continue;
        static_cast<void>(tenants.rules_of(setting.account).add(std::move(rules)));
        stored.rules.insert(setting.account);
    }
    return stored;
}

void apply_sections(TenantSettings& tenants, snapshot::SettingsSections sections, const StoredSettings& stored,
                    std::vector<FixtureProblem>& problems) {
    for (auto& [account, section] : sections) {
        if (section.clock && !stored.clocks.contains(account)) {
            tenants.clocks.put(account, section.clock->applied_to(tenants.clocks.of(account)));
        }
        if (section.lifecycle && !stored.plans.contains(account)) {
            tenants.plans.put(account, section.lifecycle->over(tenants.plans.changes_of(account)));
        }
        if (section.quotas && !stored.quotas.contains(account)) {
            tenants.quotas.put(account, section.quotas->over(tenants.quotas.changes_of(account)));
        }
        if (section.rules.empty()) continue;
        add_rules(tenants.rules_of(account), std::move(section.rules), stored.rules.contains(account), problems);
    }
}

Json settings_json_of(TenantSettings& tenants, const std::string& account) {
    Json section = own_settings_json(tenants, account);
    if (!account.empty()) return section;
    for (const std::string& each : accounts_of(tenants)) {
        if (each.empty()) continue;
        if (Json own = own_settings_json(tenants, each); !own.empty()) section["accounts"][each] = std::move(own);
    }
    return section;
}

}  // namespace plocal::world
