#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/deployment.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::operations {
namespace {

using namespace std::chrono_literals;
using base::Json;
using support::arn;
using support::Deployment;

/// A world with one resource of each kind that can be updated, each in the middle of an update.
struct UpdatesInProgress {
    explicit UpdatesInProgress(const std::string& database = ":memory:") : world({}, database) {
        campaign = world.make("campaign");
        recommender = world.make("recommender");
        solution = world.make("solution");
        dataset = world.make("items");
        const std::string schema = world.created("itemsSchema", {{"name", "wider"}});
        world.call_on("Update", campaign, {{"minProvisionedTPS", 8}});
        world.call_on("Update", recommender, {{"recommenderConfig", {{"minRecommendationRequestsPerSecond", 3}}}});
        world.call_on("Update", solution, {{"performAutoTraining", true}});
        world.call_on("Update", dataset, {{"schemaArn", schema}});
        world.advance(1500ms);
    }

    Json described(Deployment& in) const {
        return Json::array(
            {in.described(campaign), in.described(recommender), in.described(solution), in.described(dataset)});
    }

    Deployment world;
    std::string campaign;
    std::string recommender;
    std::string solution;
    std::string dataset;
};

TEST(UpdateInProgress, SurvivesASnapshot) {
    UpdatesInProgress origin;
    const Json state = origin.world.control("GET", "state").body;
    Deployment copy;
    EXPECT_EQ(copy.control("PUT", "state", state).status, 200);
    EXPECT_EQ(copy.control("GET", "state").body, state);
    for (const auto by : {0ms, 1499ms, 1ms, 60'000ms}) {
        origin.world.advance(by);
        copy.advance(by);
        EXPECT_EQ(origin.described(copy), origin.described(origin.world)) << by.count() << " ms";
    }
    EXPECT_EQ(copy.described(origin.campaign)["minProvisionedTPS"], 8);
    EXPECT_EQ(copy.control("GET", "state").body, origin.world.control("GET", "state").body) << "after the updates";
}

TEST(UpdateInProgress, SurvivesARestart) {
    const storage::TemporaryFolder folder;
    UpdatesInProgress undisturbed;
    base::Instant then;
    {
        const std::string database = folder.file("world.db");
        UpdatesInProgress before(database);
        then = before.world.now();
    }
    Deployment again({}, folder.file("world.db"));
    again.advance(then - again.now());
    for (const auto by : {0ms, 1499ms, 1ms}) {
        undisturbed.world.advance(by);
        again.advance(by);
        EXPECT_EQ(undisturbed.described(again), undisturbed.described(undisturbed.world)) << by.count() << " ms";
    }
}

/// A campaign as the CLI prints it and a user pastes it into a fixture.
Json printed_campaign(const char* update_status) {
    return {{"name", "tonight"},
            {"campaignArn", arn("campaign/tonight")},
            {"solutionVersionArn", arn("solution/movies/1234abcd")},
            {"minProvisionedTPS", 1},
            {"campaignConfig", Json::object()},
            {"status", "ACTIVE"},
            {"creationDateTime", "2026-01-30T10:00:00.100000+00:00"},
            {"lastUpdatedDateTime", "2026-01-31T11:59:59.000000+00:00"},
            {"latestCampaignUpdate",
             {{"solutionVersionArn", arn("solution/movies/5678abcd")},
              {"minProvisionedTPS", 2},
              {"campaignConfig", Json::object()},
              {"status", update_status},
              {"creationDateTime", "2026-01-31T11:59:59.000000+00:00"},
              {"lastUpdatedDateTime", "2026-01-31T11:59:59.500000+00:00"}}}};
}

// Fidelity: seen | describe-campaign prints the values of a running update beside those of the campaign |
//   aws-samples/amazon-personalize-immersion-day, NewsPublishing/News_03
TEST(UpdateOfAFixture, ContinuesFromTheOutputOfDescribe) {
    Deployment world;
    const std::string campaign = arn("campaign/tonight");
    world.load({{"campaign", printed_campaign("CREATE IN_PROGRESS")}});
    const Json at_first = world.described(campaign);
    EXPECT_EQ(at_first["status"], "ACTIVE");
    EXPECT_EQ(at_first["minProvisionedTPS"], 1);
    EXPECT_EQ(at_first["latestCampaignUpdate"]["status"], "CREATE IN_PROGRESS");
    EXPECT_EQ(at_first["latestCampaignUpdate"]["minProvisionedTPS"], 2);
    EXPECT_EQ(at_first["lastUpdatedDateTime"], at_first["latestCampaignUpdate"]["creationDateTime"]);
    EXPECT_EQ(world.call_on("Update", campaign, {{"minProvisionedTPS", 3}}).error(), "ResourceInUseException");
    world.advance(2s);
    const Json at_last = world.described(campaign);
    EXPECT_EQ(at_last["status"], "ACTIVE");
    EXPECT_EQ(at_last["latestCampaignUpdate"]["status"], "ACTIVE");
    EXPECT_EQ(at_last["minProvisionedTPS"], 2);
    EXPECT_EQ(at_last["solutionVersionArn"], arn("solution/movies/5678abcd"));
    EXPECT_EQ(at_last["creationDateTime"], at_first["creationDateTime"]);
}

TEST(UpdateOfAFixture, KeepsItsFinalStatus) {
    for (const char* const status : {"ACTIVE", "CREATE FAILED"}) {
        Deployment world;
        Json campaign = printed_campaign(status);
        const bool is_done = std::string_view(status) == "ACTIVE";
        if (is_done) {
            campaign["minProvisionedTPS"] = 2;
            campaign["solutionVersionArn"] = arn("solution/movies/5678abcd");
        } else {
            campaign["latestCampaignUpdate"]["failureReason"] = "No capacity.";
        }
        world.load({{"campaign", campaign}});
        const Json resource = world.described(arn("campaign/tonight"));
        EXPECT_EQ(resource["status"], "ACTIVE") << status;
        EXPECT_EQ(resource["minProvisionedTPS"], is_done ? 2 : 1) << status;
        EXPECT_EQ(resource["latestCampaignUpdate"]["status"], status);
        EXPECT_EQ(resource["latestCampaignUpdate"].value("failureReason", "none"), is_done ? "none" : "No capacity.");
        world.advance(1h);
        EXPECT_EQ(world.described(arn("campaign/tonight")), resource);
    }
}

}  // namespace
}  // namespace plocal::operations
