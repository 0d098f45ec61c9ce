#include "server/service/operations/solution.h"

#include <string>

#include "server/base/json.h"
#include "server/model/languages/schedule.h"
#include "server/service/operations/auto_training.h"
#include "server/service/operations/recipes.h"

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
    if (config.contains("autoTrainingConfig")) change.record.due.reset();  // the schedule starts again
}

}  // namespace plocal::operations
