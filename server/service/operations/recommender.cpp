#include "server/service/operations/recommender.h"

#include <string>

#include "server/base/json.h"
#include "server/base/random.h"
#include "server/service/operations/data_minimums.h"
#include "server/service/operations/exploration.h"
#include "server/service/operations/group_columns.h"
#include "server/service/operations/solution_metrics.h"
#include "server/service/operations/training_columns.h"
#include "server/service/operations/training_data.h"

namespace plocal::operations {

namespace {

using base::Json;
using base::text_member;
using model::Evidence;
using resources::Change;
using resources::Context;
using resources::Creation;
using resources::invalid_input;
using resources::ResolvedReference;

constexpr const char* capacity = "minRecommendationRequestsPerSecond";

void set_default_capacity(Json& config, int requests_per_second) {
    if (!config.contains(capacity)) config[capacity] = requests_per_second;
}

std::string domain_of_group(Context& context, const ResolvedReference& group) {
    const Json members = value_of(context, *group.record);
    const std::string* const domain = text_member(members, "domain");
    return domain == nullptr ? std::string() : *domain;
}

void check_domain_recipe(Creation& creation) {
    const ResolvedReference& group = *creation.refer("datasetGroupArn");
    const ResolvedReference& recipe = *creation.refer("recipeArn");
    const std::string domain = group.record ? domain_of_group(creation.context, group) : std::string();
    if (group.record && domain.empty()) {
        throw invalid_input("Please use a domains-specific Dataset Group to create the Recommender",
                            "the dataset group has no domain: " + group.reference.arn, Evidence::seen);
    }
    if (!recipe.record || !group.record) return;
    const Json members = value_of(creation.context, *recipe.record);
    const std::string* const of_recipe = text_member(members, "domain");
    if (of_recipe != nullptr && *of_recipe == domain) return;
    throw invalid_input("The given recipe is not supported for the domain " + domain + ": " + recipe.reference.arn,
                        "a recommender's recipe must be of its dataset group's domain", Evidence::documented);
}

void check_recommender_config(Context& context, const Json& input, const std::string& recipe,
                              const std::string& group) {
    const Json config = input.value("recommenderConfig", Json());
    check_item_exploration(config, recipe);
    check_training_columns(config, GroupColumns(context, group));
}

}  // namespace

void complete_recommender(Creation& creation) {
    check_domain_recipe(creation);
    check_recommender_config(creation.context, creation.input, *creation.text("recipeArn"),
                             *creation.text("datasetGroupArn"));
    if (creation.refer("datasetGroupArn")->record) require_data(creation.context, creation.input);
    creation.may_work = has_rows(creation.context.store, *creation.text("datasetGroupArn"));
    creation.plan_change = failure_for_want_of_data(creation.context, creation.owner.account, creation.document);
    creation.set_default("recommenderConfig", Json::object());
    set_default_capacity(creation.document["recommenderConfig"], 1);
    creation.document["modelMetrics"] =
        metrics_of(*creation.text("recipeArn"),
                   {creation.context.settings.plan.seed, creation.owner.account, creation.kind.name, creation.name, 0});
}

void complete_recommender_update(Change& change) {
    const std::string* const recipe = text_member(change.present, "recipeArn");
    const std::string* const group = text_member(change.present, "datasetGroupArn");
    if (recipe != nullptr && group != nullptr) check_recommender_config(change.context, change.input, *recipe, *group);
    const Json present = change.present.value("recommenderConfig", Json::object());
    set_default_capacity(change.update["recommenderConfig"], present.value(capacity, 1));
}

resources::Output start_recommender(Context& context, const Json& input) {
    return start_transition(context, resources::kind_named("recommender"), lifecycle::starting,
                            lifecycle::stopping.success, input);
}

resources::Output stop_recommender(Context& context, const Json& input) {
    return start_transition(context, resources::kind_named("recommender"), lifecycle::stopping, lifecycle::active,
                            input);
}

}  // namespace plocal::operations
