#include "server/local/world/lifecycle_setting.h"

#include <algorithm>
#include <set>
#include <utility>

#include "server/base/nearest.h"
#include "server/local/world/overrides_row.h"
#include "server/service/resources/kinds.h"

namespace plocal::world {
namespace {

using base::Json;
using base::Problem;
using lifecycle::Plan;
using lifecycle::PlanChange;
using lifecycle::PlanChanges;

constexpr const char* default_member = "default";
constexpr const char* data_member = "data";

/// `default`, `data` and the kinds that have a status.
const std::vector<std::string>& known_lifecycles() {
    static const std::vector<std::string> known = [] {
        std::vector<std::string> names = {default_member, data_member};
        for (const resources::Kind& kind : resources::kinds()) {
            if (kind.has_status() && !kind.owned_by_aws) names.emplace_back(kind.name);
        }
        return names;
    }();
    return known;
}

Problem unknown_lifecycle(const std::string& name, const std::string& pointer) {
    const std::string nearest = base::nearest(name, known_lifecycles());
    return {pointer, nearest.empty() ? "default, or a kind such as batchInferenceJob" : nearest,
            "a member " + Json(name).dump()};
}

PlanChanges read_plans(const Json& json, std::vector<Problem>& problems) {
    PlanChanges changes;
    if (!json.is_object()) {
        problems.push_back({"", "an object", base::excerpt(json)});
        return changes;
    }
    for (const auto& [name, value] : json.items()) {
        const std::string pointer = (Json::json_pointer() / name).to_string();
        if (std::ranges::find(known_lifecycles(), name) == known_lifecycles().end()) {
            problems.push_back(unknown_lifecycle(name, pointer));
            continue;
        }
        std::vector<Problem> inner;
        if (name == data_member) {
            changes.data = lifecycle::read_data_delays(value, inner);
        } else if (name == default_member) {
            changes.common = lifecycle::read_plan_change(value, inner);
        } else {
            changes.by_kind.insert_or_assign(name, lifecycle::read_plan_change(value, inner));
        }
        for (Problem& problem : inner) problems.push_back({pointer + problem.pointer, problem.expected, problem.found});
    }
    return changes;
}

Json write_plans(const PlanChanges& changes) {
    Json json = Json::object();
    const Json common = lifecycle::to_json(changes.common);
    if (!common.empty()) json[default_member] = common;
    const Json data = lifecycle::to_json(changes.data);
    if (!data.empty()) json[data_member] = data;
    for (const auto& [kind, change] : changes.by_kind) json[kind] = lifecycle::to_json(change);
    return json;
}

Json plan_json(const Plan& plan) {
    PlanChange whole{.progression = plan.progression,
                     .pending = plan.pending,
                     .in_progress = plan.in_progress,
                     .calls = plan.calls,
                     .fails = plan.fails,
                     .failure_reason = {}};
    if (plan.fails && !plan.failure_reason.empty()) whole.failure_reason = plan.failure_reason;
    return lifecycle::to_json(whole);
}

/// The kinds that a call or a document has changed; every other kind follows `default`.
Json plans_in_force(const TenantSettings& tenants, const std::string& account) {
    Json json = {{default_member, plan_json(tenants.plans.plan_for(account, ""))},
                 {data_member, lifecycle::to_json(tenants.plans.data_delays(account))}};
    std::set<std::string> kinds;
    for (const std::string& each : {std::string(), account}) {
        for (const auto& [kind, change] : tenants.plans.changes_of(each).by_kind) kinds.insert(kind);
    }
    for (const std::string& kind : kinds) json[kind] = plan_json(tenants.plans.plan_for(account, kind));
    return json;
}

}  // namespace

const TenantSetting& lifecycle_setting() {
    static const TenantSetting row =
        OverridesRow<&ReadingSettings::plans, read_plans, write_plans>::row("lifecycle", plans_in_force);
    return row;
}

}  // namespace plocal::world
