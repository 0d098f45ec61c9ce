// What a rule is for, from JSON, held against the model: a match that could never hold is a problem. Pure.
#pragma once

#include <vector>

#include "server/base/json.h"
#include "server/local/rules/rule.h"
#include "server/service/lifecycle/plan.h"

namespace plocal::rules {

/// Reads `{"operation": "Create*", "account": "...", "region": "...", "jobName": "*-fail", "/jobInput/...": "..."}`,
/// each optional. What is wrong is added to `problems`, all of it, pointers from `json` on.
Match read_match(const base::Json& json, std::vector<base::Problem>& problems);

}  // namespace plocal::rules
