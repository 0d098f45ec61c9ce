#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/deployment.h"

namespace plocal::operations {
namespace {

using namespace std::chrono_literals;
using base::Json;
using support::arn;
using support::Deployment;
using support::outcome;

/// Creates an ACTIVE filter and returns its ARN.
std::string active_filter(Deployment& world, const char* name, const char* expression) {
    const std::string filter = world.created("filter", {{"name", name}, {"filterExpression", expression}});
    world.advance(3s);
    return filter;
}

constexpr const char* of_items = R"(EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("watch"))";
constexpr const char* of_users = R"(INCLUDE UserID WHERE Interactions.EVENT_TYPE IN ("watch"))";

// Fidelity: documented | Filters of segments are filters of users, filters of recommendations those of items |
//   DG/filter-expressions.html
TEST(BatchJobFilter, ReturnsTheIdsThatTheJobMakes) {
    Deployment world;
    const std::string items = active_filter(world, "items", of_items);
    const std::string users = active_filter(world, "users", of_users);
    EXPECT_EQ(outcome(world.create("batchSegmentJob", {{"filterArn", items}})),
              "InvalidInputException: The given filter returns ItemID, not UserID: " + items);
    EXPECT_EQ(outcome(world.create("batchSegmentJob", {{"filterArn", users}})), "200");
    EXPECT_EQ(outcome(world.create("batchInferenceJob", {{"filterArn", users}})),
              "InvalidInputException: The given filter returns UserID, not ItemID: " + users);
    EXPECT_EQ(outcome(world.create("batchInferenceJob", {{"filterArn", items}})), "200");
}

// Fidelity: documented | Interactions filters cannot be used with Item-Attribute-Affinity | DG/filter-expressions.html
TEST(BatchJobFilter, ReadsNoInteractionsForItemAttributeAffinity) {
    Deployment world;
    const std::string recipe = "arn:aws:personalize:::recipe/aws-item-attribute-affinity";
    world.make("datasetImportJob");
    world.created("datasetImportJob", {{"jobName", "items"}, {"datasetArn", world.make("items")}});
    world.advance(3s);
    const std::string solution = world.created("solution", {{"name", "attributes"}, {"recipeArn", recipe}});
    const std::string version = world.created("solutionVersion", {{"solutionArn", solution}});
    world.advance(3s);
    const std::string filter = active_filter(world, "users", of_users);
    const Json job = {{"solutionVersionArn", version}, {"filterArn", filter}};
    EXPECT_EQ(outcome(world.create("batchSegmentJob", job)),
              "InvalidInputException: Interactions filters are not supported for the recipe " + recipe + ": " + filter);
}

// Fidelity: documented | A segment has at most five million users | DG/API_CreateBatchSegmentJob.html
TEST(BatchSegmentJob, HasAtMostFiveMillionUsers) {
    Deployment world;
    EXPECT_EQ(outcome(world.create("batchSegmentJob", {{"numResults", 5'000'001}})),
              "InvalidInputException: numResults must not be greater than 5000000.");
    EXPECT_EQ(outcome(world.create("batchSegmentJob", {{"numResults", 5'000'000}})), "200");
}

}  // namespace
}  // namespace plocal::operations
