#include <string>

#include <gtest/gtest.h>

#include "tests/support/deployment.h"

namespace plocal::resources {
namespace {

using base::Json;
using support::arn;
using support::Deployment;
using support::outcome;
using support::sorted;

// Fidelity: documented | performAutoTraining is true by default | DG/API_CreateSolution.html
TEST(Creation, TurnsOnAutomaticTrainingByDefault) {
    Deployment world;
    EXPECT_EQ(world.described(world.make("solution"))["performAutoTraining"], false);
    const std::string other = world.created("solution", {{"name", "other"}, {"performAutoTraining", nullptr}});
    EXPECT_EQ(world.described(other)["performAutoTraining"], true);
}

// Fidelity: seen | A solution of User-Personalization has an empty solutionConfig by default; a solution of another
//   recipe has none | aws-samples/amazon-personalize-immersion-day
TEST(Creation, GivesASolutionTheConfigOfItsRecipe) {
    Deployment world;
    EXPECT_EQ(world.described(world.make("solution")).value("solutionConfig", Json()), Json::object());
    EXPECT_FALSE(world.described(world.make("segmentSolution")).contains("solutionConfig"));
}

TEST(Creation, KeepsTheGivenValuesInPlaceOfDefaults) {
    const struct {
        std::string_view kind;
        Json given;
    } cases[] = {
        {"datasetGroup",
         {{"roleArn", "arn:aws:iam::000000000000:role/keys"},
          {"kmsKeyArn", "arn:aws:kms:us-east-1:000000000000:key/1"}}},
        {"datasetImportJob", {{"importMode", "INCREMENTAL"}, {"publishAttributionMetricsToS3", true}}},
        {"datasetExportJob", {{"ingestionMode", "ALL"}}},
        {"solution", {{"performHPO", true}, {"eventType", "watch"}}},
        {"solution",
         {{"recipeArn", "arn:aws:personalize:::recipe/aws-semantic-similarity"}, {"performIncrementalUpdate", true}}},
        {"solution", {{"solutionConfig", {{"autoTrainingConfig", {{"schedulingExpression", "rate(3 days)"}}}}}}},
        {"solutionVersion", {{"trainingMode", "UPDATE"}}},
        {"campaign", {{"minProvisionedTPS", 3}, {"campaignConfig", {{"enableMetadataWithRecommendations", true}}}}},
        {"recommender",
         {{"recommenderConfig",
           {{"minRecommendationRequestsPerSecond", 4}, {"itemExplorationConfig", {{"explorationWeight", "0.2"}}}}}}},
        {"batchInferenceJob", {{"numResults", 10}}},
        {"batchSegmentJob", {{"numResults", 1000}}},
    };
    for (const auto& one : cases) {
        Deployment world;
        const Json resource = world.described(world.created(one.kind, one.given));
        for (const auto& [member, value] : one.given.items())
            EXPECT_EQ(sorted(resource[member]), sorted(value)) << one.kind;
    }
}

// Fidelity: documented | A dataset group has one event tracker, whatever its name | DG/API_CreateEventTracker.html
TEST(Creation, AllowsOneEventTrackerAndOneMetricAttributionPerGroup) {
    for (const char* const kind : {"eventTracker", "metricAttribution"}) {
        Deployment world;
        world.make(kind);
        EXPECT_EQ(world.create(kind, {{"name", "another"}}).error(), "ResourceAlreadyExistsException") << kind;
        EXPECT_EQ(outcome(world.create(kind, {{"name", "another"}, {"datasetGroupArn", world.make("videoGroup")}})),
                  "200")
            << kind;
    }
}

// Fidelity: inferred | The ARN of a solution version with a name ends in that name, since no other member could contain
//   it | -
TEST(SolutionVersion, HasItsNameInItsArnIfOneIsGiven) {
    Deployment world;
    const std::string named = world.created("solutionVersion", {{"name", "spring"}});
    EXPECT_EQ(named, arn("solution/movies/spring"));
    EXPECT_EQ(world.described(named)["name"], "spring");
    const std::string first = world.created("solutionVersion");
    const std::string second = world.created("solutionVersion");
    EXPECT_NE(first, second);
    EXPECT_EQ(world.described(second)["name"], "movies/" + second.substr(second.rfind('/') + 1));
}

TEST(SolutionVersion, CopiesTheSettingsOfItsSolution) {
    Deployment world;
    const Json config = {{"algorithmHyperParameters", {{"hidden_dimension", "64"}}}};
    const std::string solution = world.created(
        "solution", {{"name", "tuned"}, {"performHPO", true}, {"eventType", "watch"}, {"solutionConfig", config}});
    const Json resource = world.described(world.created("solutionVersion", {{"solutionArn", solution}}));
    EXPECT_EQ(resource["solutionConfig"], config);
    EXPECT_EQ(resource["performHPO"], true);
    EXPECT_EQ(resource["eventType"], "watch");
}

}  // namespace
}  // namespace plocal::resources
