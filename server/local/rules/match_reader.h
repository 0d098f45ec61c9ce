// Reads the match of a rule from JSON and checks it against the model: a match that no request can meet is a problem.
// Pure.
#pragma once

#include <vector>

#include "server/base/json.h"
#include "server/base/problem.h"
#include "server/local/rules/rule.h"

namespace plocal::rules {

/// Reads `{"operation": "Create*", "account": "...", "region": "...", "jobName": "*-fail", "/jobInput/...": "..."}`,
/// each optional. Adds everything that is wrong to `problems`; pointers begin at `json`.
Match read_match(const base::Json& json, std::vector<base::Problem>& problems);

}  // namespace plocal::rules
