#include <chrono>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/deployment.h"

namespace plocal::operations {
namespace {

using namespace std::chrono_literals;
using base::Json;
using resources::ServiceSettings;
using support::arn;
using support::Deployment;
using support::outcome;
using testing::IsSupersetOf;
using testing::UnorderedElementsAre;

support::Answer metrics_of_version(Deployment& world, const std::string& version) {
    return world.call("GetSolutionMetrics", {{"solutionVersionArn", version}});
}

/// Loads a trained version of that recipe from a fixture and returns its ARN.
std::string load_trained(Deployment& world, const std::string& recipe, const Json& config = nullptr) {
    const std::string version = arn("solution/" + recipe + "/12345678");
    world.load({{"solutionVersion",
                 {{"solutionVersionArn", version},
                  {"recipeArn", "arn:aws:personalize:::recipe/" + recipe},
                  {"solutionConfig", config.is_null() ? Json::object() : config}}}});
    return version;
}

std::vector<std::string> metric_keys(Deployment& world, const std::string& version) {
    std::vector<std::string> keys;
    const Json body = metrics_of_version(world, version).body;
    for (const auto& [name, value] : body["metrics"].items()) keys.push_back(name);
    return keys;
}

// Fidelity: seen | GetSolutionMetrics returns the ARN and a flat map of numbers with four decimals: coverage,
//   mean_reciprocal_rank_at_25, and gain and precision at 5, 10 and 25 | aws-samples/amazon-personalize-samples
TEST(GetSolutionMetrics, ReturnsTheRankingMetricsOfAVersion) {
    Deployment world;
    const std::string version = world.make("solutionVersion");
    const Json body = metrics_of_version(world, version).body;
    EXPECT_EQ(body["solutionVersionArn"], version);
    EXPECT_THAT(metric_keys(world, version),
                UnorderedElementsAre(
                    "coverage", "mean_reciprocal_rank_at_25", "normalized_discounted_cumulative_gain_at_5",
                    "normalized_discounted_cumulative_gain_at_10", "normalized_discounted_cumulative_gain_at_25",
                    "precision_at_5", "precision_at_10", "precision_at_25"));
    for (const auto& [name, value] : body["metrics"].items()) {
        const double number = value.get<double>();
        EXPECT_GT(number, 0) << name;
        EXPECT_LT(number, 1.5) << name;
        EXPECT_NEAR(number * 10'000, std::round(number * 10'000), 1e-6) << name;
    }
    const Json metrics = body["metrics"];
    EXPECT_LT(metrics["normalized_discounted_cumulative_gain_at_5"],
              metrics["normalized_discounted_cumulative_gain_at_25"]);
    EXPECT_GT(metrics["precision_at_5"], metrics["precision_at_25"]);
}

// Fidelity: seen | A version of a user segmentation recipe has coverage, hits_at_1_percent and recall_at_1_percent
//   | aws-samples/amazon-personalize-samples, user_segmentation_example
TEST(GetSolutionMetrics, ReturnsTheMetricsOfTheRecipe) {
    Deployment world;
    for (const char* const recipe : {"aws-item-affinity", "aws-item-attribute-affinity"}) {
        EXPECT_THAT(metric_keys(world, load_trained(world, recipe)),
                    UnorderedElementsAre("coverage", "hits_at_1_percent", "recall_at_1_percent"));
    }
    EXPECT_THAT(metric_keys(world, load_trained(world, "aws-trending-now")),
                IsSupersetOf({"coverage", "trend_prediction_accuracy"}));
    EXPECT_THAT(
        metric_keys(world, load_trained(world, "aws-next-best-action")),
        UnorderedElementsAre("auc", "coverage", "normalized_discounted_cumulative_gain_at_5", "precision", "recall"));
    const Json objective = {{"optimizationObjective", {{"itemAttribute", "PRICE"}, {"objectiveSensitivity", "LOW"}}}};
    EXPECT_THAT(metric_keys(world, load_trained(world, "aws-user-personalization", objective)),
                IsSupersetOf({"average_rewards_at_k"}));
}

TEST(GetSolutionMetrics, ReturnsTheSameValuesEveryTime) {
    std::vector<Json> answers;
    for (const std::uint64_t seed : {1U, 1U, 2U}) {
        ServiceSettings settings;
        settings.plan.seed = seed;
        Deployment world(settings);
        const std::string version = load_trained(world, "aws-sims");
        answers.push_back(metrics_of_version(world, version).body);
        world.advance(24h);
        EXPECT_EQ(metrics_of_version(world, version).body, answers.back());
    }
    EXPECT_EQ(answers[0], answers[1]);
    EXPECT_NE(answers[0], answers[2]);
}

TEST(GetSolutionMetrics, ReturnsDifferentValuesPerVersion) {
    Deployment world;
    const std::string first = world.created("solutionVersion");
    const std::string second = world.created("solutionVersion");
    world.advance(3s);
    EXPECT_NE(metrics_of_version(world, first).body["metrics"], metrics_of_version(world, second).body["metrics"]);
}

// Fidelity: documented | GetSolutionMetrics is refused with ResourceInUseException while the version trains
//   | DG/API_GetSolutionMetrics.html
TEST(GetSolutionMetrics, NeedsATrainedVersion) {
    const struct {
        const char* status;
        const char* error;
    } cases[] = {{"CREATE PENDING", "ResourceInUseException"},  {"CREATE IN_PROGRESS", "ResourceInUseException"},
                 {"CREATE STOPPING", "ResourceInUseException"}, {"CREATE STOPPED", "InvalidInputException"},
                 {"CREATE FAILED", "InvalidInputException"},    {"ACTIVE", ""}};
    for (const auto& one : cases) {
        Deployment world;
        const std::string version = world.make("solutionVersion");
        world.force(version, one.status);
        EXPECT_EQ(metrics_of_version(world, version).error(), one.error) << one.status;
    }
    Deployment world;
    const std::string absent = arn("solution/movies/12345678");
    EXPECT_EQ(outcome(metrics_of_version(world, absent)),
              "ResourceNotFoundException: The given solution version does not exist: " + absent);
}

TEST(Recommender, HasModelMetrics) {
    Deployment world;
    const Json metrics = world.described(world.make("recommender"))["modelMetrics"];
    EXPECT_GT(metrics.size(), 3);
    for (const auto& [name, value] : metrics.items()) EXPECT_TRUE(value.is_number()) << name;
}

}  // namespace
}  // namespace plocal::operations
