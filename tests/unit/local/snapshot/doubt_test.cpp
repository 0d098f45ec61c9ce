#include <string>

#include <gtest/gtest.h>

#include "server/base/json.h"
#include "tests/unit/local/snapshot/readings.h"

namespace plocal::snapshot {
namespace {

using base::Json;

/// The doubt about the one resource of a document.
std::string doubt_about(const char* kind, const char* type_and_id, Json members) {
    members[std::string(kind) + "Arn"] = arn(type_and_id);
    const std::string text = Json{{kind, members}}.dump();
    const Reading reading = read({text});
    EXPECT_TRUE(reading.problems.empty()) << problems_of(reading).front();
    return reading.fixtures.empty() ? "none" : reading.fixtures.front().doubt;
}

std::string refused(const char* kind, const std::string& message) {
    return "1.json#/" + std::string(kind) + ": the service would refuse this: " + message;
}

bool is_doubted(const char* kind, const char* type_and_id, const Json& members) {
    const std::string doubt = doubt_about(kind, type_and_id, members);
    return doubt.starts_with(refused(kind, "")) && doubt.find("explorationWeight") != std::string::npos;
}

TEST(Doubt, IsWhatCreateWouldRefuse) {
    EXPECT_EQ(doubt_about("filter", "filter/a", {{"filterExpression", "INCLUDE ItemID WHERE Items.GENRE NOT IN ($G)"}}),
              refused("filter", "Invalid input symbol: $G. Placeholders are not allowed with NOT_IN operator."));
    EXPECT_EQ(doubt_about("schema", "schema/a", {{"schema", "[1]"}}),
              refused("schema", "Invalid schema: expected a JSON object, found [1]."));
    const Json dimension = {{"algorithmHyperParameters", {{"hidden_dimension", "8"}}}};
    const std::string recipe = "arn:aws:personalize:::recipe/aws-user-personalization";
    EXPECT_EQ(doubt_about("solution", "solution/a", {{"recipeArn", recipe}, {"solutionConfig", dimension}}),
              refused("solution",
                      "The value of the hyperparameter hidden_dimension must be an integer between 32 and 256: 8"));
    const Json exploration = {{"itemExplorationConfig", {{"explorationWeight", "2"}}}};
    EXPECT_TRUE(is_doubted("campaign", "campaign/a", {{"campaignConfig", exploration}}));
    EXPECT_TRUE(is_doubted("recommender", "recommender/a", {{"recommenderConfig", exploration}}));
    EXPECT_TRUE(is_doubted("batchInferenceJob", "batch-inference-job/a", {{"batchInferenceJobConfig", exploration}}));
}

TEST(Doubt, IsEmptyForWhatCreateTakes) {
    EXPECT_EQ(doubt_about("filter", "filter/a", {{"filterExpression", "INCLUDE ItemID WHERE Items.GENRE IN ($G)"}}),
              "");
    EXPECT_EQ(doubt_about("filter", "filter/a", Json::object()), "");
    EXPECT_EQ(doubt_about("schema", "schema/a", Json::object()), "");
    EXPECT_EQ(doubt_about("solution", "solution/a", Json::object()), "");
    EXPECT_EQ(doubt_about("campaign", "campaign/a", Json::object()), "");
    EXPECT_EQ(doubt_about("recommender", "recommender/a", Json::object()), "");
}

}  // namespace
}  // namespace plocal::snapshot
