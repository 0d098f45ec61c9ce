// Reads the effects of a rule from JSON. Pure.
#pragma once

#include <string>
#include <vector>

#include "server/base/json.h"
#include "server/base/problem.h"
#include "server/local/rules/effects.h"

namespace plocal::rules {

inline constexpr std::string_view effect_form = "lifecycle, error, output, merge, candidates, delay or connection";

/// Returns true for an effect that any operation may have: all but those of `answer_reader`.
bool is_effect(std::string_view name);

/// Reads the effect of this name, for which `is_effect` holds, into `effects`. Adds everything that is wrong to
/// `problems`; pointers begin at the rule ("/error/status").
void read_effect(Effects& effects, const std::string& name, const base::Json& value,
                 std::vector<base::Problem>& problems);

/// Adds problems whose pointers begin at `pointer`.
void add_below(const std::string& pointer, std::vector<base::Problem> found, std::vector<base::Problem>& problems);

}  // namespace plocal::rules
