#include <chrono>
#include <cstddef>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/deployment.h"

namespace plocal::operations {
namespace {

using base::Json;
using support::arn;
using support::Deployment;
using support::outcome;

/// A configuration of a solution or a recommender, and the answer of its Create.
struct ConfigCase {
    const char* name;
    const char* recipe;
    Json members;
    std::string expected;
};

std::string recipe_named(const std::string& name) {
    return "arn:aws:personalize:::recipe/" + name;
}

Json with_config(const Json& config) {
    return {{"solutionConfig", config}};
}

Json with_values(const Json& values) {
    return with_config({{"algorithmHyperParameters", values}});
}

Json with_ranges(const char* list, const Json& range) {
    return with_config({{"hpoConfig", {{"algorithmHyperParameterRanges", {{list, Json::array({range})}}}}}});
}

std::string not_of_algorithm(const char* name) {
    return std::string(
               "InvalidInputException: Provide a hyperparameter that is used in the algorithm: "
               "arn:aws:personalize:::algorithm/") +
           name;
}

std::string bad_value(const std::string& name, const std::string& expected) {
    return "InvalidInputException: The value of the hyperparameter " + name + " must be " + expected;
}

template <std::size_t size>
void expect_solutions(const ConfigCase (&cases)[size], bool has_items = false) {
    for (const ConfigCase& one : cases) {
        Deployment world;
        world.make("dataset");
        if (has_items) world.make("items");
        Json members = one.members;
        members["recipeArn"] = recipe_named(one.recipe);
        EXPECT_EQ(outcome(world.create("solution", members)), one.expected) << one.name;
    }
}

constexpr const char* integers = "integerHyperParameterRanges";
constexpr const char* floats = "continuousHyperParameterRanges";
constexpr const char* categories = "categoricalHyperParameterRanges";

// Fidelity: seen | A range names a hyperparameter of the recipe's algorithm: Provide a hyperparameter that is used
//   in the algorithm: ARN; assumed for fixed values too | aws-samples/amazon-personalize-samples#156
TEST(Hyperparameters, AreThoseOfTheAlgorithm) {
    const Json unknown = {{"name", "model.id_embedding_dim"}, {"minValue", 30}, {"maxValue", 200}};
    const Json known = {{"name", "item_id_hidden_dim"}, {"minValue", 30}, {"maxValue", 200}};
    expect_solutions({
        {"an unknown range", "aws-similar-items", with_ranges(integers, unknown),
         not_of_algorithm("aws-similar-items")},
        {"a known range", "aws-similar-items", with_ranges(integers, known), "200"},
        {"an unknown value", "aws-sims", with_values({{"hidden_dimension", "55"}}), not_of_algorithm("aws-sims")},
        {"known values", "aws-sims",
         with_values({{"popularity_discount_factor", "0.7"}, {"min_cointeraction_count", "10"}}), "200"},
        {"a name as Describe shows it", "aws-user-personalization", with_values({{"training.bptt", "20"}}), "200"},
    });
}

// Fidelity: documented | Hyperparameters are within the ranges of the recipe's page, and min is not above max |
//   DG/native-recipe-new-item-USER_PERSONALIZATION.html, DG/native-recipe-sims.html
TEST(Hyperparameters, AreInTheirRange) {
    const auto range = [](const char* name, const Json& least, const Json& most) {
        return Json{{"name", name}, {"minValue", least}, {"maxValue", most}};
    };
    const char* const ranked = "aws-user-personalization";
    expect_solutions({
        {"the least", ranked, with_values({{"hidden_dimension", "32"}}), "200"},
        {"the most", ranked, with_values({{"hidden_dimension", "256"}}), "200"},
        {"too little", ranked, with_values({{"hidden_dimension", "31"}}),
         bad_value("hidden_dimension", "an integer between 32 and 256: 31")},
        {"a fraction", ranked, with_values({{"hidden_dimension", "40.5"}}),
         bad_value("hidden_dimension", "an integer between 32 and 256: 40.5")},
        {"no number", ranked, with_values({{"bptt", "many"}}), bad_value("bptt", "an integer between 2 and 32: many")},
        {"a category in capitals", ranked, with_values({{"recency_mask", "True"}}), "200"},
        {"no category", ranked, with_values({{"recency_mask", "yes"}}),
         bad_value("recency_mask", "true or false: yes")},
        {"a factor above one", "aws-sims", with_values({{"popularity_discount_factor", "1.1"}}),
         bad_value("popularity_discount_factor", "a number between 0.0 and 1.0: 1.1")},
        {"a range", ranked, with_ranges(integers, range("bptt", 2, 22)), "200"},
        {"a range of one value", ranked, with_ranges(integers, range("bptt", 8, 8)), "200"},
        {"a range upside down", ranked, with_ranges(integers, range("bptt", 22, 2)),
         "InvalidInputException: The minimum of the hyperparameter bptt is greater than its maximum: 22, 2"},
        {"a range that is too wide", ranked, with_ranges(integers, range("bptt", 2, 33)),
         bad_value("bptt", "an integer between 2 and 32: 33")},
        {"a range in the wrong list", ranked, with_ranges(floats, range("bptt", 2.0, 22.0)),
         "InvalidInputException: The hyperparameter bptt belongs in integerHyperParameterRanges, not in "
         "continuousHyperParameterRanges."},
        {"a list of categories", ranked,
         with_ranges(categories, {{"name", "recency_mask"}, {"values", {"true", "false"}}}), "200"},
        {"an unknown category", ranked,
         with_ranges(categories, {{"name", "recency_mask"}, {"values", {"true", "perhaps"}}}),
         bad_value("recency_mask", "true or false: perhaps")},
    });
}

// Fidelity: documented | HPO is for recipes and hyperparameters that can be tuned, with at most 40 jobs, 10 at a time |
//   DG/item-affinity-recipe.html, DG/API_HPOResourceConfig.html
TEST(Hyperparameters, AreTunedWhereTheRecipeAllowsIt) {
    const Json dimension = {{"name", "hidden_dimension"}, {"minValue", 32}, {"maxValue", 64}};
    const auto resources = [](const char* member, const char* value) {
        return with_config({{"hpoConfig", {{"hpoResourceConfig", {{member, value}}}}}});
    };
    const char* const ranked = "aws-user-personalization";
    expect_solutions({
        {"a recipe with HPO", ranked, {{"performHPO", true}}, "200"},
        {"a recipe without",
         "aws-item-affinity",
         {{"performHPO", true}},
         "InvalidInputException: HPO is not supported for the recipe " + recipe_named("aws-item-affinity")},
        {"a recipe without, not asked for it", "aws-item-affinity", {{"performHPO", false}}, "200"},
        {"a fixed hyperparameter", "aws-item-affinity", with_ranges(integers, dimension),
         "InvalidInputException: The hyperparameter hidden_dimension cannot be tuned: "
         "arn:aws:personalize:::algorithm/aws-item-affinity"},
        {"as many jobs as may be", ranked, resources("maxNumberOfTrainingJobs", "40"), "200"},
        {"a job too many", ranked, resources("maxNumberOfTrainingJobs", "41"),
         "InvalidInputException: maxNumberOfTrainingJobs must be a number between 1 and 40: 41"},
        {"too many at a time", ranked, resources("maxParallelTrainingJobs", "11"),
         "InvalidInputException: maxParallelTrainingJobs must be a number between 1 and 10: 11"},
    });
}

// Fidelity: documented | Feature transformations have the parameters of the recipe's page; percentiles lie between
//   0 and 1 | DG/native-recipe-sims.html
TEST(FeatureTransformation, HasTheParametersOfItsRecipe) {
    const auto transformed = [](const char* name, const char* value) {
        return with_config({{"featureTransformationParameters", {{name, value}}}});
    };
    const char* const percentile = "min_item_interaction_count_percentile";
    expect_solutions({
        {"a percentile", "aws-sims", transformed(percentile, "0.05"), "200"},
        {"a percentile above one", "aws-sims", transformed(percentile, "5"),
         bad_value(percentile, "a number between 0 and 1: 5")},
        {"of another recipe", "aws-user-personalization", transformed(percentile, "0.05"),
         "InvalidInputException: Provide a parameter that is used in the feature transformation: "
         "arn:aws:personalize:::feature-transformation/aws-user-personalization"},
        {"a frequency", "aws-trending-now", transformed("trend_discovery_frequency", "1 day"), "200"},
    });
}

// Fidelity: documented | An objective is a column of the items with a numerical type and without null, for
//   User-Personalization and Personalized-Ranking | DG/optimizing-solution-for-objective.html
TEST(OptimizationObjective, IsANumericalColumnOfTheItems) {
    const Json price = with_config({{"optimizationObjective", {{"itemAttribute", "PRICE"}}}});
    const Json id = with_config({{"optimizationObjective", {{"itemAttribute", "ITEM_ID"}}}});
    const Json none = with_config({{"optimizationObjective", {{"itemAttribute", "COST"}}}});
    const std::string items = arn("dataset/movies/ITEMS");
    expect_solutions(
        {
            {"a number", "aws-user-personalization", price, "200"},
            {"a number for a ranking", "aws-personalized-ranking", price, "200"},
            {"a text", "aws-user-personalization", id,
             "InvalidInputException: The column ITEM_ID of the Items dataset cannot be an optimization objective."},
            {"no column", "aws-user-personalization", none,
             "InvalidInputException: The column COST is not in the schema of the dataset " + items},
            {"another recipe", "aws-sims", price,
             "InvalidInputException: optimizationObjective is not supported for the recipe " +
                 recipe_named("aws-sims")},
        },
        true);
    expect_solutions(
        {{"no items", "aws-user-personalization", price,
          "InvalidInputException: The dataset group has no dataset of type ITEMS: " + arn("dataset-group/movies")}});
}

// Fidelity: documented | A threshold of event values is a number and needs an event type, and the interactions hold
//   both in columns | DG/event-values-types.html
TEST(TrainingEvents, HaveATypeWithTheirThreshold) {
    const Json threshold = with_config({{"eventValueThreshold", "0.5"}});
    const auto typed = [](const char* value) {
        Json members = with_config({{"eventValueThreshold", value}});
        members["eventType"] = "watch";
        return members;
    };
    const Json event = {{"eventValueThreshold", 0.5}, {"weight", 0.2}};
    const char* const ranked = "aws-user-personalization";
    const std::string no_value = "InvalidInputException: The column EVENT_VALUE is not in the schema of the dataset " +
                                 arn("dataset/movies/INTERACTIONS");
    const std::string no_type = "InvalidInputException: eventType is required when eventValueThreshold is specified.";
    expect_solutions({
        {"a type alone", ranked, {{"eventType", "watch"}}, "200"},
        {"a threshold alone", ranked, threshold, no_type},
        {"no number", ranked, typed("much"), "InvalidInputException: eventValueThreshold must be a number: much"},
        {"no column for it", ranked, typed("0.5"), no_value},
        {"a threshold alone in a list", ranked,
         with_config({{"eventsConfig", {{"eventParametersList", Json::array({event})}}}}), no_type},
    });
}

// Fidelity: documented | The columns that are included in training or excluded from it are columns of the group's
//   datasets | DG/API_TrainingDataConfig.html
TEST(TrainingColumns, ExistInTheirDatasets) {
    const auto excluded = [](const char* dataset, const char* column) {
        return with_config({{"trainingDataConfig", {{"excludedDatasetColumns", {{dataset, {column}}}}}}});
    };
    const char* const ranked = "aws-user-personalization";
    expect_solutions(
        {
            {"a column", ranked, excluded("Items", "PRICE"), "200"},
            {"a dataset in capitals", ranked, excluded("ITEMS", "PRICE"), "200"},
            {"no column", ranked, excluded("Items", "COST"),
             "InvalidInputException: The column COST is not in the schema of the dataset " +
                 arn("dataset/movies/ITEMS")},
            {"no dataset", ranked, excluded("Users", "AGE"),
             "InvalidInputException: The dataset group has no dataset of type USERS: " + arn("dataset-group/movies")},
        },
        true);
}

TEST(TrainingColumns, ExistForARecommenderAndItsUpdate) {
    const Json config = {
        {"recommenderConfig",
         {{"trainingDataConfig", {{"excludedDatasetColumns", {{"Interactions", Json::array({"DEVICE"})}}}}}}}};
    const std::string refused = "InvalidInputException: The column DEVICE is not in the schema of the dataset " +
                                arn("dataset/videos/INTERACTIONS");
    Deployment world;
    EXPECT_EQ(outcome(world.create("recommender", config)), refused);
    EXPECT_EQ(outcome(world.call_on("Update", world.make("recommender"), config)), refused);
}

// Fidelity: documented | Only User-Personalization, and use cases that personalize, explore new items, by a weight
//   from 0 to 1 and an age | DG/API_CampaignConfig.html, DG/API_RecommenderConfig.html
TEST(ItemExploration, IsForRecipesThatPersonalize) {
    const auto exploring = [](const char* member, const char* name, const char* value) {
        return Json{{member, {{"itemExplorationConfig", {{name, value}}}}}};
    };
    Deployment world;
    const auto campaign = [&](const char* name, const char* value) {
        return outcome(world.create("campaign", exploring("campaignConfig", name, value)));
    };
    const std::string bad_weight =
        "InvalidInputException: The value of explorationWeight in itemExplorationConfig must be a number between 0 and "
        "1: 1.5";
    EXPECT_EQ(campaign("explorationWeight", "1.5"), bad_weight);
    EXPECT_EQ(campaign("explorationWait", "1"),
              "InvalidInputException: Unknown parameter in itemExplorationConfig: explorationWait");
    EXPECT_EQ(
        campaign("explorationItemAgeCutOff", "-1"),
        "InvalidInputException: The value of explorationItemAgeCutOff in itemExplorationConfig must be a positive "
        "number of days: -1");
    EXPECT_EQ(campaign("explorationItemAgeCutOff", "30"), "200");
    world.advance(std::chrono::seconds(3));
    EXPECT_EQ(outcome(world.call_on("Update", arn("campaign/tonight"),
                                    exploring("campaignConfig", "explorationWeight", "1.5"))),
              bad_weight);
    EXPECT_EQ(
        outcome(world.create("batchInferenceJob", exploring("batchInferenceJobConfig", "explorationWeight", "1.5"))),
        bad_weight);
    Json popular = exploring("recommenderConfig", "explorationWeight", "0.3");
    EXPECT_EQ(outcome(world.create("recommender", popular)), "200");
    popular.update({{"name", "popular"}, {"recipeArn", recipe_named("aws-vod-most-popular")}});
    EXPECT_EQ(outcome(world.create("recommender", popular)),
              "InvalidInputException: itemExplorationConfig is not supported for the recipe " +
                  recipe_named("aws-vod-most-popular"));
}

// Fidelity: documented | AutoML chooses among existing recipes and reads nothing else of the configuration |
//   DG/API_CreateSolution.html
TEST(AutoMl, ReadsItsOwnPartOfTheConfigurationAlone) {
    Deployment world;
    Json members = {{"recipeArn", nullptr}, {"performAutoML", true}};
    members["solutionConfig"] = {{"algorithmHyperParameters", {{"any", "1"}}}};
    EXPECT_EQ(outcome(world.create("solution", members)), "200");
    members["name"] = "chosen";
    members["solutionConfig"] = {{"autoMLConfig", {{"recipeList", {recipe_named("aws-none")}}}}};
    EXPECT_EQ(outcome(world.create("solution", members)),
              "ResourceNotFoundException: The given recipe does not exist: " + recipe_named("aws-none"));
}

// Fidelity: documented | performIncrementalUpdate is for the recipe Semantic-Similarity | DG/API_CreateSolution.html
TEST(IncrementalUpdate, IsForSemanticSimilarity) {
    const Json incremental = {{"performIncrementalUpdate", true}};
    expect_solutions({
        {"its recipe", "aws-semantic-similarity", incremental, "200"},
        {"another recipe", "aws-sims", incremental,
         "InvalidInputException: performIncrementalUpdate is not supported for the recipe " + recipe_named("aws-sims")},
    });
}

}  // namespace
}  // namespace plocal::operations
