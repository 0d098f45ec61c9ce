#include "server/service/operations/solution_version.h"

#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "server/base/json.h"
#include "server/base/random.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/operations/data_minimums.h"
#include "server/service/operations/recipes.h"
#include "server/service/operations/training_data.h"
#include "server/service/resources/ids.h"
#include "server/service/resources/update.h"

namespace plocal::operations {

namespace {

using base::Json;
using base::text_member;
using model::Evidence;
using resources::Context;
using resources::Creation;
using resources::invalid_input;
using resources::Kind;
using resources::kind_named;
using resources::Output;
using resources::ResolvedReference;
using resources::short_id;

constexpr const char* taken_from_solution[] = {
    "datasetGroupArn",          "recipeArn", "performHPO",    "performAutoML",
    "performIncrementalUpdate", "eventType", "solutionConfig"};

base::RandomKey draw_of(const Creation& creation, const std::string& solution_arn, std::int64_t ordinal) {
    return {creation.context.settings.plan.seed, creation.owner.account, creation.kind.name, solution_arn, ordinal};
}

/// Returns an id that no other version of the solution has.
std::string free_id(const Creation& creation, const std::string& solution_arn) {
    std::string id;
    do {
        id = short_id(draw_of(creation, solution_arn,
                              next_ordinal(creation.context, creation.kind, creation.owner, solution_arn)));
    } while (creation.context.store.resources().find(solution_arn + "/" + id));
    return id;
}

/// Draws the training hours, to three decimals (seen).
double training_hours(const Creation& creation) {
    constexpr double least = 0.5;
    constexpr double span = 4;
    base::RandomKey key = draw_of(creation, creation.id, 0);
    key.kind = "trainingHours";
    return std::round((least + span * base::random_fraction(key)) * 1'000) / 1'000;
}

void take_from_solution(Creation& creation, const std::string& solution_arn, const Json& solution) {
    const std::string solution_name = solution_arn.substr(solution_arn.rfind('/') + 1);
    std::string last = creation.name;
    if (last.empty()) {
        last = free_id(creation, solution_arn);
        creation.name = solution_name + "/" + last;
    }
    creation.id = solution_name + "/" + last;
    creation.document["solutionArn"] = solution_arn;
    for (const char* const member : taken_from_solution) {
        if (solution.contains(member)) creation.document[member] = solution[member];
    }
    creation.document["trainingHours"] = training_hours(creation);
    creation.set_default("trainingMode", "FULL");
    const std::string* const group = text_member(solution, "datasetGroupArn");
    creation.may_work = group != nullptr && has_rows(creation.context.store, *group);
    creation.plan_change = failure_for_want_of_data(creation.context, creation.owner.account, solution);
}

void check_mode(const Creation& creation, const Json& solution) {
    const std::string* const mode = creation.text("trainingMode");
    if (mode == nullptr || *mode != "UPDATE") return;
    const std::string_view recipe = recipe_in(solution);
    const bool supports_update = recipe.empty() || recipe == "aws-user-personalization" ||
                                 recipe == "aws-user-personalization-v2" || recipe == "aws-hrnn-coldstart";
    if (!supports_update) {
        throw invalid_input(
            "Training mode UPDATE is not supported for the recipe " + *text_member(solution, "recipeArn"),
            "only User-Personalization and HRNN-Coldstart support training mode UPDATE", Evidence::documented);
    }
}

}  // namespace

void complete_solution_version(Creation& creation) {
    const ResolvedReference& solution = *creation.refer("solutionArn");
    const Json members = solution.record ? value_of(creation.context, *solution.record) : Json::object();
    check_mode(creation, members);
    if (solution.record) require_data(creation.context, members);
    take_from_solution(creation, solution.reference.arn, members);
    creation.document["trainingType"] = "MANUAL";
}

Output stop_solution_version_creation(Context& context, const Json& input) {
    const Kind& kind = kind_named("solutionVersion");
    storage::Record record = find_named(context, kind, input);
    const std::string_view status = status_of(context, record);
    if (status != lifecycle::create_pending && status != lifecycle::create_in_progress) {
        throw invalid_input(kind_message("The creation of the given ", kind, " cannot be stopped: ", record.arn),
                            kind_message("the ", kind, " is ", status), Evidence::inferred);
    }
    if (status == lifecycle::create_pending) {
        constexpr lifecycle::Transition at_once{"", "", lifecycle::stopping_creation.success, ""};
        start_transition(context, kind, at_once, record);
    } else {
        start_transition(context, kind, lifecycle::stopping_creation, record);
    }
    return Json::object();
}

void create_automatic_version(Context& context, const storage::Record& solution, const Json& members,
                              base::Instant moment) {
    const Json input = {{"solutionArn", solution.arn}};
    Creation creation(context, kind_named("solutionVersion"), input);
    creation.owner = solution.owner;
    creation.created = moment;
    take_from_solution(creation, solution.arn, members);
    creation.may_work = false;  // it trains when it is asked
    creation.document["trainingType"] = "AUTOMATIC";
    store(creation);
}

}  // namespace plocal::operations
