// Resources captured from Describe: loaded as a fixture or a snapshot, they are described the same.
#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/deployment.h"

namespace plocal::control {
namespace {

using namespace std::chrono_literals;
using base::Json;
using support::Deployment;
using support::sorted;

struct Updated {
    const char* kind;
    const char* part;    // of a deployment
    const char* latest;  // the member for the latest update
    Json change;
};

const Updated updated_kinds[] = {
    {"campaign", "campaign", "latestCampaignUpdate", {{"minProvisionedTPS", 5}}},
    {"recommender",
     "recommender",
     "latestRecommenderUpdate",
     {{"recommenderConfig", {{"minRecommendationRequestsPerSecond", 7}}}}},
    {"solution",
     "solution",
     "latestSolutionUpdate",
     {{"solutionUpdateConfig", {{"autoTrainingConfig", {{"schedulingExpression", "rate(9 days)"}}}}}}},
    {"dataset", "items", "latestDatasetUpdate", {{"schemaArn", support::arn("schema/wider")}}},
};

/// What Describe shows of a resource of this kind after an update, with dates of the service rather than ours.
Json captured(const Updated& updated, bool has_failed) {
    Deployment world;
    world.created("itemsSchema", {{"name", "wider"}});
    const std::string arn = world.make(updated.part);
    if (has_failed) {
        world.control("PUT", "lifecycle", {{"default", {{"outcome", "UPDATE FAILED"}, {"failureReason", "No room"}}}});
    }
    EXPECT_EQ(world.call_on("Update", arn, updated.change).status, 200);
    world.advance(1h);
    Json resource = world.described(arn);
    EXPECT_EQ(resource[updated.latest]["status"], has_failed ? "CREATE FAILED" : "ACTIVE");
    resource["creationDateTime"] = 1'700'000'000.123;
    resource["lastUpdatedDateTime"] = 1'700'000'902.790;
    resource[updated.latest]["creationDateTime"] = 1'700'000'900.5;
    resource[updated.latest]["lastUpdatedDateTime"] = 1'700'000'902.0;
    return resource;
}

std::string arn_in(const Json& resource, const char* kind) {
    return resource[std::string(resources::kind_named(kind).arn_member)];
}

TEST(CapturedUpdate, ThatHasEndedIsDescribedAsItWasCaptured) {
    for (const Updated& updated : updated_kinds) {
        for (const bool has_failed : {false, true}) {
            SCOPED_TRACE(std::string(updated.kind) + (has_failed ? ", failed" : ", finished"));
            const Json resource = captured(updated, has_failed);
            const std::string arn = arn_in(resource, updated.kind);
            Deployment loaded;
            loaded.load({{updated.kind, resource}});
            EXPECT_EQ(sorted(loaded.described(arn)), sorted(resource));
            loaded.advance(24h);
            EXPECT_EQ(sorted(loaded.described(arn)), sorted(resource)) << "a day later";

            const Json state = loaded.control("GET", "state").body;
            Deployment copy;
            EXPECT_EQ(copy.control("PUT", "state", state).status, 200);
            EXPECT_EQ(sorted(copy.described(arn)), sorted(resource)) << "from a snapshot";
            EXPECT_EQ(copy.control("GET", "state").body, state);
        }
    }
}

TEST(CapturedUpdate, MayContradictItsResource) {
    Json campaign = captured(updated_kinds[0], false);
    campaign["minProvisionedTPS"] = 1;
    campaign["campaignConfig"] = Json::object();
    Deployment world;
    world.load({{"campaign", campaign}});
    EXPECT_EQ(sorted(world.described(arn_in(campaign, "campaign"))), sorted(campaign));
}

TEST(CapturedUpdate, IsReplacedByTheNextUpdate) {
    for (const Updated& updated : updated_kinds) {
        SCOPED_TRACE(updated.kind);
        const Json resource = captured(updated, true);
        const std::string arn = arn_in(resource, updated.kind);
        Deployment world;
        world.created("itemsSchema", {{"name", "wider"}});
        world.load({{updated.kind, resource}});
        ASSERT_EQ(support::outcome(world.call_on("Update", arn, updated.change)), "200");
        const Json running = world.described(arn)[updated.latest];
        EXPECT_EQ(running["status"], "CREATE PENDING");
        EXPECT_FALSE(running.contains("failureReason"));
        world.advance(1h);
        EXPECT_EQ(world.described(arn)[updated.latest]["status"], "ACTIVE");
    }
}

TEST(CapturedUpdate, CanBeForcedToRunAndToFail) {
    const Json campaign = captured(updated_kinds[0], false);
    const std::string arn = arn_in(campaign, "campaign");
    Deployment world;
    world.load({{"campaign", campaign}});
    world.force(arn, "UPDATE IN_PROGRESS");
    EXPECT_EQ(world.described(arn)["latestCampaignUpdate"]["status"], "CREATE IN_PROGRESS");
    EXPECT_EQ(world.described(arn)["latestCampaignUpdate"]["minProvisionedTPS"], 5);
    world.force(arn, "UPDATE FAILED");
    EXPECT_EQ(world.described(arn)["latestCampaignUpdate"]["status"], "CREATE FAILED");
}

TEST(CapturedUpdate, HasTheDatesOfItsResourceWhereItHasNone) {
    Json campaign = captured(updated_kinds[0], false);
    for (const char* const member : {"status", "creationDateTime", "lastUpdatedDateTime"}) {
        campaign["latestCampaignUpdate"].erase(member);
    }
    Deployment world;
    world.load({{"campaign", campaign}});
    const Json update = world.described(arn_in(campaign, "campaign"))["latestCampaignUpdate"];
    EXPECT_EQ(update["status"], "ACTIVE");
    EXPECT_EQ(update["creationDateTime"], campaign["lastUpdatedDateTime"]);
    EXPECT_EQ(update["lastUpdatedDateTime"], campaign["lastUpdatedDateTime"]);
}

/// A world with a batch inference job whose solution and solution version have been deleted.
struct Orphaned {
    Orphaned() {
        input = world.input("batchInferenceJob");
        input["jobName"] = "another";
        job = world.make("batchInferenceJob");
        version = input["solutionVersionArn"];
        world.advance(1h);
        EXPECT_EQ(world.call_on("Delete", world.make("solution")).status, 200);
        world.advance(1h);
        EXPECT_EQ(world.status(version), "ResourceNotFoundException");
    }

