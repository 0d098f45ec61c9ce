#include "server/service/operations/exploration.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <string>

#include "server/base/decimal.h"
#include "server/base/text.h"
#include "server/service/operations/recipes.h"
#include "server/service/resources/lookup.h"

namespace plocal::operations {
namespace {

using base::Json;
using model::Evidence;
using resources::invalid_input;

constexpr const char* exploration_member = "itemExplorationConfig";

// Custom recipes and use cases that recommend items to a user and explore new ones.
constexpr std::array<std::string_view, 5> exploring_recipes = {"aws-user-personalization",
                                                               "aws-user-personalization-v2", "aws-hrnn-coldstart",
                                                               "aws-ecomm-recommended-for-you", "aws-vod-top-picks"};

/// A parameter by its name without underscores, in small letters: the guide spells it in two ways.
struct ExplorationParameter {
    std::string_view letters;
    double least;
    double most;
    const char* range;
};

constexpr std::array<ExplorationParameter, 2> exploration_parameters = {
    {{"explorationweight", 0, 1, "a number between 0 and 1"},
     {"explorationitemagecutoff", 0, std::numeric_limits<double>::max(), "a positive number of days"}}};

std::string letters_of(std::string_view name) {
    std::string letters = base::lower(name);
    std::erase(letters, '_');
    return letters;
}

void check_exploration_parameter(const std::string& name, const std::string& value) {
    const auto parameter = std::ranges::find(exploration_parameters, letters_of(name), &ExplorationParameter::letters);
    if (parameter == exploration_parameters.end()) {
        throw invalid_input("Unknown parameter in itemExplorationConfig: " + name,
                            "expected explorationWeight or explorationItemAgeCutOff", Evidence::documented);
    }
    const auto number = base::parse_decimal(value);
    if (number && *number >= parameter->least && *number <= parameter->most) return;
    throw invalid_input("The value of " + name + " in itemExplorationConfig must be " + parameter->range + ": " + value,
                        "the parameter is out of its range", Evidence::documented);
}

}  // namespace

void check_item_exploration(const Json& config, std::string_view recipe_arn) {
    const Json given = config.is_object() ? config.value(exploration_member, Json()) : Json();
    if (!given.is_object() || given.empty()) return;
    if (!recipe_arn.empty() &&
        std::ranges::find(exploring_recipes, recipe_name(recipe_arn)) == exploring_recipes.end()) {
        throw invalid_input("itemExplorationConfig is not supported for the recipe " + std::string(recipe_arn),
                            "only User-Personalization and use cases that personalize explore new items",
                            Evidence::documented);
    }
    for (const auto& [name, value] : given.items()) check_exploration_parameter(name, value.get<std::string>());
}

}  // namespace plocal::operations
