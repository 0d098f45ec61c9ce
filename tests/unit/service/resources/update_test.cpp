#include <chrono>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/deployment.h"

namespace plocal::resources {
namespace {

using namespace std::chrono_literals;
using base::Json;
using support::arn;
using support::Deployment;
using support::outcome;

/// An update of a kind: its input, and the members of Describe that it changes.
struct UpdateCase {
    std::string_view kind;
    Json input;
    const char* latest;   // "latestCampaignUpdate"
    bool changes_status;  // true if the resource's own status changes during the update
    const char* member;   // a member that the update changes
    Json before;
    Json after;
};

Json auto_training(const char* schedule) {
    return {{"autoTrainingConfig", {{"schedulingExpression", schedule}}}};
}

std::vector<UpdateCase> update_cases() {
    return {
        {"campaign", {{"minProvisionedTPS", 5}}, "latestCampaignUpdate", false, "minProvisionedTPS", 1, 5},
        {"recommender",
         {{"recommenderConfig", {{"minRecommendationRequestsPerSecond", 7}}}},
         "latestRecommenderUpdate",
         false,
         "recommenderConfig",
         {{"minRecommendationRequestsPerSecond", 1}},
         {{"minRecommendationRequestsPerSecond", 7}}},
        {"solution",
         {{"solutionUpdateConfig", auto_training("rate(9 days)")}},
         "latestSolutionUpdate",
         false,
         "solutionConfig",
         Json::object(),
         auto_training("rate(9 days)")},
        {"dataset",
         {{"schemaArn", arn("schema/wider")}},
         "latestDatasetUpdate",
         true,
         "schemaArn",
         arn("schema/movies-items"),
         arn("schema/wider")},
    };
}

/// Creates a resource of the kind and everything that the update names, and returns its ARN.
std::string ready(Deployment& world, std::string_view kind) {
    if (kind != "dataset") return world.make(kind);
    world.created("itemsSchema", {{"name", "wider"}});
    return world.make("items");
}

double seconds_now(Deployment& world) {
    return static_cast<double>(world.now().time_since_epoch().count()) / 1000;
}

// Fidelity: seen | A campaign stays ACTIVE while an update runs as CREATE PENDING and CREATE IN_PROGRESS inside
//   latestCampaignUpdate | aws-samples/amazon-personalize-immersion-day, NewsPublishing/News_03
TEST(Update, ShowsItsStatusInsideTheLatestUpdate) {
    for (const UpdateCase& one : update_cases()) {
        Deployment world;
        const std::string made = ready(world, one.kind);
        EXPECT_FALSE(world.described(made).contains(one.latest)) << one.kind;
        const auto answer = world.call_on("Update", made, one.input);
        EXPECT_EQ(answer.body, (Json{{std::string(kind_named(one.kind).arn_member), made}})) << one.kind;
        const struct {
            std::chrono::milliseconds by;
            const char* of_resource;
            const char* of_update;
        } readings[] = {{0ms, "UPDATE PENDING", "CREATE PENDING"},
                        {1s, "UPDATE IN_PROGRESS", "CREATE IN_PROGRESS"},
                        {2s, "ACTIVE", "ACTIVE"},
                        {1h, "ACTIVE", "ACTIVE"}};
        for (const auto& reading : readings) {
            world.advance(reading.by);
            const Json resource = world.described(made);
            EXPECT_EQ(resource["status"], one.changes_status ? reading.of_resource : "ACTIVE") << one.kind;
            EXPECT_EQ(resource[one.latest]["status"], reading.of_update) << one.kind;
            const bool is_done = std::string_view(reading.of_update) == "ACTIVE";
            EXPECT_EQ(resource.value(one.member, Json()), is_done ? one.after : one.before) << one.kind;
            for (const auto& [member, value] : one.input.items()) {
                EXPECT_EQ(resource[one.latest][member], value) << one.kind;
            }
        }
    }
}

// Fidelity: seen | The lastUpdatedDateTime of a campaign is the creationDateTime of its latest update |
//   aws-samples/amazon-personalize-immersion-day, Media_03
TEST(Update, HasItsOwnTimestamps) {
    for (const UpdateCase& one : update_cases()) {
        Deployment world;
        const std::string made = ready(world, one.kind);
        const Json created = world.described(made)["creationDateTime"];
        world.advance(10s);
        const double began = seconds_now(world);
        world.call_on("Update", made, one.input);
        for (const auto& [by, changed] : {std::pair(500ms, 0.0), std::pair(500ms, 1.0), std::pair(5000ms, 3.0)}) {
            world.advance(by);
            const Json resource = world.described(made);
            EXPECT_EQ(resource["creationDateTime"], created) << one.kind;
            EXPECT_NEAR(resource[one.latest]["creationDateTime"], began, 1e-4) << one.kind;
            EXPECT_NEAR(resource[one.latest]["lastUpdatedDateTime"], began + changed, 1e-4) << one.kind;
            EXPECT_NEAR(resource["lastUpdatedDateTime"], one.changes_status ? began + changed : began, 1e-4)
                << one.kind;
        }
    }
}

// Fidelity: documented | A failed update is CREATE FAILED inside the latest update; the resource stays as it was |
//   DG/API_CampaignUpdateSummary.html
TEST(Update, ChangesNothingIfItFails) {
    const Json failing = {{"outcome", "UPDATE FAILED"}, {"failureReason", "No capacity."}};
    for (const UpdateCase& one : update_cases()) {
        Deployment world;
        const std::string made = ready(world, one.kind);
        world.control("PUT", "lifecycle", {{one.kind, failing}});
        world.call_on("Update", made, one.input);
        world.advance(3s);
        const Json resource = world.described(made);
        EXPECT_EQ(resource["status"], "ACTIVE") << one.kind;
        EXPECT_FALSE(resource.contains("failureReason")) << one.kind;
        EXPECT_EQ(resource.value(one.member, Json()), one.before) << one.kind;
        EXPECT_EQ(resource[one.latest]["status"], "CREATE FAILED") << one.kind;
        EXPECT_EQ(resource[one.latest]["failureReason"], "No capacity.") << one.kind;
        world.control("PUT", "lifecycle", Json::object());
        EXPECT_EQ(outcome(world.call_on("Update", made, one.input)), "200") << one.kind;
        world.advance(3s);
        EXPECT_EQ(world.described(made)[one.member], one.after) << one.kind;
        EXPECT_EQ(world.described(made)[one.latest]["status"], "ACTIVE") << one.kind;
    }
}

// Fidelity: documented | Only one update runs at a time: a second one is refused with ResourceInUseException |
//   DG/API_UpdateCampaign.html
TEST(Update, NeedsAStableStatusAndNoOtherUpdate) {
    for (const UpdateCase& one : update_cases()) {
        Deployment world;
        const std::string made = ready(world, one.kind);
        world.call_on("Update", made, one.input);
        const std::string in_use =
            "ResourceInUseException: The given " + std::string(kind_named(one.kind).words) + " is in use: " + made;
        EXPECT_EQ(outcome(world.call_on("Update", made, one.input)), in_use);
        EXPECT_EQ(outcome(world.call_on("Delete", made)), in_use);
        world.advance(2999ms);
        EXPECT_EQ(outcome(world.call_on("Update", made, one.input)), in_use);
        world.advance(1ms);
        EXPECT_EQ(outcome(world.call_on("Update", made, one.input)), "200");
        for (const char* const status : {"CREATE PENDING", "DELETE PENDING"}) {
            world.force(made, status);
            EXPECT_EQ(world.call_on("Update", made, one.input).error(), "ResourceInUseException") << status;
        }
        EXPECT_EQ(world.call_on("Update", made + "x", one.input).error(), "ResourceNotFoundException");
    }
}

// Fidelity: documented | A campaign that is CREATE FAILED can be updated; every other kind must be ACTIVE |
//   DG/API_UpdateCampaign.html
TEST(Update, RepairsOnlyFailedCampaigns) {
    for (const UpdateCase& one : update_cases()) {
        Deployment world;
        const std::string made = ready(world, one.kind);
        world.force(made, "CREATE FAILED");
        EXPECT_EQ(world.call_on("Update", made, one.input).error(),
                  one.kind == "campaign" ? "" : "InvalidInputException")
            << one.kind;
    }
    Deployment world;
    const std::string campaign = world.make("campaign");
    world.control("POST", "transition",
                  {{"arn", campaign}, {"to", "CREATE FAILED"}, {"failureReason", "Broke."}, {"force", true}});
    world.call_on("Update", campaign, {{"minProvisionedTPS", 2}});
    EXPECT_EQ(world.status(campaign), "CREATE FAILED");
    world.advance(3s);
    EXPECT_EQ(world.status(campaign), "ACTIVE");
    EXPECT_FALSE(world.described(campaign).contains("failureReason"));
    EXPECT_EQ(world.described(campaign)["minProvisionedTPS"], 2);
}

// Fidelity: documented | A failed campaign shows its failureReason as long as it is CREATE FAILED, also during its
//   update | DG/API_Campaign.html
TEST(UpdateCampaign, KeepsTheFailureReasonUntilTheUpdateIsDone) {
    Deployment world;
    const std::string campaign = world.make("campaign");
    const Json failing = {{"arn", campaign}, {"to", "CREATE FAILED"}, {"failureReason", "Broke."}, {"force", true}};
    world.control("POST", "transition", failing);
    EXPECT_EQ(world.described(campaign)["failureReason"], "Broke.");
    world.call_on("Update", campaign, {{"minProvisionedTPS", 2}});
    EXPECT_EQ(world.described(campaign).value("failureReason", "none"), "Broke.");
    world.advance(3s);
    EXPECT_EQ(world.described(campaign).value("failureReason", "none"), "none");
}

TEST(UpdateCampaign, KeepsMembersThatAreNotGiven) {
    Deployment world;
    const Json config = {{"enableMetadataWithRecommendations", true}};
    const std::string campaign = world.created("campaign", {{"minProvisionedTPS", 4}, {"campaignConfig", config}});
    world.advance(3s);
    const std::string other = world.created("solutionVersion");
    world.advance(3s);
    world.call_on("Update", campaign, {{"solutionVersionArn", other}});
    world.advance(3s);
    const Json resource = world.described(campaign);
    EXPECT_EQ(resource["solutionVersionArn"], other);
    EXPECT_EQ(resource["minProvisionedTPS"], 4);
    EXPECT_EQ(resource["campaignConfig"], config);
    for (const char* const member : {"solutionVersionArn", "minProvisionedTPS", "campaignConfig"}) {
        EXPECT_EQ(resource["latestCampaignUpdate"][member], resource[member]) << member;
    }
}

TEST(UpdateCampaign, NeedsAnActiveVersion) {
    Deployment world;
    const std::string campaign = world.make("campaign");
    const std::string other = world.created("solutionVersion");
    const auto update = [&](const std::string& version) {
        return world.call_on("Update", campaign, {{"solutionVersionArn", version}}).error();
    };
    EXPECT_EQ(update(other), "ResourceInUseException");
    EXPECT_EQ(update(other + "x"), "ResourceNotFoundException");
    EXPECT_EQ(update(world.make("segmentVersion")), "InvalidInputException")
        << "a segmentation recipe serves no campaign";
    world.force(other, "CREATE FAILED");
    EXPECT_EQ(update(other), "InvalidInputException");
}

TEST(UpdateCampaign, KeepsTheSolutionOfItsNewVersionFromBeingDeleted) {
    Deployment world;
    const std::string campaign = world.make("campaign");
    const std::string solution = world.created("solution", {{"name", "second"}});
    const std::string version = world.created("solutionVersion", {{"solutionArn", solution}});
    world.advance(3s);
    world.call_on("Update", campaign, {{"solutionVersionArn", version}});
    EXPECT_EQ(world.call_on("Delete", solution).error(), "ResourceInUseException") << "the update needs it";
    EXPECT_EQ(world.call_on("Delete", arn("solution/movies")).error(), "ResourceInUseException")
        << "the campaign still uses it";
    world.advance(3s);
    EXPECT_EQ(world.listed("campaign", {{"solutionArn", solution}}), std::vector<std::string>{campaign});
    EXPECT_EQ(world.call_on("Delete", solution).error(), "ResourceInUseException");
    EXPECT_EQ(outcome(world.call_on("Delete", arn("solution/movies"))), "200") << "no longer used";
}

TEST(UpdateDataset, ReleasesItsFormerSchema) {
    Deployment world;
    const std::string dataset = world.make("items");
    const std::string wider = world.created("itemsSchema", {{"name", "wider"}});
    world.call_on("Update", dataset, {{"schemaArn", wider}});
    EXPECT_EQ(world.call_on("Delete", arn("schema/movies-items")).error(), "ResourceInUseException");
    EXPECT_EQ(world.call_on("Delete", wider).error(), "ResourceInUseException");
    world.advance(3s);
    EXPECT_EQ(outcome(world.call_on("Delete", arn("schema/movies-items"))), "200");
    EXPECT_EQ(world.call_on("Delete", wider).error(), "ResourceInUseException");
}

TEST(UpdateDataset, NeedsASchemaOfItsType) {
    Deployment world;
    const std::string dataset = world.make("items");
    const std::string other = world.make("schema");
    EXPECT_EQ(outcome(world.call_on("Update", dataset, {{"schemaArn", other}})),
              "InvalidInputException: The given schema is not a schema for datasets of type ITEMS: " + other);
    EXPECT_EQ(world.call_on("Update", dataset, {{"schemaArn", other + "x"}}).error(), "ResourceNotFoundException");
}

// Fidelity: documented | A dataset's new schema must have the domain of the dataset group |
//   DG/API_UpdateDataset.html
TEST(UpdateDataset, NeedsASchemaOfTheDomainOfItsGroup) {
    Deployment world;
    const std::string dataset = world.make("items");
    const std::string shop = world.created("schema", {{"name", "shop"}, {"domain", "ECOMMERCE"}});
    EXPECT_EQ(
        outcome(world.call_on("Update", dataset, {{"schemaArn", shop}})),
        "InvalidInputException: The domain of the given schema does not match that of the dataset group: " + shop);
    EXPECT_EQ(world.described(dataset)["schemaArn"], arn("schema/movies-items"));
}

}  // namespace
}  // namespace plocal::resources
