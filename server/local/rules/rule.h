// One rule: which requests it matches, and what it does to them. Plain values; `rule_reader` reads them, `rule_book`
// finds the one that applies.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/local/rules/effects.h"
#include "server/local/rules/member_path.h"
#include "server/local/rules/wildcard.h"
#include "server/model/service.h"

namespace plocal::rules {

/// The request that rules are matched against. Its views and its input must outlive it.
struct Subject {
    std::string_view operation;  // as the model names it
    std::string_view account;
    std::string_view region;
    const base::Json& input;
};

struct Condition {
    MemberPath path;
    Wildcard value;
};

/// All parts must match. A member is compared as a text, a number and a boolean in the form that JSON has. A member
/// that is absent, null, a list or an object does not match anything, not even `*`.
struct Match {
    std::vector<const model::Operation*> operations;  // the name matches, and they have every member
    std::optional<Wildcard> account;
    std::optional<Wildcard> region;
    std::vector<Condition> members;
    bool is_for_one = false;  // `operation` names exactly one, without a wildcard; it is the only one of `operations`
};

struct Counts {
    std::int64_t matched = 0;  // requests that matched while the rule was not used up; also skipped and not drawn ones
    std::int64_t fired = 0;    // requests to which the rule applied; `times` limits them
    std::map<std::string, std::int64_t, std::less<>> matched_by;  // by account; only where chance decides
};

struct Rule {
    std::string id;  // empty until a book generates one
    Match match;
    Effects effects;
    std::optional<std::int64_t> times;
    std::int64_t after = 0;
    double probability = 1;
    Counts counts;
    base::Json given;  // the JSON of the rule, without counts
};

/// Returns true for an operation that creates a resource or starts another transition of one. A lifecycle applies to
/// those alone.
bool starts_transition(std::string_view operation);

/// Returns true where something about the rule is drawn: whether it applies, how long its delay is, or the
/// recommendationId of its output.
bool has_chance(const Rule& rule);

/// Returns the rule as it was given, with its id and its counts "matched", "fired" and "matchedBy". `rule_reader` reads
/// it back to the same rule.
base::Json to_json(const Rule& rule);

}  // namespace plocal::rules
