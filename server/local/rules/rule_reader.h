// Reads rules from JSON. Pure.
#pragma once

#include <vector>

#include "server/base/json.h"
#include "server/base/problem.h"
#include "server/local/rules/rule.h"

namespace plocal::rules {

/// Reads `{"match": {...}, "error": {...}, "times": 2}`. Without a match, the rule is for every request. Adds
/// everything that is wrong to `problems`, with pointers from `json` on, up to `base::most_problems`; without problems
/// the rule is good.
///
/// A rule whose only effect is a lifecycle matches only operations that start a transition, because no other one shows
/// it. The counts that `to_json` writes are read too, so that a listed rule can be put back and goes on counting.
Rule read_rule(const base::Json& json, std::vector<base::Problem>& problems);

/// Reads a list of rules. Pointers begin with the index in the list ("/0/match/jobname").
std::vector<Rule> read_rules(const base::Json& json, std::vector<base::Problem>& problems);

}  // namespace plocal::rules