    Deployment world;
    std::string job;
    std::string version;
    Json input;
};

TEST(SnapshotOfAResource, DoesNotTakeItsDeletedParentToExist) {
    Orphaned origin;
    const std::string refusal = support::outcome(origin.world.call("CreateBatchInferenceJob", origin.input));
    EXPECT_EQ(refusal, "ResourceNotFoundException: The given solution version does not exist: " + origin.version);
    const Json state = origin.world.control("GET", "state").body;
    Deployment copy;
    EXPECT_EQ(copy.control("PUT", "state", state).status, 200);
    EXPECT_EQ(support::outcome(copy.call("CreateBatchInferenceJob", origin.input)), refusal);
    EXPECT_EQ(copy.described(origin.job), origin.world.described(origin.job));
    EXPECT_EQ(copy.control("GET", "state").body, state) << "and returns the same state";
}

TEST(SnapshotOfAResource, StillAssumesTheSameReferencesToExist) {
    Deployment origin;
    origin.load({{"batchInferenceJob",
                  {{"batchInferenceJobArn", support::arn("batch-inference-job/lone")},
                   {"solutionVersionArn", support::arn("solution/movies/1234abcd")}}}});
    const Json state = origin.control("GET", "state").body;
    EXPECT_FALSE(state["batchInferenceJobs"][0].contains("_local")) << state;
    Deployment copy;
    EXPECT_EQ(copy.control("PUT", "state", state).status, 200);
    EXPECT_EQ(copy.call("CreateBatchInferenceJob", support::create_input("next")).status, 200);
}

TEST(AbsentReference, IsOneThatTheResourceNames) {
    Deployment world;
    const auto load = [&world](const Json& absent) {
        return world.control("POST", "state",
                             {{"batchInferenceJob",
                               {{"batchInferenceJobArn", support::arn("batch-inference-job/lone")},
                                {"solutionVersionArn", support::arn("solution/movies/1234abcd")},
                                {"_local", {{"absent", absent}}}}}});
    };
    EXPECT_EQ(load({support::arn("solution/other/1234abcd")}).body["pointer"], "/batchInferenceJob/_local/absent/0");
    EXPECT_EQ(load({{"x", 1}}).body["pointer"], "/batchInferenceJob/_local/absent");
    EXPECT_EQ(load({support::arn("solution/movies/1234abcd")}).status, 200);
    EXPECT_EQ(world.call("CreateBatchInferenceJob", support::create_input("next")).error(),
              "ResourceNotFoundException");
}

}  // namespace
}  // namespace plocal::control
