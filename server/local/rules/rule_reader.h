// Rules from JSON, with every problem that they have. Pure.
#pragma once

#include <vector>

#include "server/base/json.h"
#include "server/local/rules/rule.h"
#include "server/service/lifecycle/plan.h"

namespace plocal::rules {

/// Reads `{"match": {...}, "error": {...}, "times": 2}`; without a match it is for every request. What is wrong is
/// added to `problems`, all of it, pointers from `json` on; the rule is good where nothing was.
///
/// A rule whose only effect is a lifecycle is for Create operations alone: nothing else could show it. The counts that
/// to_json writes are taken up again, so that what was listed can be put back and goes on where it stood.
Rule read_rule(const base::Json& json, std::vector<base::Problem>& problems);

/// Reads a list of them; pointers begin with the place in the list ("/0/match/jobname").
std::vector<Rule> read_rules(const base::Json& json, std::vector<base::Problem>& problems);

}  // namespace plocal::rules
