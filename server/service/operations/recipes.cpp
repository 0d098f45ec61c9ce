#include "server/service/operations/recipes.h"

#include <map>
#include <string>
#include <utility>

#include "server/base/json.h"
#include "server/service/resources/catalogue.h"
#include "server/service/resources/describe.h"
#include "server/service/resources/lookup.h"

namespace plocal::operations {
namespace {

using base::Json;
using resources::Context;
using resources::Kind;
using resources::Output;
using storage::Record;

// Describe still returns these; List has not returned them since December 2022 (seen).
constexpr std::string_view retired = "aws-hrnn";

}  // namespace

using base::text_member;

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

Output list_recipes(Context& context, const Json& input) {
    const Kind& kind = resources::kind_named("recipe");
    std::map<std::string, Json> by_name;
    for (const Record& record : context.store.resources().all_of(context.scope, kind.name)) {
        by_name.emplace(record.name, value_of(context, record));
    }
    for (const Record& record : resources::catalogue_of(kind)) {
        if (!record.name.starts_with(retired)) by_name.emplace(record.name, value_of(context, record));
    }
    const std::string* const domain = text_member(input, "domain");
    Json all = Json::array();
    for (auto& [name, recipe] : by_name) {
        const std::string* const of_recipe = text_member(recipe, "domain");
        const bool is_listed = domain == nullptr || (of_recipe != nullptr && *of_recipe == *domain);
        if (is_listed) all.push_back(std::move(recipe));
    }
    return resources::list_all(kind.plural, "recipe\n" + (domain == nullptr ? "*" : *domain), std::move(all), input);
}

}  // namespace plocal::operations
