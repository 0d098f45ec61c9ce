// The names and uses of recipes, and their list.
// https://docs.aws.amazon.com/personalize/latest/dg/working-with-predefined-recipes.html
#pragma once

#include <string_view>

#include "server/base/json.h"
#include "server/service/resources/context.h"

namespace plocal::operations {

/// Returns the name in a recipe's ARN, such as "aws-sims", or "" for "".
std::string_view recipe_name(std::string_view recipe_arn);

/// Returns the name of the recipe in a resource's members, or "" if they have none. Lives as long as the members.
std::string_view recipe_in(const base::Json& members);

/// Returns true for user segmentation recipes, which only batch segment jobs can use.
bool is_for_segments(std::string_view name);

/// Returns one page of recipes, in order of name (seen). Recipes of the store replace those of the catalogue with the
/// same name. Filters by domain if the input has one. On the thread that owns the store. Throws ApiError
/// (InvalidNextTokenException) and SqlError.
resources::Output list_recipes(resources::Context& context, const base::Json& input);

}  // namespace plocal::operations
