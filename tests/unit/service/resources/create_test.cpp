#include <chrono>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/model/service.h"
#include "tests/support/deployment.h"

namespace plocal::resources {
namespace {

using namespace std::chrono_literals;
using base::Json;
using support::Answer;
using support::arn;
using support::Deployment;
using support::outcome;
using support::sorted;
using testing::MatchesRegex;

/// The ARN and the statuses of a new resource of a kind under the default plan.
struct KindCase {
    std::string_view kind;
    const char* arn;  // a regular expression for the part after account and region
    const char* at_first;
    const char* after_a_second;
    const char* after_three;
};

constexpr const char* pending = "CREATE PENDING";
constexpr const char* in_progress = "CREATE IN_PROGRESS";

const KindCase kind_cases[] = {
    {"schema", "schema/movies-interactions", "none", "none", "none"},
    {"datasetGroup", "dataset-group/movies", pending, in_progress, "ACTIVE"},
    {"dataset", "dataset/movies/INTERACTIONS", pending, in_progress, "ACTIVE"},
    {"datasetImportJob", "dataset-import-job/ratings-import", pending, in_progress, "ACTIVE"},
    {"datasetExportJob", "dataset-export-job/ratings-export", pending, in_progress, "ACTIVE"},
    {"eventTracker", "event-tracker/[0-9a-f]+", pending, in_progress, "ACTIVE"},
    {"metricAttribution", "metric-attribution/sales", pending, in_progress, "ACTIVE"},
    {"dataDeletionJob", "data-deletion-job/forget-users", "PENDING", "IN_PROGRESS", "COMPLETED"},
    {"solution", "solution/movies", "ACTIVE", "ACTIVE", "ACTIVE"},
    {"solutionVersion", "solution/movies/[0-9a-f]+", pending, in_progress, "ACTIVE"},
    {"recommender", "recommender/top-picks", pending, in_progress, "ACTIVE"},
    {"campaign", "campaign/tonight", pending, in_progress, "ACTIVE"},
    {"filter", "filter/unseen", pending, in_progress, "ACTIVE"},
    {"batchInferenceJob", "batch-inference-job/nightly", "PENDING", "IN PROGRESS", "ACTIVE"},
    {"batchSegmentJob", "batch-segment-job/weekly", "PENDING", "IN PROGRESS", "ACTIVE"},
};

/// The time from the creation of a resource to its last change, in milliseconds.
long changed_ms_after(const Json& resource) {
    return std::lround((resource["lastUpdatedDateTime"].get<double>() - resource["creationDateTime"].get<double>()) *
                       1000);
}

/// The members of a described resource except status and dates.
Json lasting_members(Json resource) {
    for (const char* const member : {"status", "creationDateTime", "lastUpdatedDateTime"}) resource.erase(member);
    return resource;
}

TEST(Creation, IsTestedForEveryKind) {
    std::vector<std::string_view> kinds;
    for (const KindCase& kind_case : kind_cases) kinds.push_back(kind_case.kind);
    EXPECT_THAT(kinds, testing::UnorderedElementsAreArray(support::creatable_kinds()));
    for (const std::string_view kind : kinds) {
        EXPECT_NE(model::personalize().operation(support::operation_on("Create", kind)), nullptr) << kind;
    }
}

// Fidelity: seen | An ARN is arn:aws:personalize:REGION:ACCOUNT:KIND/NAME; that of a dataset ends in dataset/GROUP/TYPE
//   in capitals, that of a solution version in an id of eight hexadecimal digits after its solution; this is inferred
//   for export and data deletion jobs, metric attributions and event trackers | aws-samples/amazon-personalize-samples
TEST(Creation, BuildsTheArnFromTheKindAndTheName) {
    for (const KindCase& kind_case : kind_cases) {
        Deployment world;
        EXPECT_THAT(world.created(kind_case.kind), MatchesRegex(arn(kind_case.arn))) << kind_case.kind;
    }
    Deployment world;
    EXPECT_EQ(world.make("solutionVersion").size(), arn("solution/movies/12345678").size());
    EXPECT_EQ(world.make("eventTracker").size(), arn("event-tracker/12345678").size());
}

// Fidelity: seen | A Create returns only the ARN, plus the domain of a dataset group that has one and the tracking id
//   of an event tracker | aws-samples/amazon-personalize-samples
TEST(Creation, ReturnsLittleMoreThanTheArn) {
    const std::pair<std::string_view, std::size_t> parts[] = {{"videoGroup", 2}, {"eventTracker", 2}};
    for (const auto& [part, members] : parts) {
        Deployment world;
        EXPECT_EQ(world.create(part).body.size(), members) << part;
    }
    for (const KindCase& kind_case : kind_cases) {
        if (kind_case.kind == "eventTracker") continue;
        Deployment world;
        const Answer answer = world.create(kind_case.kind);
        EXPECT_EQ(answer.body.size(), 1) << answer.text;
    }
    Deployment world;
    EXPECT_EQ(world.create("videoGroup").body["domain"], "VIDEO_ON_DEMAND");
    const Json tracker = world.create("eventTracker").body;
    EXPECT_THAT(tracker["trackingId"].get<std::string>(),
                MatchesRegex("[0-9a-f]+-[0-9a-f]+-4[0-9a-f]+-[89ab][0-9a-f]+-[0-9a-f]+"));
    EXPECT_EQ(tracker["trackingId"].get<std::string>().size(), 36);
    EXPECT_EQ(world.described(tracker["eventTrackerArn"])["trackingId"], tracker["trackingId"]);
}

// Fidelity: seen | A new resource is CREATE PENDING, CREATE IN_PROGRESS and ACTIVE, spelled with one blank and one
//   underscore; a solution is ACTIVE at once; only documented for export jobs and recommenders, inferred for metric
//   attributions | aws-samples/amazon-personalize-samples
TEST(Creation, PassesThroughEachStatusOnTime) {
    for (const KindCase& kind_case : kind_cases) {
        Deployment world;
        const std::string made = world.created(kind_case.kind);
        const bool takes_time = std::string_view(kind_case.at_first) != kind_case.after_three;
        const struct {
            std::chrono::milliseconds by;
            const char* status;
            long changed_after;
        } readings[] = {{0ms, kind_case.at_first, 0},          {999ms, kind_case.at_first, 0},
                        {1ms, kind_case.after_a_second, 1000}, {1999ms, kind_case.after_a_second, 1000},
                        {1ms, kind_case.after_three, 3000},    {1h, kind_case.after_three, 3000}};
        for (const auto& reading : readings) {
            world.advance(reading.by);
            EXPECT_EQ(world.status(made), reading.status) << kind_case.kind;
            EXPECT_EQ(changed_ms_after(world.described(made)), takes_time ? reading.changed_after : 0)
                << kind_case.kind;
        }
    }
}

// Fidelity: documented | A data deletion job is PENDING, IN_PROGRESS and COMPLETED or FAILED; it shows numDeleted once
//   it is COMPLETED | DG/API_DataDeletionJob.html
TEST(Creation, ShowsResultsOnlyAfterItHasSucceeded) {
    const std::pair<std::string_view, const char*> kinds[] = {
        {"solutionVersion", "trainingHours"}, {"recommender", "modelMetrics"}, {"dataDeletionJob", "numDeleted"}};
    for (const auto& [kind, member] : kinds) {
        Deployment world;
        const std::string made = world.created(kind);
        EXPECT_FALSE(world.described(made).contains(member)) << kind;
        world.advance(1s);
        EXPECT_FALSE(world.described(made).contains(member)) << kind;
        world.advance(2s);
        EXPECT_TRUE(world.described(made).contains(member)) << kind;
        const std::string listed = world.call("List" + support::operation_on("", kind) + "s", Json::object()).text;
        EXPECT_EQ(listed.find(member), std::string::npos) << kind;
    }
    for (const auto& [kind, member] : kinds) {
        Deployment world;
        world.input(kind);
        world.control("PUT", "lifecycle", {{kind, {{"outcome", "CREATE FAILED"}}}});
        const std::string made = world.created(kind);
        world.advance(3s);
        EXPECT_FALSE(world.described(made).contains(member)) << kind;
        if (kind != "recommender") continue;
        world.call_on("Delete", made);
        EXPECT_EQ(world.status(made), "DELETE PENDING");
        EXPECT_FALSE(world.described(made).contains(member))
            << "a failed recommender has no metrics while it is deleted";
    }
}

/// The members that Describe returns in addition to those of the Create.
Json default_members(std::string_view kind) {
    if (kind == "dataset") return {{"datasetType", "INTERACTIONS"}};
    if (kind == "datasetImportJob") return {{"importMode", "FULL"}};
    if (kind == "datasetExportJob") return {{"ingestionMode", "PUT"}};
    if (kind == "campaign") return {{"minProvisionedTPS", 1}, {"campaignConfig", Json::object()}};
    if (kind == "recommender") return {{"recommenderConfig", {{"minRecommendationRequestsPerSecond", 1}}}};
    if (kind == "eventTracker") return {{"accountId", "000000000000"}};
    if (kind == "batchInferenceJob") return {{"numResults", 25}, {"batchInferenceJobMode", "BATCH_INFERENCE"}};
    if (kind == "batchSegmentJob") return {{"numResults", 25}};
    if (kind == "solution")
        return {{"performHPO", false}, {"performAutoML", false}, {"solutionConfig", Json::object()}};
    if (kind != "solutionVersion") return Json::object();
    return {{"performHPO", false},
            {"performAutoML", false},
            {"trainingMode", "FULL"},
            {"trainingType", "MANUAL"},
            {"solutionConfig", Json::object()},
            {"datasetGroupArn", arn("dataset-group/movies")},
            {"recipeArn", "arn:aws:personalize:::recipe/aws-user-personalization"}};
}

// Fidelity: seen | Describe returns the given values and the defaults: minProvisionedTPS 1 and an empty campaignConfig,
//   performHPO and performAutoML false, trainingMode FULL | aws-samples/amazon-personalize-immersion-day
TEST(Creation, IsDescribedWithItsDefaults) {
    for (const KindCase& kind_case : kind_cases) {
        Deployment world;
        Json expected = world.input(kind_case.kind);
        expected.update(default_members(kind_case.kind));
        expected.erase("metrics");  // only ListMetricAttributionMetrics returns them
        const std::string made = world.make(kind_case.kind);
        expected[std::string(kind_named(kind_case.kind).arn_member)] = made;
        Json resource = lasting_members(world.described(made));
        if (kind_case.kind == "solutionVersion") expected["name"] = "movies/" + made.substr(made.rfind('/') + 1);
        for (const char* const drawn : {"trackingId", "trainingHours", "modelMetrics", "numDeleted"})
            resource.erase(drawn);
        EXPECT_EQ(sorted(resource), sorted(expected)) << kind_case.kind;
    }
}

TEST(Creation, ShowsNoMemberThatTheModelDoesNotHave) {
    for (const char* const end : {"ACTIVE", "CREATE FAILED"}) {
        for (const KindCase& kind_case : kind_cases) {
            const Kind& kind = kind_named(kind_case.kind);
            const model::Shape& shape = *model::personalize().shape(kind.shape);
            Deployment world;
            world.input(kind_case.kind);
            if (kind.has_status()) world.control("PUT", "lifecycle", {{kind_case.kind, {{"outcome", end}}}});
            const std::string made = world.created(kind_case.kind, {{"tags", {{{"tagKey", "a"}, {"tagValue", "b"}}}}});
            world.advance(3s);
            const Json resource = world.described(made);
            for (const auto& [member, value] : resource.items()) {
                EXPECT_NE(shape.member(member), nullptr) << kind_case.kind << " " << member << " when " << end;
            }
        }
    }
}

/// The message about a second resource of a kind with the same name.
std::string name_taken_text(std::string_view kind, const std::string& made) {
    if (kind == "dataset") return "Another dataset of type: INTERACTIONS already exists in the provided dataset group";
    const std::string in_group = " already exists in the provided dataset group: " + arn("dataset-group/movies");
    if (kind == "eventTracker") return "An event tracker" + in_group;
    if (kind == "metricAttribution") return "A metric attribution" + in_group;
    return "Another resource with Arn " + made + " already exists.";
}

// Fidelity: seen | A taken name is refused with ResourceAlreadyExistsException: Another resource with Arn ARN already
//   exists. For a dataset: Another dataset of type: TYPE already exists in the provided dataset group |
//   aws-samples/amazon-personalize-samples, chrisking/personalens
TEST(Creation, AllowsANameOnce) {
    for (const KindCase& kind_case : kind_cases) {
        Deployment world;
        const Json given = kind_case.kind == "solutionVersion" ? Json{{"name", "first"}} : Json::object();
        const std::string made = world.created(kind_case.kind, given);
        EXPECT_EQ(outcome(world.create(kind_case.kind, given)),
                  "ResourceAlreadyExistsException: " + name_taken_text(kind_case.kind, made));
    }
}

// Fidelity: seen | A failed resource is CREATE FAILED and has a failureReason | aws-samples/retail-demo-store, issue
//   393
TEST(Creation, FailsIfALifecycleOrARuleSaysSo) {
    const Json failing = {{"outcome", "CREATE FAILED"}, {"failureReason", "Dataset has too few users."}};
    for (const bool by_rule : {false, true}) {
        for (const KindCase& kind_case : kind_cases) {
            if (kind_case.kind == "schema") continue;
            Deployment world;
            world.input(kind_case.kind);
            const Json rule = {{"match", {{"operation", support::operation_on("Create", kind_case.kind)}}},
                               {"lifecycle", failing}};
            EXPECT_EQ(by_rule ? world.control("POST", "rules", rule).status
                              : world.control("PUT", "lifecycle", {{kind_case.kind, failing}}).status,
                      200);
            const std::string made = world.created(kind_case.kind);
            EXPECT_EQ(world.status(made), kind_case.kind == "solution" ? "CREATE FAILED" : kind_case.at_first)
                << kind_case.kind;
            world.advance(3s);
            EXPECT_EQ(world.status(made), kind_case.kind == "dataDeletionJob" ? "FAILED" : "CREATE FAILED")
                << kind_case.kind;
            const Json resource = world.described(made);
            const Kind& kind = kind_named(kind_case.kind);
            const bool has_reason = model::personalize().shape(kind.shape)->member("failureReason") != nullptr;
            EXPECT_EQ(resource.value("failureReason", "none"), has_reason ? "Dataset has too few users." : "none")
                << kind_case.kind;
        }
    }
}

}  // namespace
}  // namespace plocal::resources
