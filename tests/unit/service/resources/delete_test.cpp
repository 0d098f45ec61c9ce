#include <chrono>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/deployment.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::resources {
namespace {

using namespace std::chrono_literals;
using base::Json;
using support::Answer;
using support::arn;
using support::Deployment;
using support::outcome;
using testing::Contains;
using testing::IsEmpty;
using testing::Not;

constexpr const char* not_found = "ResourceNotFoundException";

/// The kinds whose deletion takes time.
const std::string_view deletable_kinds[] = {"datasetGroup", "dataset",  "eventTracker", "metricAttribution",
                                            "solution",     "campaign", "recommender",  "filter"};

Json lifecycle_of_all(const char* progression) {
    return {{"default", {{"progression", progression}}}};
}

// Fidelity: documented | A resource under deletion is DELETE PENDING and DELETE IN_PROGRESS; a dataset group is only
//   DELETE PENDING | DG/API_Campaign.html, DG/API_DatasetGroup.html
TEST(Deletion, PassesThroughItsStatusesAndRemovesTheResource) {
    for (const std::string_view kind : deletable_kinds) {
        Deployment world;
        const std::string resource = world.make(kind);
        const Answer answer = world.call_on("Delete", resource);
        EXPECT_EQ(answer.status, 200) << kind;
        EXPECT_EQ(answer.text, "") << kind;
        EXPECT_EQ(world.status(resource), "DELETE PENDING") << kind;
        world.advance(999ms);
        EXPECT_EQ(world.status(resource), "DELETE PENDING") << kind;
        EXPECT_THAT(world.listed(kind), Contains(resource));
        world.advance(1ms);
        EXPECT_EQ(world.status(resource), kind == "datasetGroup" ? not_found : "DELETE IN_PROGRESS") << kind;
        world.advance(2s);
        EXPECT_EQ(world.status(resource), not_found) << kind;
    }
}

// Fidelity: seen | Describe of a deleted resource is refused with ResourceNotFoundException; its List no longer
//   contains it | aws-samples/retail-demo-store, delete_dataset_groups.py
TEST(Deletion, RemovesTheResourceFromItsListAndFreesTheName) {
    for (const std::string_view kind : deletable_kinds) {
        Deployment world;
        const std::string resource = world.make(kind);
        const Json input = world.input(kind);
        const std::string create = support::operation_on("Create", kind);
        world.call_on("Delete", resource);
        EXPECT_EQ(world.call(create, input).error(), "ResourceAlreadyExistsException") << kind;
        world.advance(3s);
        EXPECT_THAT(world.listed(kind), Not(Contains(resource))) << kind;
        EXPECT_EQ(outcome(world.call_on("Delete", resource)).substr(0, 25), not_found) << kind;
        EXPECT_EQ(outcome(world.call(create, input)), "200") << kind;
    }
}

TEST(Deletion, NeverReusesAnId) {
    Deployment world;
    const std::string tracker = world.make("eventTracker");
    const Json input = world.input("eventTracker");
    const Json before = world.described(tracker);
    world.call_on("Delete", tracker);
    world.advance(3s);
    const Json after = world.call("CreateEventTracker", input).body;
    EXPECT_NE(after["eventTrackerArn"], before["eventTrackerArn"]);
    EXPECT_NE(after["trackingId"], before["trackingId"]);
}

TEST(Deletion, OfASchemaTakesNoTime) {
    Deployment world;
    const std::string schema = world.make("schema");
    EXPECT_EQ(world.call_on("Delete", schema).text, "");
    EXPECT_EQ(world.status(schema), not_found);
    EXPECT_THAT(world.listed("schema"), IsEmpty());
    EXPECT_EQ(outcome(world.create("schema")), "200");
}

// Fidelity: seen | A second Delete during a deletion is refused with ResourceInUseException |
//   aws-samples/retail-demo-store, issue 527
TEST(Deletion, CannotBeRequestedTwice) {
    for (const std::string_view kind : deletable_kinds) {
        Deployment world;
        const std::string resource = world.make(kind);
        world.call_on("Delete", resource);
        EXPECT_EQ(world.call_on("Delete", resource).error(), "ResourceInUseException") << kind;
        world.advance(999ms);
        EXPECT_EQ(world.call_on("Delete", resource).error(), "ResourceInUseException") << kind;
    }
}

// Fidelity: documented | A resource in a transition cannot be deleted; one that is ACTIVE or CREATE FAILED can, and so
//   can an INACTIVE recommender | DG/gs-cleanup.html
TEST(Deletion, NeedsAStableStatus) {
    const struct {
        const char* status;
        bool can_go;
    } cases[] = {{"CREATE PENDING", false},
                 {"CREATE IN_PROGRESS", false},
                 {"ACTIVE", true},
                 {"CREATE FAILED", true},
                 {"DELETE PENDING", false}};
    for (const std::string_view kind : deletable_kinds) {
        for (const auto& one : cases) {
            Deployment world;
            const std::string resource = world.make(kind);
            world.force(resource, one.status);
            EXPECT_EQ(world.call_on("Delete", resource).error(), one.can_go ? "" : "ResourceInUseException")
                << kind << " " << one.status;
        }
    }
    Deployment world;
    const std::string recommender = world.make("recommender");
    for (const char* const status : {"STOP PENDING", "STOP IN_PROGRESS", "START PENDING", "START IN_PROGRESS"}) {
        world.force(recommender, status);
        EXPECT_EQ(world.call_on("Delete", recommender).error(), "ResourceInUseException") << status;
    }
    world.force(recommender, "INACTIVE");
    EXPECT_EQ(outcome(world.call_on("Delete", recommender)), "200");
}

TEST(Deletion, NeedsAnExistingResource) {
    for (const std::string_view kind : deletable_kinds) {
        Deployment world;
        const std::string there = world.make(kind);
        EXPECT_EQ(outcome(world.call_on("Delete", there + "x")), "ResourceNotFoundException: The given " +
                                                                     std::string(kind_named(kind).words) +
                                                                     " does not exist: " + there + "x");
    }
}

// Fidelity: inferred | Deleting a solution also deletes its versions, and deleting a dataset group its filters and
//   metric attribution: no source says that they must be deleted before | -
TEST(Deletion, AlsoRemovesChildrenAndTags) {
    Deployment world;
    const Json tags = {{"tags", {{{"tagKey", "team"}, {"tagValue", "search"}}}}};
    const std::string solution = world.make("solution");
    const std::string version = world.make("solutionVersion");
    for (const std::string& each : {solution, version}) {
        world.call("TagResource", {{"resourceArn", each}, {"tags", tags["tags"]}});
    }
    world.call_on("Delete", solution);
    EXPECT_EQ(world.status(version), "ACTIVE");
    world.advance(3s);
    EXPECT_EQ(world.status(version), not_found);
    EXPECT_THAT(world.listed("solutionVersion"), IsEmpty());
    EXPECT_EQ(world.call("ListTagsForResource", {{"resourceArn", version}}).error(), not_found);
    EXPECT_THAT(world.store().tags().list(solution), IsEmpty());
    EXPECT_THAT(world.store().tags().list(version), IsEmpty());

    const std::string group = world.load_bare_group();
    Json input = support::part_named("filter").input;
    input.update(tags);
    input["datasetGroupArn"] = group;
    const std::string filter = world.call("CreateFilter", input).body["filterArn"];
    const std::string attribution = world.created("metricAttribution", {{"datasetGroupArn", group}});
    world.advance(3s);
    EXPECT_EQ(outcome(world.call_on("Delete", group)), "200");
    world.advance(1s);
    EXPECT_EQ(world.status(filter), not_found);
    EXPECT_EQ(world.status(attribution), not_found);
    EXPECT_THAT(world.store().tags().list(filter), IsEmpty());
}

TEST(Deletion, UsesTimeUnderCallsProgression) {
    Deployment world;
    const std::string resource = world.make("filter");
    world.control("PUT", "lifecycle", lifecycle_of_all("calls"));
    world.call_on("Delete", resource);
    for (int poll = 0; poll < 5; ++poll) EXPECT_EQ(world.status(resource), "DELETE PENDING");
    world.advance(1s);
    for (int poll = 0; poll < 5; ++poll) EXPECT_EQ(world.status(resource), "DELETE IN_PROGRESS");
    world.advance(2s);
    EXPECT_EQ(world.status(resource), not_found);
}

TEST(Deletion, TakesNoTimeUnderImmediateProgression) {
    Deployment world;
    const std::string resource = world.make("filter");
    world.control("PUT", "lifecycle", lifecycle_of_all("immediate"));
    world.call_on("Delete", resource);
    EXPECT_EQ(world.status(resource), not_found);
    EXPECT_THAT(world.listed("filter"), IsEmpty());
}

TEST(Deletion, WaitsForACommandUnderManualProgression) {
    Deployment world;
    const std::string resource = world.make("filter");
    world.control("PUT", "lifecycle", lifecycle_of_all("manual"));
    world.call_on("Delete", resource);
    world.advance(24h);
    EXPECT_EQ(world.status(resource), "DELETE PENDING");
    EXPECT_EQ(world.control("POST", "transition", {{"arn", resource}}).status, 200);
    EXPECT_EQ(world.status(resource), "DELETE IN_PROGRESS");
    EXPECT_EQ(world.control("POST", "transition", {{"arn", resource}}).status, 200);
    EXPECT_EQ(world.status(resource), not_found);
    EXPECT_THAT(world.listed("filter"), IsEmpty());
}

TEST(Deletion, CanBeControlledByARule) {
    Deployment world;
    const std::string resource = world.make("campaign");
    const Answer rule = world.control(
        "POST", "rules",
        {{"match", {{"operation", "DeleteCampaign"}}}, {"lifecycle", {{"pending", "1m"}, {"inProgress", "15m"}}}});
    EXPECT_EQ(rule.status, 200) << rule.text;
    world.call_on("Delete", resource);
    world.advance(59s);
    EXPECT_EQ(world.status(resource), "DELETE PENDING");
    world.advance(15min);
    EXPECT_EQ(world.status(resource), "DELETE IN_PROGRESS");
    world.advance(1s);
    EXPECT_EQ(world.status(resource), not_found);
}

TEST(Deletion, OfAFixtureContinues) {
    Deployment world;
    world.load({{"campaigns",
                 {{{"campaignArn", arn("campaign/pending")}, {"status", "DELETE PENDING"}},
                  {{"campaignArn", arn("campaign/going")}, {"status", "DELETE IN_PROGRESS"}}}}});
    world.advance(1999ms);
    EXPECT_EQ(world.status(arn("campaign/pending")), "DELETE IN_PROGRESS");
    EXPECT_EQ(world.status(arn("campaign/going")), "DELETE IN_PROGRESS");
    world.advance(1ms);
    EXPECT_EQ(world.status(arn("campaign/going")), not_found);
    world.advance(1s);
    EXPECT_EQ(world.status(arn("campaign/pending")), not_found);
    EXPECT_THAT(world.listed("campaign"), IsEmpty());
}

TEST(Deletion, ContinuesAfterARestart) {
    for (const auto down : {0ms, 1000ms, 2999ms, 3000ms, 3'600'000ms}) {
        const storage::TemporaryFolder folder;
        std::string resource;
        {
            Deployment before({}, folder.file("world.db"));
            resource = before.make("filter");
            before.call_on("Delete", resource);
        }
        Deployment undisturbed;
        undisturbed.call_on("Delete", undisturbed.make("filter"));
        Deployment again({}, folder.file("world.db"));
        again.advance(undisturbed.now() - again.now() + down);
        undisturbed.advance(down);
        EXPECT_EQ(again.described(resource), undisturbed.described(resource)) << down.count() << " ms";
        EXPECT_EQ(again.listed("filter"), undisturbed.listed("filter"));
    }
}

TEST(Deletion, OfARecommenderThatFailedShowsNoMetrics) {
    for (const bool is_created_to_fail : {false, true}) {
        Deployment world;
        world.make("datasetImportJob");
        const Json fails = {{"recommender", {{"outcome", "CREATE FAILED"}, {"failureReason", "Too few users."}}}};
        if (is_created_to_fail) world.control("PUT", "lifecycle", fails);
        const std::string recommender = is_created_to_fail ? world.created("recommender") : world.make("recommender");
        world.advance(3s);
        if (!is_created_to_fail) world.force(recommender, "CREATE FAILED");
        ASSERT_EQ(world.status(recommender), "CREATE FAILED");
        EXPECT_FALSE(world.described(recommender).contains("modelMetrics"));
        ASSERT_EQ(outcome(world.call_on("Delete", recommender)), "200");
        for (const char* const status : {"DELETE PENDING", "DELETE IN_PROGRESS"}) {
            EXPECT_EQ(world.status(recommender), status);
            EXPECT_FALSE(world.described(recommender).contains("modelMetrics")) << status;
            world.advance(1s);
        }
    }
}

TEST(Deletion, OfAGroupEndsAWaitForItsFilters) {
    Deployment world;
    const std::string group = world.load_bare_group();
    world.control("PUT", "lifecycle", {{"filter", {{"inProgress", "1h"}}}});
    Json input = support::part_named("filter").input;
    input["datasetGroupArn"] = group;
    ASSERT_EQ(world.call("CreateFilter", input).status, 200);
    ASSERT_EQ(outcome(world.call_on("Delete", group)), "200");
    const base::Instant before = world.now();
    world.control("POST", "clock/advance", {{"until", "idle"}});
    EXPECT_EQ(world.now() - before, 1s) << "the filter is deleted with its group";
}

}  // namespace
}  // namespace plocal::resources
