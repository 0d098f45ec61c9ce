#include "server/local/rules/rule.h"

#include <algorithm>
#include <array>
#include <utility>

namespace plocal::rules {
namespace {

using base::Json;

/// The statuses that AWS documents for the errors of all services, unless they are 400.
// https://docs.aws.amazon.com/personalize/latest/dg/CommonErrors.html
std::optional<int> common_status(std::string_view type) {
    static constexpr std::array<std::pair<std::string_view, int>, 5> statuses = {{
        {"InternalFailure", 500},
        {"ServiceUnavailable", 503},
        {"InvalidClientTokenId", 403},
        {"MissingAuthenticationToken", 403},
        {"OptInRequired", 403},
    }};
    const auto* const at = std::ranges::find(statuses, type, &std::pair<std::string_view, int>::first);
    return at != statuses.end() ? std::optional(at->second) : std::nullopt;
}

}  // namespace

int ErrorEffect::status_in(const model::Service& service) const {
    if (status) return *status;
    return common_status(type).value_or(service.status_of(type));
}

std::string_view text_of(ConnectionFault fault) {
    switch (fault) {
        case ConnectionFault::reset:
            return "reset";
        case ConnectionFault::close:
            return "close";
        case ConnectionFault::truncate:
            return "truncate";
    }
    return {};
}

bool starts_transition(std::string_view operation) {
    static constexpr std::array<std::string_view, 5> verbs = {"Create", "Update", "Delete", "Start", "Stop"};
    return std::ranges::any_of(verbs, [operation](std::string_view verb) { return operation.starts_with(verb); });
}

bool has_chance(const Rule& rule) {
    const auto& delay = rule.effects.delay;
    return rule.probability < 1 || (delay && delay->from != delay->to);
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
