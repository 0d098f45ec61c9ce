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

/// An update of a kind: what is asked for, and where Describe tells it.
struct Renewal {
    std::string_view kind;
    Json asked;
    const char* latest;  // "latestCampaignUpdate"
    bool is_in_status;   // whether the resource's own status tells of it
    const char* member;  // one that changes
    Json before;
    Json after;
};

Json auto_training(const char* schedule) {
    return {{"autoTrainingConfig", {{"schedulingExpression", schedule}}}};
}

std::vector<Renewal> renewals() {
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
         arn("schema/movies-interactions"),
         arn("schema/wider")},
    };
}

/// The ARN of the kind's resource, once all is there that the update names.
std::string ready(Deployment& world, std::string_view kind) {
    if (kind == "dataset") world.created("schema", {{"name", "wider"}});
    return world.make(kind);
}

double moment_of_now(Deployment& world) {
    return static_cast<double>(world.now().time_since_epoch().count()) / 1000;
}

// Fidelity: seen | A campaign stays ACTIVE while an update runs as CREATE PENDING and CREATE IN_PROGRESS inside
//   latestCampaignUpdate | aws-samples/amazon-personalize-immersion-day, NewsPublishing/News_03
TEST(Update, ShowsItsStatusInsideTheLatestUpdate) {
    for (const Renewal& renewal : renewals()) {
        Deployment world;
        const std::string made = ready(world, renewal.kind);
        EXPECT_FALSE(world.described(made).contains(renewal.latest)) << renewal.kind;
        const auto answer = world.ask("Update", made, renewal.asked);
        EXPECT_EQ(answer.body, (Json{{std::string(kind_named(renewal.kind).arn_member), made}})) << renewal.kind;
        const struct {
            std::chrono::milliseconds by;
            const char* own;
            const char* inside;
        } readings[] = {{0ms, "UPDATE PENDING", "CREATE PENDING"},
                        {1s, "UPDATE IN_PROGRESS", "CREATE IN_PROGRESS"},
                        {2s, "ACTIVE", "ACTIVE"},
                        {1h, "ACTIVE", "ACTIVE"}};
        for (const auto& moment : readings) {
            world.advance(moment.by);
            const Json told = world.described(made);
            EXPECT_EQ(told["status"], renewal.is_in_status ? moment.own : "ACTIVE") << renewal.kind;
            EXPECT_EQ(told[renewal.latest]["status"], moment.inside) << renewal.kind;
            const bool is_done = std::string_view(moment.inside) == "ACTIVE";
            EXPECT_EQ(told.value(renewal.member, Json()), is_done ? renewal.after : renewal.before) << renewal.kind;
            for (const auto& [member, value] : renewal.asked.items()) {
                EXPECT_EQ(told[renewal.latest][member], value) << renewal.kind;
            }
        }
    }
}

// Fidelity: seen | The lastUpdatedDateTime of a campaign is the creationDateTime of its latest update |
//   aws-samples/amazon-personalize-immersion-day, Media_03
TEST(Update, HasItsOwnTimestamps) {
    for (const Renewal& renewal : renewals()) {
        Deployment world;
        const std::string made = ready(world, renewal.kind);
        const Json created = world.described(made)["creationDateTime"];
        world.advance(10s);
        const double began = moment_of_now(world);
        world.ask("Update", made, renewal.asked);
        for (const auto& [by, changed] : {std::pair(500ms, 0.0), std::pair(500ms, 1.0), std::pair(5000ms, 3.0)}) {
            world.advance(by);
            const Json told = world.described(made);
            EXPECT_EQ(told["creationDateTime"], created) << renewal.kind;
            EXPECT_NEAR(told[renewal.latest]["creationDateTime"], began, 1e-4) << renewal.kind;
            EXPECT_NEAR(told[renewal.latest]["lastUpdatedDateTime"], began + changed, 1e-4) << renewal.kind;
            EXPECT_NEAR(told["lastUpdatedDateTime"], renewal.is_in_status ? began + changed : began, 1e-4)
                << renewal.kind;
        }
    }
}

