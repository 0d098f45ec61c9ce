#include "server/service/operations/recipes.h"

#include <string>

#include "server/service/resources/lookup.h"

namespace plocal::operations {

using resources::text_member;

std::string_view recipe_name(std::string_view recipe_arn) {
    return recipe_arn.substr(recipe_arn.rfind('/') + 1);
}

std::string_view recipe_in(const base::Json& members) {
    const std::string* const arn = text_member(members, "recipeArn");
    return arn == nullptr ? std::string_view() : recipe_name(*arn);
}

bool is_for_segments(std::string_view name) {
    return name == "aws-item-affinity" || name == "aws-item-attribute-affinity";
}

}  // namespace plocal::operations
