#include "server/local/rules/answer_reader.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <set>
#include <utility>

#include "server/base/text.h"
#include "server/local/rules/effect_reader.h"
#include "server/model/fit.h"

namespace plocal::rules {
namespace {

using base::excerpt;
using base::Json;
using base::Problem;
using model::Operation;

constexpr std::array<const char*, 3> answer_effects = {"output", "merge", "candidates"};
constexpr std::string_view recommendation_id = "recommendationId";

/// The operations that take candidates, and what identifies one.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> takers = {{
    {"GetRecommendations", "itemId"},
    {"GetPersonalizedRanking", "itemId"},
    {"GetActionRecommendations", "actionId"},
}};

bool is_absent(const Json& object, std::string_view name) {
    const auto found = object.find(name);
    return found == object.end() || found->is_null();
}

/// Reads an object that must fit the output shape of the operation, which is null for one that is not known yet.
std::optional<Json> read_fitting(const Operation* operation, const Json& json, std::vector<Problem>& problems) {
    if (!json.is_object()) {
        problems.push_back({"", "an object", excerpt(json)});
        return std::nullopt;
    }
    Json value = json;
    if (operation != nullptr && operation->output != nullptr) model::fit(*operation->output, value, problems);
    return value;
}

std::optional<OutputEffect> read_output(const Operation* operation, const Json& json, std::vector<Problem>& problems) {
    std::optional<Json> value = read_fitting(operation, json, problems);
    if (!value || operation == nullptr) return std::nullopt;
    const model::Shape* const shape = operation->output;
    if (shape == nullptr && !value->empty()) {
        problems.push_back({"", "{}, because the answer of " + operation->name + " is empty", excerpt(json)});
    }
    const bool has_id = shape != nullptr && shape->member(recommendation_id) != nullptr;
    const bool needs_id = has_id && is_absent(*value, recommendation_id);
    return OutputEffect{*std::move(value), needs_id};
}

std::optional<Json> read_merge(const Operation* operation, const Json& json, std::vector<Problem>& problems) {
    if (operation != nullptr && operation->output == nullptr) {
        problems.push_back({"", "a match with an operation whose answer is not empty", excerpt(operation->name)});
    }
    return read_fitting(operation, json, problems);
}

bool is_candidate_id(const Json& value) {
    constexpr std::size_t longest = 256;
    const auto* const text = value.get_ptr<const std::string*>();
    return text != nullptr && !text->empty() && base::code_points(*text) <= longest;
}

Candidate read_candidate(const std::string& id_name, const Json& json, std::vector<Problem>& problems) {
    static constexpr std::string_view id_form = "an id of 1 to 256 characters";
    Candidate candidate;
    const auto read = [&](std::string_view name, const Json& value) -> std::string_view {
        if (name == "score") {
            if (value.is_number()) candidate.score = value.get<double>();
            return value.is_number() ? "" : "a number";
        }
        if (is_candidate_id(value)) candidate.id = value.get<std::string>();
        return is_candidate_id(value) ? "" : id_form;
    };
    if (json.is_object()) {
        base::read_members(json, {id_name, "score"}, "is none of a candidate", problems, read);
        if (!json.contains(id_name)) problems.push_back({"", "a member \"" + id_name + "\"", excerpt(json)});
    } else if (const std::string_view expected = read(id_name, json); !expected.empty()) {
        problems.push_back(
            {"", std::string(expected) + R"(, or an object such as {")" + id_name + R"(": "a", "score": 0.4})",
             excerpt(json)});
    }
    return candidate;
}

std::vector<Candidate> read_candidates(const Operation& operation, const Json& json, std::vector<Problem>& problems) {
    std::vector<Candidate> candidates;
    const auto* const taker = std::ranges::find(takers, operation.name, &decltype(takers)::value_type::first);
    if (taker == takers.end()) {
        problems.push_back({"", "a match with GetRecommendations, GetPersonalizedRanking or GetActionRecommendations",
                            excerpt(operation.name)});
        return candidates;
    }
    if (!json.is_array()) {
        problems.push_back({"", "a list of ids, the best first", excerpt(json)});
        return candidates;
    }
    std::set<std::string, std::less<>> ids;  // sorted: many ids cannot share one place
    for (std::size_t at = 0; at < json.size() && problems.size() < base::most_problems; ++at) {
        std::vector<Problem> found;
        Candidate candidate = read_candidate(std::string(taker->second), json[at], found);
        if (!candidate.id.empty() && !ids.insert(candidate.id).second) {
            found.push_back({"", "an id that no candidate before it has", excerpt(json[at])});
        }
        add_below("/" + std::to_string(at), std::move(found), problems);
        candidates.push_back(std::move(candidate));
    }
    return candidates;
}

/// The problem of a rule whose match names no single operation.
Problem no_operation(const std::string& effect, const Json& json) {
    const Json match = json.value("match", Json::object());
    if (match.contains("operation")) {
        return {"/match/operation", "the exact name of one operation, for \"" + effect + "\"",
                excerpt(match["operation"])};
    }
    return {"/" + effect, "a match with the exact name of one operation", excerpt(match)};
}

}  // namespace

bool is_answer_effect(std::string_view name) {
    return std::ranges::find(answer_effects, name) != answer_effects.end();
}

void read_answer_effect(Rule& rule, const std::string& name, const Json& value, std::vector<Problem>& problems) {
    const Match& match = rule.match;
    const Operation* const operation =
        match.is_for_one && !match.operations.empty() ? match.operations.front() : nullptr;
    std::vector<Problem> found;
    if (name == "output") {
        rule.effects.output = read_output(operation, value, found);
    } else if (name == "merge") {
        rule.effects.merge = read_merge(operation, value, found);
    } else if (operation != nullptr) {
        rule.effects.candidates = read_candidates(*operation, value, found);
    }
    add_below("/" + name, std::move(found), problems);
}

void check_answer_effects(const Rule& rule, const Json& json, std::vector<Problem>& problems) {
    const auto* const first =
        std::ranges::find_if(answer_effects, [&](const char* name) { return json.contains(name); });
    if (first == answer_effects.end()) return;
    if (!rule.match.is_for_one) problems.push_back(no_operation(*first, json));
    const auto exclude = [&](const char* name, const char* other) {
        if (!json.contains(name) || !json.contains(other)) return;
        problems.push_back(
            {std::string("/") + name, "no \"" + std::string(other) + "\" beside it", excerpt(json.at(other))});
    };
    exclude("output", "error");
    exclude("output", "lifecycle");
    exclude("merge", "error");
    exclude("merge", "output");
    exclude("candidates", "output");
    if (json.contains("candidates") && rule.effects.error && !rule.effects.error->after_commit) {
        problems.push_back({"/candidates", R"("afterCommit": true in the error beside it)", excerpt(json.at("error"))});
    }
}

}  // namespace plocal::rules
