// A failure and the failures before it each show their own reason.
#include <string>

#include <gtest/gtest.h>

#include "tests/unit/local/control/asking.h"

namespace plocal::control {
namespace {

using base::Json;

TEST(FailureReason, OfAnUpdateOutlivesAForcedFailureOfItsResource) {
    const std::string campaign = support::arn("campaign/films");
    const std::string version = support::arn("solution/movies/1234abcd");
    support::World world;
    world.load({{"solutionVersion", {{"solutionVersionArn", version}}},
                {"campaign", {{"campaignArn", campaign}, {"solutionVersionArn", version}}}});
    const auto described = [&] { return world.call("DescribeCampaign", {{"campaignArn", campaign}}).body["campaign"]; };
    asked(world, "PUT", "/_local/lifecycle",
          {{"default",
            {{"progression", "immediate"}, {"outcome", "CREATE FAILED"}, {"failureReason", "no room for an update"}}}});
    ASSERT_EQ(world.call("UpdateCampaign", {{"campaignArn", campaign}, {"minProvisionedTPS", 5}}).status, 200);
    ASSERT_EQ(described()["latestCampaignUpdate"]["failureReason"], "no room for an update");
    asked(world, "PUT", "/_local/lifecycle", {{"default", {{"progression", "immediate"}}}});
    asked(world, "POST", "/_local/transition",
          {{"arn", campaign}, {"to", "CREATE FAILED"}, {"failureReason", "by hand"}, {"force", true}});
    EXPECT_EQ(described()["status"], "CREATE FAILED");
    EXPECT_EQ(described()["failureReason"], "by hand");
    EXPECT_EQ(described()["latestCampaignUpdate"]["failureReason"], "no room for an update");

    support::World copy;
    copy.load(get(world, "/_local/state"));
    const Json copied = copy.call("DescribeCampaign", {{"campaignArn", campaign}}).body["campaign"];
    EXPECT_EQ(copied["failureReason"], "by hand") << "a snapshot keeps them apart too";
    EXPECT_EQ(copied["latestCampaignUpdate"]["failureReason"], "no room for an update");
}

}  // namespace
}  // namespace plocal::control
