#include "server/service/lifecycle/plan.h"

#include "server/base/duration.h"

namespace plocal::lifecycle {
namespace {

using base::DurationRange;
using base::excerpt;
using base::Json;
using base::parse_duration_range;
using base::Problem;

const std::string* text_of(const Json& json) {
    return json.get_ptr<const std::string*>();
}

std::optional<DurationRange> duration_of(const Json& json) {
    const std::string* const text = text_of(json);
    return text != nullptr ? parse_duration_range(*text) : std::nullopt;
}

std::optional<std::int64_t> calls_of(const Json& json) {
    if (!json.is_number_integer() || json < 1 || json > most_calls) return std::nullopt;
    return json.get<std::int64_t>();
}

std::optional<bool> failing_outcome_of(const Json& json) {
    if (json == "ACTIVE" || json == "COMPLETED") return false;
    if (json == "CREATE FAILED" || json == "UPDATE FAILED" || json == "FAILED") return true;
    return std::nullopt;
}

/// Reads one known member. Returns what was expected where the value is wrong; empty where it is good.
std::string_view read_member(PlanChange& change, std::string_view name, const Json& value) {
    const std::string* const text = text_of(value);
    if (name == "progression") {
        change.progression = text != nullptr ? parse_progression(*text) : std::nullopt;
        return change.progression ? "" : progression_form;
    }
    if (name == "pending" || name == "inProgress") {
        auto& duration = name == "pending" ? change.pending : change.in_progress;
        duration = duration_of(value);
        return duration ? "" : base::duration_range_form;
    }
    if (name == "calls") {
        change.calls = calls_of(value);
        return change.calls ? "" : calls_form;
    }
    if (name == "outcome") {
        change.fails = failing_outcome_of(value);
        return change.fails ? "" : "ACTIVE or CREATE FAILED";
    }
    if (text != nullptr) change.failure_reason = *text;
    return text != nullptr ? "" : "a text";
}

}  // namespace

std::optional<Progression> parse_progression(std::string_view text) {
    if (text == "time") return Progression::time;
    if (text == "immediate") return Progression::immediate;
    if (text == "calls") return Progression::calls;
    if (text == "manual") return Progression::manual;
    return std::nullopt;
}

std::string_view progression_text(Progression progression) {
    switch (progression) {
        case Progression::immediate:
            return "immediate";
        case Progression::calls:
            return "calls";
        case Progression::manual:
            return "manual";
        case Progression::time:
            break;
    }
    return "time";
}

Plan PlanChange::applied_to(Plan plan) const {
    plan.progression = progression.value_or(plan.progression);
    plan.pending = pending.value_or(plan.pending);
    plan.in_progress = in_progress.value_or(plan.in_progress);
    plan.calls = calls.value_or(plan.calls);
    plan.fails = fails.value_or(plan.fails);
    plan.is_outcome_given = plan.is_outcome_given || fails.has_value();
    plan.failure_reason = failure_reason.value_or(plan.failure_reason);
    return plan;
}

PlanChange PlanChange::over(const PlanChange& other) const {
    PlanChange both = *this;
    if (!both.progression) both.progression = other.progression;
    if (!both.pending) both.pending = other.pending;
    if (!both.in_progress) both.in_progress = other.in_progress;
    if (!both.calls) both.calls = other.calls;
    if (!both.fails) both.fails = other.fails;
    if (!both.failure_reason) both.failure_reason = other.failure_reason;
    return both;
}

Json to_json(const PlanChange& change) {
    Json json = Json::object();
    if (change.progression) json["progression"] = progression_text(*change.progression);
    if (change.pending) json["pending"] = duration_range_text(*change.pending);
    if (change.in_progress) json["inProgress"] = duration_range_text(*change.in_progress);
    if (change.calls) json["calls"] = *change.calls;
    if (change.fails) json["outcome"] = *change.fails ? "CREATE FAILED" : "ACTIVE";
    if (change.failure_reason) json["failureReason"] = *change.failure_reason;
    return json;
}

PlanChange read_plan_change(const Json& json, std::vector<Problem>& problems) {
    PlanChange change;
    static const std::vector<std::string> known = {"pending",       "inProgress",  "outcome",
                                                   "failureReason", "progression", "calls"};
    read_members(json, known, "is none of a life", problems,
                 [&change](std::string_view name, const Json& value) { return read_member(change, name, value); });
    // A wrong outcome is a problem of its own already.
    const bool is_outcome_wrong = json.contains("outcome") && !change.fails;
    if (change.failure_reason && !change.fails.value_or(is_outcome_wrong)) {
        problems.push_back({"/failureReason", "\"outcome\": \"CREATE FAILED\" beside it", excerpt(json)});
    }
    return change;
}

}  // namespace plocal::lifecycle
