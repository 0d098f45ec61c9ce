// Reads the effects of a rule that give or change the answer of one operation: output, merge and candidates. They are
// checked against the operation's output shape. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/base/problem.h"
#include "server/local/rules/rule.h"

namespace plocal::rules {

/// Returns true where one of these effects has this name.
bool is_answer_effect(std::string_view name);

/// Reads the effect of this name, which must be one of them, into the rule, whose match has been read. Adds everything
/// that is wrong to `problems`, with pointers from the rule on ("/output/itemList/0/itemID"). If the match names no
/// single operation, nothing is checked against its shape: `check_answer_effects` refuses the rule.
void read_answer_effect(Rule& rule, const std::string& name, const base::Json& value,
                        std::vector<base::Problem>& problems);

/// Adds a problem where one of these effects has no exact operation, or stands beside an effect that excludes it.
/// `json` is the rule, all of whose members are good.
void check_answer_effects(const Rule& rule, const base::Json& json, std::vector<base::Problem>& problems);

}  // namespace plocal::rules
