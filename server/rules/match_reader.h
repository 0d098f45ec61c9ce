// What a rule is for, from JSON, held against the model: a match that could never hold is a problem. Pure.
#pragma once

#include <vector>

#include "server/lifecycle/plan.h"
#include "server/model/json.h"
#include "server/rules/rule.h"

namespace plocal::rules {

/// Reads `{"operation": "Create*", "account": "...", "region": "...", "jobName": "*-fail", "/jobInput/...": "..."}`,
/// each optional. What is wrong is added to `problems`, all of it, pointers from `json` on.
Match read_match(const model::Json& json, std::vector<lifecycle::Problem>& problems);

/// "expected NEAREST, found a member NAME, which WHY", at that member; where nothing is near, `otherwise` is expected.
lifecycle::Problem unknown_name(const std::string& name, const std::vector<std::string>& known, std::string otherwise,
                                const std::string& why);

}  // namespace plocal::rules
