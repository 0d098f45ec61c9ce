#include "server/local/snapshot/settings_section.h"

#include <utility>

#include "server/base/account_id.h"
#include "server/local/rules/rule_reader.h"

namespace plocal::snapshot {
namespace {

using base::Json;
using base::Problem;

using Problems = std::vector<FixtureProblem>;

void read_clock(SettingsSection& section, const Location& place, const Json& json, Problems& problems) {
    std::vector<Problem> found;
    const ClockChange change = read_clock_change(json, found);
    section.clock_place = place;
    section.clock = change.over(section.clock.value_or(ClockChange()));
    add_problems(problems, place, std::move(found));
}

void read_lifecycle(SettingsSection& section, const Location& place, const Json& json, Problems& problems) {
    std::vector<Problem> found;
    const lifecycle::PlanChanges changes = read_plan_changes(json, found);
    section.lifecycle = changes.over(section.lifecycle.value_or(lifecycle::PlanChanges()));
    add_problems(problems, place, std::move(found));
}

void read_quotas(SettingsSection& section, const Location& place, const Json& json, Problems& problems) {
    std::vector<Problem> found;
    const resources::QuotaChange change = resources::read_quota_change(json, found);
    section.quotas = change.over(section.quotas.value_or(resources::QuotaChange()));
    add_problems(problems, place, std::move(found));
}

void read_rules(SettingsSection& section, const Location& place, const Json& json, Problems& problems) {
    std::vector<Problem> found;
    std::vector<rules::Rule> rules = rules::read_rules(json, found);
    for (std::size_t i = 0; i < rules.size(); ++i) {
        ++section.rules_read;
        const bool is_id_made = rules[i].id.empty();
        if (is_id_made) rules[i].id = "document-" + std::to_string(section.rules_read);
        section.rules.push_back({place.below(i), std::move(rules[i]), is_id_made});
    }
    add_problems(problems, place, std::move(found));
}

/// False where the member is none of an arrangement's.
bool read_member(SettingsSection& section, const Location& place, std::string_view name, const Json& value,
                 Problems& problems) {
    const auto read = name == "clock"       ? read_clock
                      : name == "lifecycle" ? read_lifecycle
                      : name == "quotas"    ? read_quotas
                      : name == "rules"     ? read_rules
                                            : nullptr;
    if (read != nullptr) read(section, place, value, problems);
    return read != nullptr;
}

void read_account(SettingsSections& sections, const Location& place, const std::string& account, const Json& json,
                  Problems& problems) {
    if (!base::is_account_id(account) || !json.is_object()) {
        problems.push_back({place, "an account of twelve digits with an object", base::excerpt(json)});
        return;
    }
    for (const auto& [name, value] : json.items()) {
        const Location inner = place.below(name);
        if (read_member(sections[account], inner, name, value, problems)) continue;
        problems.push_back({inner, "clock, lifecycle, quotas or rules", "a member " + Json(name).dump()});
    }
}

void read_accounts(SettingsSections& sections, const Location& place, const Json& json, Problems& problems) {
    if (!json.is_object()) {
        problems.push_back({place, "an object of accounts", base::excerpt(json)});
        return;
    }
    for (const auto& [account, value] : json.items()) {
        read_account(sections, place.below(account), account, value, problems);
    }
}

}  // namespace

void read_settings_sections(SettingsSections& sections, const std::string& source, const Json& document,
                            Problems& problems) {
    read_settings_section("", sections, source, document, problems);
    const auto accounts = document.find("accounts");
    if (accounts != document.end()) read_accounts(sections, {source, "/accounts"}, *accounts, problems);
}

void read_settings_section(std::string_view account, SettingsSections& sections, const std::string& source,
                           const Json& document, Problems& problems) {
    for (const auto& [name, value] : document.items()) {
        read_member(sections[std::string(account)], Location{source, ""}.below(name), name, value, problems);
    }
}

}  // namespace plocal::snapshot
