#include "server/service/operations/solution.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "server/base/json.h"
#include "server/model/languages/schedule.h"
#include "server/service/operations/auto_training.h"
#include "server/service/operations/group_columns.h"
#include "server/service/operations/hyperparameters.h"
#include "server/service/operations/recipes.h"
#include "server/service/operations/training_columns.h"

namespace plocal::operations {

namespace {

using base::Json;
using base::text_member;
using model::Evidence;
using resources::build_arn;
using resources::Change;
using resources::Context;
using resources::Creation;
using resources::invalid_input;
using resources::ResolvedReference;

void check_recipe(Creation& creation) {
    const ResolvedReference* const recipe = creation.refer("recipeArn");
    const bool uses_auto_ml = creation.input.value("performAutoML", false);
    if (recipe == nullptr && !uses_auto_ml) {
        throw invalid_input("recipeArn is required when performAutoML is false.",
                            "a solution without AutoML needs a recipe", Evidence::documented);
    }
    if (recipe == nullptr || !recipe->record) return;
    const Json members = value_of(creation.context, *recipe->record);
    if (text_member(members, "domain") == nullptr) return;
    throw invalid_input("The given recipe is not supported for solutions: " + recipe->reference.arn,
                        "only recommenders can use the recipe of a domain", Evidence::inferred);
}

/// Only Semantic-Similarity learns from new data between trainings.
void check_incremental_update(const Json& input) {
    if (!input.value("performIncrementalUpdate", false)) return;
    const std::string_view recipe = recipe_in(input);
    if (recipe.empty() || recipe == "aws-semantic-similarity") return;
    throw invalid_input("performIncrementalUpdate is not supported for the recipe " + *text_member(input, "recipeArn"),
                        "only Semantic-Similarity supports incremental updates", Evidence::documented);
}

/// An objective is a column of the items that always holds a number.
void check_objective(const Json& config, std::string_view recipe_arn, const GroupColumns& columns) {
    const Json objective = config.value("optimizationObjective", Json());
    if (!objective.is_object() || objective.empty()) return;
    constexpr std::string_view supporting[] = {"aws-user-personalization", "aws-personalized-ranking"};
    if (std::ranges::find(supporting, recipe_name(recipe_arn)) == std::end(supporting)) {
        throw invalid_input("optimizationObjective is not supported for the recipe " + std::string(recipe_arn),
                            "only User-Personalization and Personalized-Ranking have objectives", Evidence::documented);
    }
    const std::string* const name = text_member(objective, "itemAttribute");
    if (name == nullptr) return;
    constexpr const char* why = "an objective is a column of the items with a numerical type and without null";
    columns.require("ITEMS", {}, why);
    columns.require_column("ITEMS", *name, why);
    const auto schema = columns.schema("ITEMS");
    const languages::Column* const column = schema ? schema->column(*name) : nullptr;
    if (column == nullptr || (is_numeric(*column) && !column->has_type("string") && !column->may_be_null())) return;
    throw invalid_input("The column " + *name + " of the Items dataset cannot be an optimization objective.", why,
                        Evidence::documented);
}

/// The recipes of AutoML must exist. Of its configuration, AutoML reads nothing else.
void check_auto_ml(Context& context, const Json& config) {
    const Json auto_ml = config.value("autoMLConfig", Json());
    const Json recipes = auto_ml.is_object() ? auto_ml.value("recipeList", Json()) : Json();
    if (!recipes.is_array()) return;
    for (const Json& recipe : recipes) resolve(context, resources::kind_named("recipe"), recipe.get<std::string>());
}

void check_config(Creation& creation) {
    const Json config = creation.input.value("solutionConfig", Json::object());
    if (creation.input.value("performAutoML", false)) return check_auto_ml(creation.context, config);
    const ResolvedReference& recipe = *creation.refer("recipeArn");
    const GroupColumns columns(creation.context, creation.refer("datasetGroupArn")->reference.arn);
    check_incremental_update(creation.input);
    check_hyperparameters(creation.input);
    check_objective(config, recipe.reference.arn, columns);
    check_training_events(creation.text("eventType"), config, columns);
    check_training_columns(config, columns);
}

void check_schedule(const Json& members, const char* config_member) {
    const Json automatic = members.value(config_member, Json::object()).value("autoTrainingConfig", Json::object());
    if (const std::string* const schedule = text_member(automatic, "schedulingExpression")) {
        static_cast<void>(languages::parse_schedule(*schedule));
    }
}

}  // namespace

void complete_solution(Creation& creation) {
    creation.refer("datasetGroupArn");
    check_recipe(creation);
    check_config(creation);
    check_schedule(creation.input, "solutionConfig");
    creation.set_default("performHPO", false);
    creation.set_default("performAutoML", false);
    creation.set_default("performAutoTraining", true);
    // Seen of User-Personalization only: solutions of other recipes get no default configuration.
    if (recipe_in(creation.input) == "aws-user-personalization") {
        creation.set_default("solutionConfig", Json::object());
    }
    if (!creation.document["performAutoTraining"].get<bool>()) return;
    const std::string arn = build_arn(creation.owner, creation.kind.arn_type, creation.name);
    creation.due = first_training(arn, creation.context.settings.plan.seed, creation.created);
}

void add_latest_version(Context& context, const storage::Record& solution, Json& members) {
    storage::Page page{.scope = {}, .kind = "solutionVersion", .parent = solution.arn, .after = {}};
    page.limit = 1;
    for (const storage::Record& newest : context.store.resources().list(page)) {
        members["latestSolutionVersion"] = value_of(context, newest);
    }
}

void complete_solution_update(Change& change) {
    check_schedule(change.input, "solutionUpdateConfig");
    const Json config = change.input.value("solutionUpdateConfig", Json::object());
    if (const std::string* const group = text_member(change.present, "datasetGroupArn")) {
        check_events_config(config, GroupColumns(change.context, *group));
    }
    if (const std::string* const recipe = text_member(change.present, "recipeArn")) {
        check_incremental_update({{"performIncrementalUpdate", change.input.value("performIncrementalUpdate", false)},
                                  {"recipeArn", *recipe}});
    }
    if (config.contains("autoTrainingConfig")) change.record.due.reset();  // the schedule starts again
}

}  // namespace plocal::operations
