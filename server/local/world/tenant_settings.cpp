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
using snapshot::PlacedRule;
using storage::Setting;
using storage::SettingRepository;

constexpr std::string_view clock_setting = "clock";
constexpr std::string_view plans_setting = "lifecycle";
constexpr std::string_view rules_setting = "rules";
constexpr std::string_view quotas_setting = "quotas";

void put(SettingRepository& settings, std::string_view account, std::string_view name, std::string value) {
    settings.put({std::string(account), std::string(name), std::move(value)});
}

void add_rules(rules::RuleBook& book, std::vector<PlacedRule> placed, bool has_kept,
               std::vector<FixtureProblem>& problems) {
    if (has_kept) std::erase_if(placed, [&](const PlacedRule& each) { return book.find(each.rule.id) != nullptr; });
    for (PlacedRule& each : placed) {
        std::vector<rules::Rule> one;
        one.push_back(std::move(each.rule));
        for (Problem& problem : book.add(std::move(one))) {
            problems.push_back({each.place.below("id"), std::move(problem.expected), std::move(problem.found)});
        }
    }
}

/// Every account that has a clock, a lifecycle, quotas or rules of its own.
std::set<std::string> accounts_of(const Conditions& conditions) {
    std::set<std::string> accounts;
    for (const std::string& account : conditions.clocks.accounts()) accounts.insert(account);
    for (const auto& [account, changes] : conditions.plans.all()) accounts.insert(account);
    for (const auto& [account, change] : conditions.quotas.all()) accounts.insert(account);
    for (const auto& [account, book] : conditions.rules) accounts.insert(account);
    return accounts;
}

/// A clock as a document tells it: one that is the machine's own needs no moment, and is then the same wherever it is
/// loaded.
Json told_clock(Clock& clock) {
    const lifecycle::ClockState state = clock.state();
    Json json = snapshot::to_json(state);
    const bool is_the_machines =
        state.mode == lifecycle::ClockMode::real && state.speed == 1 && state.service == state.real;
    if (is_the_machines) json.erase("now");
    return json;
}

/// What one account has of its own, or what is common.
Json own_arrangement(Conditions& conditions, const std::string& account) {
    Json json = Json::object();
    if (account.empty() || conditions.clocks.has_own(account)) {
        json["clock"] = told_clock(conditions.clocks.of(account));
    }
    const Json plans = snapshot::to_json(conditions.plans.changes_of(account));
    if (!plans.empty()) json["lifecycle"] = plans;
    const Json quotas = resources::to_json(conditions.quotas.changes_of(account));
    if (!quotas.empty()) json["quotas"] = quotas;
    const rules::RuleBook* const rules = conditions.own_rules(account);
    if (rules != nullptr && rules->size() > 0) json["rules"] = rules->list();
    return json;
}

}  // namespace

rules::RuleBook& Conditions::rules_of(std::string_view account) {
    // Ids that are made differ from book to book: an own rule hides the common one of its id.
    const std::string made = account.empty() ? "rule-" : std::string(account) + "-rule-";
    return rules.try_emplace(std::string(account), seed, made).first->second;
}

rules::RuleBook* Conditions::own_rules(std::string_view account) {
    const auto found = rules.find(account);
    return found == rules.end() ? nullptr : &found->second;
}

void Conditions::forget(std::string_view account) {
    clocks.forget(account);
    plans.forget(account);
    quotas.forget(account);
    if (const auto found = rules.find(account); found != rules.end()) rules.erase(found);
}

void keep_clock(SettingRepository& settings, std::string_view account, Clock& clock, std::chrono::milliseconds lead) {
    lifecycle::ClockState state = clock.state();
    state.service += lead;
    put(settings, account, clock_setting, snapshot::kept_text(state));
}

void keep_plans(SettingRepository& settings, const Conditions& conditions, std::string_view account) {
    put(settings, account, plans_setting, snapshot::to_json(conditions.plans.changes_of(account)).dump());
}

