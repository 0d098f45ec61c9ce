#include "server/local/snapshot/settings_json.h"

#include <string>
#include <utility>

#include "server/base/iso8601.h"
#include "server/base/nearest.h"
#include "server/service/resources/kinds.h"

namespace plocal::snapshot {
namespace {

using base::Json;
using base::Problem;
using lifecycle::Clock;
using lifecycle::ClockMode;

std::string_view mode_text(ClockMode mode) {
    return mode == ClockMode::frozen ? "frozen" : "real";
}

std::string_view read_clock_member(ClockChange& change, std::string_view name, const Json& value) {
    const auto* const text = value.get_ptr<const std::string*>();
    if (name == "mode") {
        if (text != nullptr && (*text == "real" || *text == "frozen")) change.is_frozen = *text == "frozen";
        return change.is_frozen ? "" : "real or frozen";
    }
    if (name == "now") {
        if (text != nullptr) change.now = base::parse_iso8601(*text);
        return change.now ? "" : "a moment such as 2026-01-31T12:00:00Z";
    }
    if (value.is_number()) change.speed = value.get<double>();
    const bool fits = change.speed && *change.speed >= Clock::slowest && *change.speed <= Clock::fastest;
    return fits ? "" : "a number from 0.001 to 1000000";
}

}  // namespace

Json to_json(const lifecycle::ClockState& state) {
    return {{"mode", mode_text(state.mode)}, {"now", base::iso8601(state.service)}, {"speed", state.speed}};
}

ClockChange ClockChange::over(const ClockChange& other) const {
    return {is_frozen ? is_frozen : other.is_frozen, now ? now : other.now, speed ? speed : other.speed};
}

Clock ClockChange::applied_to(Clock clock) const {
    const lifecycle::ClockState state = clock.state();
    const ClockMode mode = is_frozen.value_or(state.mode == ClockMode::frozen) ? ClockMode::frozen : ClockMode::real;
    if (now) clock = Clock::frozen(*now);
    clock.set(mode, speed.value_or(state.speed));
    return clock;
}

ClockChange read_clock_change(const Json& json, std::vector<Problem>& problems) {
    static const std::vector<std::string> known = {"mode", "now", "speed"};
    ClockChange change;
    base::read_members(
        json, known, "is none of a clock", problems,
        [&change](std::string_view name, const Json& value) { return read_clock_member(change, name, value); });
    return change;
}

Json to_json(const lifecycle::PlanChanges& changes) {
    Json json = Json::object();
    const Json common = lifecycle::to_json(changes.common);
    if (!common.empty()) json["default"] = common;
    for (const auto& [kind, change] : changes.by_kind) json[kind] = lifecycle::to_json(change);
    return json;
}

lifecycle::PlanChanges read_plan_changes(const Json& json, std::vector<Problem>& problems) {
    lifecycle::PlanChanges changes;
    if (!json.is_object()) {
        problems.push_back({"", "an object", base::excerpt(json)});
        return changes;
    }
    std::vector<std::string> known{"default"};
    for (const resources::Kind& kind : resources::kinds()) {
        if (kind.has_status() && !kind.owned_by_aws) known.emplace_back(kind.name);
    }
    for (const auto& [name, value] : json.items()) {
        const std::string pointer = (Json::json_pointer() / name).to_string();
        if (std::ranges::find(known, name) == known.end()) {
            const std::string nearest = base::nearest(name, known);
            problems.push_back({pointer, nearest.empty() ? "default, or a kind such as batchInferenceJob" : nearest,
                                "a member " + Json(name).dump()});
            continue;
        }
        std::vector<Problem> inner;
        lifecycle::PlanChange change = lifecycle::read_plan_change(value, inner);
        for (Problem& problem : inner) problems.push_back({pointer + problem.pointer, problem.expected, problem.found});
        if (name == "default") {
            changes.common = std::move(change);
        } else {
            changes.by_kind.insert_or_assign(name, std::move(change));
        }
    }
    return changes;
}

std::string stored_text(const lifecycle::ClockState& state) {
    Json json = to_json(state);
    json["at"] = base::iso8601(state.real);
    return json.dump();
}

std::optional<lifecycle::ClockState> stored_clock(const std::string& text) {
    Json json = Json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains("at") || !json["at"].is_string()) return std::nullopt;
    const auto at = base::parse_iso8601(json["at"].get<std::string>());
    json.erase("at");
    std::vector<Problem> problems;
    const ClockChange change = read_clock_change(json, problems);
    if (!problems.empty() || !at || !change.now || !change.is_frozen || !change.speed) return std::nullopt;
    return lifecycle::ClockState{*change.is_frozen ? ClockMode::frozen : ClockMode::real, *change.speed, *change.now,
                                 *at};
}

}  // namespace plocal::snapshot
