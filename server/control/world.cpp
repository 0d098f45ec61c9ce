#include "server/control/world.h"

#include <algorithm>
#include <utility>

#include "server/control/settings_json.h"
#include "server/rules/rule_reader.h"

namespace plocal::control {
namespace {

using model::Json;

constexpr std::string_view clock_setting = "clock";
constexpr std::string_view plans_setting = "lifecycle";
constexpr std::string_view rules_setting = "rules";

}  // namespace

World::World(storage::Store& store, Beginning beginning)
    : store_(store),
      beginning_(std::move(beginning)),
      clocks_(beginning_.clock),
      plans_(beginning_.settings.plan),
      journal_(beginning_.journal_capacity) {
    resume_clocks(beginning_.is_clock_given);
    resume_plans();
    resume_rules();
}

bool World::has_recorded(std::string_view account) const {
    return account.empty() ? !recorded_.empty() : recorded_.contains(account) || recorded_.contains("");
}

std::optional<storage::Instant> World::idle_moment(std::string_view account) {
    const lifecycle::Clock* const clock = &clocks_.of(account);
    std::optional<storage::Instant> latest;
    for (const std::string& each : store_.resources().accounts()) {
        if (&clocks_.of(each) != clock) continue;
        latest = std::max(latest, store_.resources().latest_idle(each));
    }
    return latest;
}

rules::RuleBook& World::rules_of(std::string_view account) {
    return rules_.try_emplace(std::string(account), settings().plan.seed).first->second;
}

rules::RuleBook* World::own_rules(std::string_view account) {
    const auto found = rules_.find(account);
    return found == rules_.end() ? nullptr : &found->second;
}

bool World::own_rule(std::string_view account, std::string_view id) {
    rules::RuleBook* const own = account.empty() ? nullptr : own_rules(account);
    return own != nullptr && own->find(id) != nullptr;
}

void World::keep_clock(std::string_view account) {
    store_.settings().put({std::string(account), std::string(clock_setting), kept_text(clocks_.of(account).state())});
}

void World::keep_plans(std::string_view account) {
    store_.settings().put(
        {std::string(account), std::string(plans_setting), to_json(plans_.changes_of(account)).dump()});
}

void World::keep_rules(std::string_view account) {
    store_.settings().put({std::string(account), std::string(rules_setting), rules_of(account).list().dump()});
}

void World::resume_clocks(bool is_common_given) {
    for (const storage::Setting& setting : store_.settings().list(clock_setting)) {
        if (setting.account.empty() && is_common_given) continue;
        if (const auto state = kept_clock(setting.value)) {
            clocks_.put(setting.account, lifecycle::Clock::resumed(*state, state->service));
        }
    }
}

void World::resume_plans() {
    for (const storage::Setting& setting : store_.settings().list(plans_setting)) {
        std::vector<lifecycle::Problem> problems;
        plans_.put(setting.account, read_plan_changes(Json::parse(setting.value, nullptr, false), problems));
    }
}

void World::resume_rules() {
    for (const storage::Setting& setting : store_.settings().list(rules_setting)) {
        std::vector<lifecycle::Problem> problems;
        std::vector<rules::Rule> rules = rules::read_rules(Json::parse(setting.value, nullptr, false), problems);
        if (problems.empty()) static_cast<void>(rules_of(setting.account).add(std::move(rules)));
    }
}

}  // namespace plocal::control