void keep_rules(SettingRepository& settings, Conditions& conditions, std::string_view account) {
    put(settings, account, rules_setting, conditions.rules_of(account).list().dump());
}

void keep_quotas(SettingRepository& settings, const Conditions& conditions, std::string_view account) {
    put(settings, account, quotas_setting, resources::to_json(conditions.quotas.changes_of(account)).dump());
}

void keep(SettingRepository& settings, Conditions& conditions, const std::string& account) {
    if (account.empty() || conditions.clocks.has_own(account)) {
        keep_clock(settings, account, conditions.clocks.of(account), {});
    }
    if (conditions.plans.all().contains(account)) keep_plans(settings, conditions, account);
    if (conditions.quotas.all().contains(account)) keep_quotas(settings, conditions, account);
    if (conditions.own_rules(account) != nullptr) keep_rules(settings, conditions, account);
}

void keep_all(SettingRepository& settings, Conditions& conditions) {
    for (const std::string& account : accounts_of(conditions)) keep(settings, conditions, account);
}

Kept resume(SettingRepository& settings, Conditions& conditions, bool is_clock_given) {
    Kept kept;
    for (const Setting& setting : settings.list(clock_setting)) {
        if (setting.account.empty() && is_clock_given) continue;
        if (const auto state = snapshot::kept_clock(setting.value)) {
            conditions.clocks.put(setting.account, lifecycle::Clock::resumed(*state, state->service));
            kept.clocks.insert(setting.account);
        }
    }
    for (const Setting& setting : settings.list(plans_setting)) {
        std::vector<Problem> problems;
        conditions.plans.put(setting.account,
                             snapshot::read_plan_changes(Json::parse(setting.value, nullptr, false), problems));
        kept.plans.insert(setting.account);
    }
    for (const Setting& setting : settings.list(quotas_setting)) {
        std::vector<Problem> problems;
        conditions.quotas.put(setting.account,
                              resources::read_quota_change(Json::parse(setting.value, nullptr, false), problems));
        kept.quotas.insert(setting.account);
    }
    for (const Setting& setting : settings.list(rules_setting)) {
        std::vector<Problem> problems;
        std::vector<rules::Rule> rules = rules::read_rules(Json::parse(setting.value, nullptr, false), problems);
        if (!problems.empty()) continue;
        static_cast<void>(conditions.rules_of(setting.account).add(std::move(rules)));
        kept.rules.insert(setting.account);
    }
    return kept;
}

void arrange(Conditions& conditions, snapshot::Arrangements arrangements, const Kept& kept,
             std::vector<FixtureProblem>& problems) {
    for (auto& [account, arrangement] : arrangements) {
        if (arrangement.clock && !kept.clocks.contains(account)) {
            conditions.clocks.put(account, arrangement.clock->applied_to(conditions.clocks.of(account)));
        }
        if (arrangement.lifecycle && !kept.plans.contains(account)) {
            conditions.plans.put(account, arrangement.lifecycle->over(conditions.plans.changes_of(account)));
        }
        if (arrangement.quotas && !kept.quotas.contains(account)) {
            conditions.quotas.put(account, arrangement.quotas->over(conditions.quotas.changes_of(account)));
        }
        if (arrangement.rules.empty()) continue;
        add_rules(conditions.rules_of(account), std::move(arrangement.rules), kept.rules.contains(account), problems);
    }
}

Json arrangement_of(Conditions& conditions, const std::string& account) {
    Json arrangement = own_arrangement(conditions, account);
    if (!account.empty()) return arrangement;
    for (const std::string& each : accounts_of(conditions)) {
        if (each.empty()) continue;
        if (Json own = own_arrangement(conditions, each); !own.empty()) arrangement["accounts"][each] = std::move(own);
    }
    return arrangement;
}

}  // namespace plocal::world
