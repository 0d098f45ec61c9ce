#include "server/local/snapshot/settings_section.h"

#include <utility>

#include "server/base/account_id.h"
#include "server/local/rules/rule_reader.h"

namespace plocal::snapshot {
namespace {

using base::Json;
using base::Problem;

using Problems = std::vector<FixtureProblem>;

void read_clock(Arrangement& arrangement, const Place& place, const Json& json, Problems& problems) {
    std::vector<Problem> found;
    const ClockChange change = read_clock_change(json, found);
    arrangement.clock_place = place;
    arrangement.clock = change.over(arrangement.clock.value_or(ClockChange()));
    add_problems(problems, place, std::move(found));
}

void read_lifecycle(Arrangement& arrangement, const Place& place, const Json& json, Problems& problems) {
    std::vector<Problem> found;
    const lifecycle::PlanChanges changes = read_plan_changes(json, found);
    arrangement.lifecycle = changes.over(arrangement.lifecycle.value_or(lifecycle::PlanChanges()));
    add_problems(problems, place, std::move(found));
}

void read_quotas(Arrangement& arrangement, const Place& place, const Json& json, Problems& problems) {
    std::vector<Problem> found;
    const resources::QuotaChange change = resources::read_quota_change(json, found);
    arrangement.quotas = change.over(arrangement.quotas.value_or(resources::QuotaChange()));
    add_problems(problems, place, std::move(found));
}

void read_rules(Arrangement& arrangement, const Place& place, const Json& json, Problems& problems) {
    std::vector<Problem> found;
    std::vector<rules::Rule> rules = rules::read_rules(json, found);
    for (std::size_t i = 0; i < rules.size(); ++i) {
        ++arrangement.rules_read;
        const bool is_id_made = rules[i].id.empty();
        if (is_id_made) rules[i].id = "document-" + std::to_string(arrangement.rules_read);
        arrangement.rules.push_back({place.below(i), std::move(rules[i]), is_id_made});
    }
    add_problems(problems, place, std::move(found));
}

/// False where the member is none of an arrangement's.
bool read_member(Arrangement& arrangement, const Place& place, std::string_view name, const Json& value,
                 Problems& problems) {
    const auto read = name == "clock"       ? read_clock
                      : name == "lifecycle" ? read_lifecycle
                      : name == "quotas"    ? read_quotas
                      : name == "rules"     ? read_rules
                                            : nullptr;
    if (read != nullptr) read(arrangement, place, value, problems);
    return read != nullptr;
}

void read_account(Arrangements& arrangements, const Place& place, const std::string& account, const Json& json,
                  Problems& problems) {
    if (!base::is_account_id(account) || !json.is_object()) {
        problems.push_back({place, "an account of twelve digits with an object", base::excerpt(json)});
        return;
    }
    for (const auto& [name, value] : json.items()) {
        const Place inner = place.below(name);
        if (read_member(arrangements[account], inner, name, value, problems)) continue;
        problems.push_back({inner, "clock, lifecycle, quotas or rules", "a member " + Json(name).dump()});
    }
}

void read_accounts(Arrangements& arrangements, const Place& place, const Json& json, Problems& problems) {
    if (!json.is_object()) {
        problems.push_back({place, "an object of accounts", base::excerpt(json)});
        return;
    }
    for (const auto& [account, value] : json.items()) {
        read_account(arrangements, place.below(account), account, value, problems);
    }
}

}  // namespace

void read_arrangements(Arrangements& arrangements, const std::string& source, const Json& document,
                       Problems& problems) {
    read_arrangement_of("", arrangements, source, document, problems);
    const auto accounts = document.find("accounts");
    if (accounts != document.end()) read_accounts(arrangements, {source, "/accounts"}, *accounts, problems);
}

void read_arrangement_of(std::string_view account, Arrangements& arrangements, const std::string& source,
                         const Json& document, Problems& problems) {
    for (const auto& [name, value] : document.items()) {
        read_member(arrangements[std::string(account)], Place{source, ""}.below(name), name, value, problems);
    }
}

}  // namespace plocal::snapshot
