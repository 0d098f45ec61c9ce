// What a transition by a call answers.
#include <chrono>
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "server/base/iso8601.h"
#include "tests/unit/local/control/asking.h"

namespace plocal::control {
namespace {

using base::Json;

std::string iso_of(const Json& seconds) {
    return base::iso8601(base::Instant(std::chrono::milliseconds(std::llround(seconds.get<double>() * 1000))));
}

TEST(TransitionByACall, AnswersTheMomentThatDescribeShowsAfterAnUpdate) {
    const std::string campaign = support::arn("campaign/films");
    const std::string version = support::arn("solution/movies/1234abcd");
    support::World world = support::World::from(
        beginning_with({{"solutionVersion", {{"solutionVersionArn", version}}},
                        {"campaign", {{"campaignArn", campaign}, {"solutionVersionArn", version}}}}));
    ASSERT_EQ(world.call("UpdateCampaign", {{"campaignArn", campaign}, {"minProvisionedTPS", 5}}).status, 200);
    asked(world, "POST", "/_local/clock/advance", {{"by", "1h"}});
    const support::Answer answer =
        asked(world, "POST", "/_local/transition", {{"arn", campaign}, {"to", "ACTIVE"}, {"force", true}});
    ASSERT_EQ(answer.status, 200) << answer.text;
    const Json shown = world.call("DescribeCampaign", {{"campaignArn", campaign}}).body["campaign"];
    EXPECT_EQ(answer.body["status"], shown["status"]);
    EXPECT_EQ(answer.body["lastUpdatedDateTime"], iso_of(shown["lastUpdatedDateTime"]));
}

}  // namespace
}  // namespace plocal::control
