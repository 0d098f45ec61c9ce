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

const Json syncing = {{"syncWithLatestSolutionVersion", true}};

Json of_latest(const Json& config = Json::object()) {
    return {{"solutionVersionArn", arn("solution/movies/$LATEST")}, {"campaignConfig", config}};
}

// Fidelity: documented | A solutionVersionArn of the form SolutionArn/$LATEST stands for the latest ACTIVE version
//   | DG/API_CreateCampaign.html
TEST(LatestVersion, IsTheNewestActiveVersion) {
    Deployment world;
    const std::string first = world.make("solutionVersion");
    const std::string second = world.created("solutionVersion");
    const std::string early = world.created("campaign", of_latest());
    EXPECT_EQ(world.described(early)["solutionVersionArn"], first) << "the second one is still training";
    world.advance(3s);
    Json later = of_latest();
    later["name"] = "later";
    EXPECT_EQ(world.described(world.created("campaign", later))["solutionVersionArn"], second);
    EXPECT_EQ(world.described(early)["solutionVersionArn"], first) << "without sync it keeps its version";
    world.call_on("Update", early, {{"solutionVersionArn", arn("solution/movies/$LATEST")}});
    world.advance(3s);
    EXPECT_EQ(world.described(early)["solutionVersionArn"], second);
}

TEST(LatestVersion, MustExist) {
    Deployment world;
    world.make("solution");
    const Json input = {{"name", "tonight"}, {"solutionVersionArn", arn("solution/movies/$LATEST")}};
    EXPECT_EQ(outcome(world.call("CreateCampaign", input)),
              "InvalidInputException: The given solution has no active solution version: " + arn("solution/movies"));
    const Json nowhere = {{"name", "tonight"}, {"solutionVersionArn", arn("solution/none/$LATEST")}};
    EXPECT_EQ(outcome(world.call("CreateCampaign", nowhere)),
              "ResourceNotFoundException: The given solution does not exist: " + arn("solution/none"));
}

// Fidelity: documented | syncWithLatestSolutionVersion needs a $LATEST ARN | DG/API_CampaignConfig.html
TEST(LatestVersion, MustBeNamedByACampaignThatFollowsIt) {
    Deployment world;
    const std::string refused =
        "InvalidInputException: syncWithLatestSolutionVersion requires a solutionVersionArn of the form "
        "SolutionArn/$LATEST.";
    EXPECT_EQ(outcome(world.create("campaign", {{"campaignConfig", syncing}})), refused);
    const std::string campaign = world.make("campaign");
    EXPECT_EQ(outcome(world.call_on("Update", campaign,
                                    {{"campaignConfig", syncing},
                                     {"solutionVersionArn", world.described(campaign)["solutionVersionArn"]}})),
              refused);
}

// Fidelity: documented | A campaign that syncs takes each new version once it is ACTIVE | DG/API_CampaignConfig.html
TEST(LatestVersion, IsFollowedByACampaignThatSyncs) {
    Deployment world;
    const std::string first = world.make("solutionVersion");
    const std::string campaign = world.created("campaign", of_latest(syncing));
    world.advance(3s);
    EXPECT_EQ(world.described(campaign)["solutionVersionArn"], first);
    EXPECT_EQ(world.described(campaign)["campaignConfig"], syncing);
    const std::string second = world.created("solutionVersion");
    EXPECT_EQ(world.described(campaign)["solutionVersionArn"], first);
    world.advance(1h);
    EXPECT_EQ(world.described(campaign)["solutionVersionArn"], second);
    EXPECT_EQ(world.status(campaign), "ACTIVE");
}

TEST(LatestVersion, KeepsItsSolutionFromBeingDeleted) {
    Deployment world;
    world.make("solutionVersion");
    const std::string campaign = world.created("campaign", of_latest(syncing));
    world.advance(3s);
    EXPECT_EQ(world.call_on("Delete", arn("solution/movies")).error(), "ResourceInUseException");
    EXPECT_EQ(world.listed("campaign", {{"solutionArn", arn("solution/movies")}}), std::vector<std::string>{campaign});
}

TEST(LatestVersion, IsAssumedIfItsSolutionIsAssumedToExist) {
    support::World world(resources::ServiceSettings{.references = resources::References::lenient});
    const Json input = {{"name", "live"}, {"solutionVersionArn", arn("solution/elsewhere/$LATEST")}};
    const support::Answer created = world.call("CreateCampaign", input);
    ASSERT_EQ(created.status, 200) << created.text;
    const Json campaign = world.call("DescribeCampaign", {{"campaignArn", arn("campaign/live")}}).body["campaign"];
    const std::string version = campaign["solutionVersionArn"];
    EXPECT_EQ(version.substr(0, version.rfind('/')), arn("solution/elsewhere"));
    EXPECT_EQ(version.size(), arn("solution/elsewhere/12345678").size());
    EXPECT_EQ(world.call("ListCampaigns", {{"solutionArn", arn("solution/elsewhere")}}).body["campaigns"].size(), 1);
}

TEST(LatestVersion, OfAMissingSolutionIsRefused) {
    Deployment world;
    EXPECT_EQ(world.create("campaign", {{"solutionVersionArn", arn("solution/elsewhere/$LATEST")}}).error(),
              "ResourceNotFoundException");
}

}  // namespace
}  // namespace plocal::operations
