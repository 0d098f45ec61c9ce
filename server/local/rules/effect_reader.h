// What a rule does, from JSON. Pure.
#pragma once

#include <string>
#include <vector>

#include "server/base/json.h"
#include "server/local/rules/rule.h"
#include "server/service/lifecycle/plan.h"

namespace plocal::rules {

inline constexpr std::string_view effect_form = "lifecycle, error, delay or connection";

bool is_effect(std::string_view name);

/// Reads the effect of this name, which must be one, into its place. What is wrong is added to `problems`, all of it,
/// pointers from the rule on ("/error/status").
void read_effect(Effects& effects, const std::string& name, const base::Json& value,
                 std::vector<base::Problem>& problems);

/// Adds problems found inside a member to those of the whole.
void add_below(const std::string& pointer, std::vector<base::Problem> found, std::vector<base::Problem>& problems);

}  // namespace plocal::rules