// Fidelity: documented | An update that fails is CREATE FAILED inside the latest update, and the resource stays as
//   it was | DG/API_CampaignUpdateSummary.html
TEST(Update, ChangesNothingIfItFails) {
    const Json life = {{"outcome", "UPDATE FAILED"}, {"failureReason", "No capacity."}};
    for (const Renewal& renewal : renewals()) {
        Deployment world;
        const std::string made = ready(world, renewal.kind);
        world.control("PUT", "lifecycle", {{renewal.kind, life}});
        world.ask("Update", made, renewal.asked);
        world.advance(3s);
        const Json told = world.described(made);
        EXPECT_EQ(told["status"], "ACTIVE") << renewal.kind;
        EXPECT_FALSE(told.contains("failureReason")) << renewal.kind;
        EXPECT_EQ(told.value(renewal.member, Json()), renewal.before) << renewal.kind;
        EXPECT_EQ(told[renewal.latest]["status"], "CREATE FAILED") << renewal.kind;
        EXPECT_EQ(told[renewal.latest]["failureReason"], "No capacity.") << renewal.kind;
        world.control("PUT", "lifecycle", Json::object());
        EXPECT_EQ(outcome(world.ask("Update", made, renewal.asked)), "200") << renewal.kind;
        world.advance(3s);
        EXPECT_EQ(world.described(made)[renewal.member], renewal.after) << renewal.kind;
        EXPECT_EQ(world.described(made)[renewal.latest]["status"], "ACTIVE") << renewal.kind;
    }
}

// Fidelity: documented | One update at a time: another one meanwhile is a ResourceInUseException |
//   DG/API_UpdateCampaign.html
TEST(Update, NeedsAStableStatusAndNoOtherUpdate) {
    for (const Renewal& renewal : renewals()) {
        Deployment world;
        const std::string made = ready(world, renewal.kind);
        world.ask("Update", made, renewal.asked);
        const std::string in_use =
            "ResourceInUseException: The given " + std::string(kind_named(renewal.kind).words) + " is in use: " + made;
        EXPECT_EQ(outcome(world.ask("Update", made, renewal.asked)), in_use);
        EXPECT_EQ(outcome(world.ask("Delete", made)), in_use);
        world.advance(2999ms);
        EXPECT_EQ(outcome(world.ask("Update", made, renewal.asked)), in_use);
        world.advance(1ms);
        EXPECT_EQ(outcome(world.ask("Update", made, renewal.asked)), "200");
        for (const char* const status : {"CREATE PENDING", "DELETE PENDING"}) {
            world.force(made, status);
            EXPECT_EQ(world.ask("Update", made, renewal.asked).error(), "ResourceInUseException") << status;
        }
        EXPECT_EQ(world.ask("Update", made + "x", renewal.asked).error(), "ResourceNotFoundException");
    }
}

// Fidelity: documented | A campaign that is CREATE FAILED can be updated, all else must be ACTIVE |
//   DG/API_UpdateCampaign.html
TEST(Update, RepairsOnlyFailedCampaigns) {
    for (const Renewal& renewal : renewals()) {
        Deployment world;
        const std::string made = ready(world, renewal.kind);
        world.force(made, "CREATE FAILED");
        EXPECT_EQ(world.ask("Update", made, renewal.asked).error(),
                  renewal.kind == "campaign" ? "" : "InvalidInputException")
            << renewal.kind;
    }
    Deployment world;
    const std::string campaign = world.make("campaign");
    world.control("POST", "transition",
                  {{"arn", campaign}, {"to", "CREATE FAILED"}, {"failureReason", "Broke."}, {"force", true}});
    world.ask("Update", campaign, {{"minProvisionedTPS", 2}});
    EXPECT_EQ(world.status(campaign), "CREATE FAILED");
    world.advance(3s);
    EXPECT_EQ(world.status(campaign), "ACTIVE");
    EXPECT_FALSE(world.described(campaign).contains("failureReason"));
    EXPECT_EQ(world.described(campaign)["minProvisionedTPS"], 2);
}

// Fidelity: documented | A campaign that failed tells why for as long as it is CREATE FAILED, also during its
//   update | DG/API_Campaign.html
TEST(UpdateCampaign, KeepsTheFailureReasonUntilTheUpdateIsDone) {
    Deployment world;
    const std::string campaign = world.make("campaign");
    const Json failing = {{"arn", campaign}, {"to", "CREATE FAILED"}, {"failureReason", "Broke."}, {"force", true}};
    world.control("POST", "transition", failing);
    EXPECT_EQ(world.described(campaign)["failureReason"], "Broke.");
    world.ask("Update", campaign, {{"minProvisionedTPS", 2}});
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
    world.ask("Update", campaign, {{"solutionVersionArn", other}});
    world.advance(3s);
    const Json told = world.described(campaign);
    EXPECT_EQ(told["solutionVersionArn"], other);
    EXPECT_EQ(told["minProvisionedTPS"], 4);
    EXPECT_EQ(told["campaignConfig"], config);
    for (const char* const member : {"solutionVersionArn", "minProvisionedTPS", "campaignConfig"}) {
        EXPECT_EQ(told["latestCampaignUpdate"][member], told[member]) << member;
    }
}

