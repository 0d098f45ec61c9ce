// Reads the effects of a rule from JSON. Pure.
#pragma once

#include <string>
#include <vector>

#include "server/base/json.h"
#include "server/base/problem.h"
#include "server/local/rules/rule.h"

namespace plocal::rules {

inline constexpr std::string_view effect_form = "lifecycle, error, delay or connection";

/// Returns true where an effect has this name.
bool is_effect(std::string_view name);

/// Reads the effect of this name, which must be one, into `effects`. Adds everything that is wrong to `problems`;
/// pointers begin at the rule ("/error/status").
void read_effect(Effects& effects, const std::string& name, const base::Json& value,
                 std::vector<base::Problem>& problems);

/// Adds problems whose pointers begin at `pointer`.
void add_below(const std::string& pointer, std::vector<base::Problem> found, std::vector<base::Problem>& problems);

}  // namespace plocal::rules
