// Recipes: what each is for, by its name, and their list.
// https://docs.aws.amazon.com/personalize/latest/dg/working-with-predefined-recipes.html
#pragma once

#include <string_view>

#include "server/base/json.h"
#include "server/service/resources/context.h"

namespace plocal::operations {

/// "aws-sims" of its ARN; empty of an empty one.
std::string_view recipe_name(std::string_view recipe_arn);

/// That of the recipe that a resource's members name; empty where they name none. Lives as long as the members.
std::string_view recipe_in(const base::Json& members);

/// Whether a recipe makes segments of users, which are for batch segment jobs alone.
bool is_for_segments(std::string_view name);

/// One page of recipes in order of name (seen), those of the store among them, narrowed to a domain where the input
/// names one. On the thread that owns the store. Throws ApiError (InvalidNextTokenException) and SqlError.
resources::Output list_recipes(resources::Context& context, const base::Json& input);

}  // namespace plocal::operations