TEST(UpdateCampaign, NeedsAnActiveVersion) {
    Deployment world;
    const std::string campaign = world.make("campaign");
    const std::string other = world.created("solutionVersion");
    const auto update = [&](const std::string& version) {
        return world.ask("Update", campaign, {{"solutionVersionArn", version}}).error();
    };
    EXPECT_EQ(update(other), "ResourceInUseException");
    EXPECT_EQ(update(other + "x"), "ResourceNotFoundException");
    EXPECT_EQ(update(world.make("segmentVersion")), "InvalidInputException") << "segments are not for campaigns";
    world.force(other, "CREATE FAILED");
    EXPECT_EQ(update(other), "InvalidInputException");
}

TEST(UpdateCampaign, KeepsTheSolutionOfItsNewVersionFromBeingDeleted) {
    Deployment world;
    const std::string campaign = world.make("campaign");
    const std::string solution = world.created("solution", {{"name", "second"}});
    const std::string version = world.created("solutionVersion", {{"solutionArn", solution}});
    world.advance(3s);
    world.ask("Update", campaign, {{"solutionVersionArn", version}});
    EXPECT_EQ(world.ask("Delete", solution).error(), "ResourceInUseException") << "it will be needed";
    EXPECT_EQ(world.ask("Delete", arn("solution/movies")).error(), "ResourceInUseException") << "it still is";
    world.advance(3s);
    EXPECT_EQ(world.listed("campaign", {{"solutionArn", solution}}), std::vector<std::string>{campaign});
    EXPECT_EQ(world.ask("Delete", solution).error(), "ResourceInUseException");
    EXPECT_EQ(outcome(world.ask("Delete", arn("solution/movies"))), "200") << "let go of";
}

TEST(UpdateDataset, ReleasesItsFormerSchema) {
    Deployment world;
    const std::string dataset = world.make("dataset");
    const std::string wider = world.created("schema", {{"name", "wider"}});
    world.ask("Update", dataset, {{"schemaArn", wider}});
    EXPECT_EQ(world.ask("Delete", arn("schema/movies-interactions")).error(), "ResourceInUseException");
    EXPECT_EQ(world.ask("Delete", wider).error(), "ResourceInUseException");
    world.advance(3s);
    EXPECT_EQ(outcome(world.ask("Delete", arn("schema/movies-interactions"))), "200");
    EXPECT_EQ(world.ask("Delete", wider).error(), "ResourceInUseException");
}

TEST(UpdateDataset, NeedsASchemaOfItsType) {
    Deployment world;
    const std::string dataset = world.make("dataset");
    const Json genre = {{"name", "GENRES"}, {"type", "string"}};
    const std::string items = world.created("schema", {{"name", "items"}, {"schema", support::items_schema(genre)}});
    EXPECT_EQ(outcome(world.ask("Update", dataset, {{"schemaArn", items}})),
              "InvalidInputException: The given schema is not a schema for datasets of type INTERACTIONS: " + items);
    EXPECT_EQ(world.ask("Update", dataset, {{"schemaArn", items + "x"}}).error(), "ResourceNotFoundException");
}

// Fidelity: documented | A dataset's new schema must have the domain of the dataset group |
//   DG/API_UpdateDataset.html
TEST(UpdateDataset, NeedsASchemaOfTheDomainOfItsGroup) {
    Deployment world;
    const std::string dataset = world.make("dataset");
    const std::string shop = world.created("schema", {{"name", "shop"}, {"domain", "ECOMMERCE"}});
    EXPECT_EQ(
        outcome(world.ask("Update", dataset, {{"schemaArn", shop}})),
        "InvalidInputException: The domain of the given schema does not match that of the dataset group: " + shop);
    EXPECT_EQ(world.described(dataset)["schemaArn"], arn("schema/movies-interactions"));
}

}  // namespace
}  // namespace plocal::resources
