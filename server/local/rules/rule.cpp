#include "server/local/rules/rule.h"

#include <algorithm>
#include <array>
#include <utility>

namespace plocal::rules {

using base::Json;

bool starts_transition(std::string_view operation) {
    static constexpr std::array<std::string_view, 5> verbs = {"Create", "Update", "Delete", "Start", "Stop"};
    return std::ranges::any_of(verbs, [operation](std::string_view verb) { return operation.starts_with(verb); });
}

bool has_chance(const Rule& rule) {
    const auto& delay = rule.effects.delay;
    const auto& output = rule.effects.output;
    return rule.probability < 1 || (delay && delay->from != delay->to) || (output && output->needs_recommendation_id);
}

Json to_json(const Rule& rule) {
    Json json = Json::object();
    if (!rule.given.contains("id")) json["id"] = rule.id;
    json.update(rule.given);
    json["matched"] = rule.counts.matched;
    json["fired"] = rule.counts.fired;
    if (!rule.counts.matched_by.empty()) {
        Json& matched_by = json["matchedBy"] = Json::object();
        for (const auto& [account, count] : rule.counts.matched_by) matched_by[account] = count;
    }
    return json;
}

}  // namespace plocal::rules
