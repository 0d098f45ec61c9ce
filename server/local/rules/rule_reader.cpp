#include "server/local/rules/rule_reader.h"

#include <algorithm>
#include <string>
#include <utility>

#include "server/base/text.h"
#include "server/local/rules/answer_reader.h"
#include "server/local/rules/effect_reader.h"
#include "server/local/rules/match_reader.h"

namespace plocal::rules {
namespace {

using base::excerpt;
using base::Json;
using base::Problem;

std::optional<std::int64_t> count_of(const Json& value, std::int64_t least) {
    if (!value.is_number_integer()) return std::nullopt;
    const auto count = value.get<std::int64_t>();  // negative for what is too large
    return count >= least ? std::optional(count) : std::nullopt;
}

/// An id is also a cause in a timeline, and a part of a path.
bool is_id(const Json& value) {
    constexpr std::size_t longest = 100;
    constexpr std::string_view marks = ":._-";
    const auto* const text = value.get_ptr<const std::string*>();
    return text != nullptr && !text->empty() && text->size() <= longest && std::ranges::all_of(*text, [marks](char c) {
               return base::is_letter_or_digit(c) || marks.find(c) != std::string_view::npos;
           });
}

bool read_counts_by_account(Counts& counts, const Json& value) {
    if (!value.is_object()) return false;
    for (const auto& [account, number] : value.items()) {
        const std::optional<std::int64_t> count = count_of(number, 0);
        if (!count) return false;
        counts.matched_by[account] = *count;
    }
    return true;
}

bool read_count(std::int64_t& into, const Json& value) {
    const std::optional<std::int64_t> count = count_of(value, 0);
    into = count.value_or(0);
    return count.has_value();
}

/// Reads one member that is not an effect into its place. Returns what was expected where it cannot.
std::string_view read_plain(Rule& rule, std::string_view name, const Json& value) {
    constexpr std::string_view count_form = "a whole number, 0 or more";
    if (name == "id") {
        if (is_id(value)) rule.id = value.get<std::string>();
        return is_id(value) ? "" : "1 to 100 letters, digits and any of :._-";
    }
    if (name == "times") {
        rule.times = count_of(value, 1);
        return rule.times ? "" : "a whole number, 1 or more";
    }
    if (name == "probability") {
        const bool is_good = value.is_number() && value >= 0 && value <= 1;
        if (is_good) rule.probability = value.get<double>();
        return is_good ? "" : "a number from 0 to 1";
    }
    if (name == "after") return read_count(rule.after, value) ? "" : count_form;
    if (name == "matched") return read_count(rule.counts.matched, value) ? "" : count_form;
    if (name == "fired") return read_count(rule.counts.fired, value) ? "" : count_form;
    return read_counts_by_account(rule.counts, value) ? "" : "an object of counts by account";
}

void read_member(Rule& rule, const std::string& name, const Json& value, std::vector<Problem>& problems) {
    static const std::vector<std::string> plain = {"id",      "times", "after",    "probability",
                                                   "matched", "fired", "matchedBy"};
    static const std::vector<std::string> known = {"id",         "match", "lifecycle",  "error",
                                                   "output",     "merge", "candidates", "delay",
                                                   "connection", "times", "after",      "probability"};
    if (name == "match") return;  // read before all others
    if (is_effect(name)) return read_effect(rule.effects, name, value, problems);
    if (is_answer_effect(name)) return read_answer_effect(rule, name, value, problems);
    if (!std::ranges::count(plain, name)) {
        problems.push_back(base::unknown_name(name, known, "is none of a rule"));
        return;
    }
    const std::string_view expected = read_plain(rule, name, value);
    if (!expected.empty()) problems.push_back({"/" + name, std::string(expected), excerpt(value)});
}

bool has_transition(const model::Operation* operation) {
    return starts_transition(operation->name);
}

/// A lifecycle that no matching operation shows is a problem.
void check_lifecycle(Rule& rule, const Json& json, std::vector<Problem>& problems) {
    const Effects& effects = rule.effects;
    if (!effects.lifecycle) return;
    if (std::ranges::none_of(rule.match.operations, has_transition)) {
        problems.push_back(
            {"/lifecycle", "a match with an operation that creates, updates, deletes, starts or stops", excerpt(json)});
    }
    if (effects.error && !effects.error->after_commit) {
        problems.push_back({"/lifecycle", R"("afterCommit": true in the error beside it)", excerpt(json.at("error"))});
    }
    const bool is_alone = !effects.error && !effects.delay && !effects.connection;
    if (is_alone) std::erase_if(rule.match.operations, [](const auto* each) { return !has_transition(each); });
}

}  // namespace

Rule read_rule(const Json& json, std::vector<Problem>& problems) {
    Rule rule;
    if (!json.is_object()) {
        problems.push_back({"", R"(an object such as {"match": {...}, "delay": "2s"})", excerpt(json)});
        return rule;
    }
    const std::size_t earlier = problems.size();
    std::vector<Problem> in_match;
    rule.match = read_match(json.contains("match") ? json.at("match") : Json::object(), in_match);
    add_below("/match", std::move(in_match), problems);
    bool has_effect = false;
    for (const auto& [name, value] : json.items()) {
        if (problems.size() >= base::most_problems) break;
        has_effect = has_effect || is_effect(name) || is_answer_effect(name);
        read_member(rule, name, value, problems);
    }
    const bool is_read = problems.size() < base::most_problems;
    if (!has_effect && is_read) problems.push_back({"", "an effect: " + std::string(effect_form), excerpt(json)});
    if (problems.size() == earlier) {
        check_lifecycle(rule, json, problems);
        check_answer_effects(rule, json, problems);
    }
    rule.given = json;
    for (const char* const count : {"matched", "fired", "matchedBy"}) rule.given.erase(count);
    return rule;
}

std::vector<Rule> read_rules(const Json& json, std::vector<Problem>& problems) {
    std::vector<Rule> rules;
    if (!json.is_array()) {
        problems.push_back({"", "a list of rules", excerpt(json)});
        return rules;
    }
    for (std::size_t at = 0; at < json.size() && problems.size() < base::most_problems; ++at) {
        std::vector<Problem> found;
        rules.push_back(read_rule(json[at], found));
        add_below("/" + std::to_string(at), std::move(found), problems);
    }
    return rules;
}

}  // namespace plocal::rules
