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

/// How a resource of a kind comes to be under the usual plan.
struct Birth {
    std::string_view kind;
    const char* arn;  // a regular expression, without what is the same for all of an account and region
    const char* at_first;
    const char* after_a_second;
    const char* after_three;
};

constexpr const char* waiting = "CREATE PENDING";
constexpr const char* working = "CREATE IN_PROGRESS";

const Birth births[] = {
    {"schema", "schema/movies-interactions", "none", "none", "none"},
    {"datasetGroup", "dataset-group/movies", waiting, working, "ACTIVE"},
    {"dataset", "dataset/movies/INTERACTIONS", waiting, working, "ACTIVE"},
    {"datasetImportJob", "dataset-import-job/ratings-import", waiting, working, "ACTIVE"},
    {"datasetExportJob", "dataset-export-job/ratings-export", waiting, working, "ACTIVE"},
    {"eventTracker", "event-tracker/[0-9a-f]+", waiting, working, "ACTIVE"},
    {"metricAttribution", "metric-attribution/sales", waiting, working, "ACTIVE"},
    {"dataDeletionJob", "data-deletion-job/forget-users", "PENDING", "IN_PROGRESS", "COMPLETED"},
    {"solution", "solution/movies", "ACTIVE", "ACTIVE", "ACTIVE"},
    {"solutionVersion", "solution/movies/[0-9a-f]+", waiting, working, "ACTIVE"},
    {"recommender", "recommender/top-picks", waiting, working, "ACTIVE"},
    {"campaign", "campaign/tonight", waiting, working, "ACTIVE"},
    {"filter", "filter/unseen", waiting, working, "ACTIVE"},
    {"batchInferenceJob", "batch-inference-job/nightly", "PENDING", "IN PROGRESS", "ACTIVE"},
    {"batchSegmentJob", "batch-segment-job/weekly", "PENDING", "IN PROGRESS", "ACTIVE"},
};

/// How far the last change of a resource is from its creation, in milliseconds.
long changed_ms_after(const Json& told) {
    return std::lround((told["lastUpdatedDateTime"].get<double>() - told["creationDateTime"].get<double>()) * 1000);
}

/// What Describe tells beside status and dates.
Json lasting_members(Json told) {
    for (const char* const member : {"status", "creationDateTime", "lastUpdatedDateTime"}) told.erase(member);
    return told;
}

TEST(Creation, IsTestedForEveryKind) {
    std::vector<std::string_view> kinds;
    for (const Birth& birth : births) kinds.push_back(birth.kind);
    EXPECT_THAT(kinds, testing::UnorderedElementsAreArray(support::creatable_kinds()));
    for (const std::string_view kind : kinds) {
        EXPECT_NE(model::personalize().operation(support::operation_on("Create", kind)), nullptr) << kind;
    }
}

// Fidelity: seen | An ARN is arn:aws:personalize:REGION:ACCOUNT:KIND/NAME, of a dataset dataset/GROUP/TYPE in
//   capitals, of a solution version its solution's and an id of eight hexadecimal digits; of export and data
//   deletion jobs, metric attributions and event trackers that is inferred | aws-samples/amazon-personalize-samples
TEST(Creation, BuildsTheArnFromTheKindAndTheName) {
    for (const Birth& birth : births) {
        Deployment world;
        EXPECT_THAT(world.created(birth.kind), MatchesRegex(arn(birth.arn))) << birth.kind;
    }
    Deployment world;
    EXPECT_EQ(world.make("solutionVersion").size(), arn("solution/movies/12345678").size());
    EXPECT_EQ(world.make("eventTracker").size(), arn("event-tracker/12345678").size());
}

// Fidelity: seen | A Create answers the ARN alone, but for the domain of a dataset group that has one and the
//   tracking id of an event tracker | aws-samples/amazon-personalize-samples
TEST(Creation, ReturnsLittleMoreThanTheArn) {
    const std::pair<std::string_view, std::size_t> parts[] = {{"videoGroup", 2}, {"eventTracker", 2}};
    for (const auto& [part, members] : parts) {
        Deployment world;
        EXPECT_EQ(world.create(part).body.size(), members) << part;
    }
    for (const Birth& birth : births) {
        if (birth.kind == "eventTracker") continue;
        Deployment world;
        const Answer answer = world.create(birth.kind);
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

// Fidelity: seen | What is created is CREATE PENDING, CREATE IN_PROGRESS and ACTIVE, with one blank and one
//   underscore; a solution is ACTIVE at once; for export jobs and recommenders it is documented alone, for metric
//   attributions inferred | aws-samples/amazon-personalize-samples
TEST(Creation, PassesThroughEachStatusOnTime) {
    for (const Birth& birth : births) {
        Deployment world;
        const std::string made = world.created(birth.kind);
        const bool takes_time = std::string_view(birth.at_first) != birth.after_three;
        const struct {
            std::chrono::milliseconds by;
            const char* status;
            long changed_after;
        } readings[] = {{0ms, birth.at_first, 0},          {999ms, birth.at_first, 0},
                        {1ms, birth.after_a_second, 1000}, {1999ms, birth.after_a_second, 1000},
                        {1ms, birth.after_three, 3000},    {1h, birth.after_three, 3000}};
        for (const auto& moment : readings) {
            world.advance(moment.by);
            EXPECT_EQ(world.status(made), moment.status) << birth.kind;
            EXPECT_EQ(changed_ms_after(world.described(made)), takes_time ? moment.changed_after : 0) << birth.kind;
        }
    }
}

// Fidelity: documented | A data deletion job is PENDING, IN_PROGRESS and COMPLETED or FAILED, and tells numDeleted
//   once it is COMPLETED | DG/API_DataDeletionJob.html
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
        world.ask("Delete", made);
        EXPECT_EQ(world.status(made), "DELETE PENDING");
        EXPECT_FALSE(world.described(made).contains(member)) << "what has failed does not succeed by leaving";
    }
}

/// What Describe tells beside what its Create was given.
Json told_defaults(std::string_view kind) {
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

// Fidelity: seen | Describe tells what was given and the defaults: minProvisionedTPS 1 and an empty
//   campaignConfig, performHPO and performAutoML false, trainingMode FULL |
//   aws-samples/amazon-personalize-immersion-day
TEST(Creation, IsDescribedWithItsDefaults) {
    for (const Birth& birth : births) {
        Deployment world;
        Json expected = world.input(birth.kind);
        expected.update(told_defaults(birth.kind));
        expected.erase("metrics");  // told by ListMetricAttributionMetrics alone
        const std::string made = world.make(birth.kind);
        expected[std::string(kind_named(birth.kind).arn_member)] = made;
        Json told = lasting_members(world.described(made));
        if (birth.kind == "solutionVersion") expected["name"] = "movies/" + made.substr(made.rfind('/') + 1);
        for (const char* const drawn : {"trackingId", "trainingHours", "modelMetrics", "numDeleted"}) told.erase(drawn);
        EXPECT_EQ(sorted(told), sorted(expected)) << birth.kind;
    }
}

TEST(Creation, ShowsNoMemberThatTheModelDoesNotHave) {
    for (const char* const end : {"ACTIVE", "CREATE FAILED"}) {
        for (const Birth& birth : births) {
            const Kind& kind = kind_named(birth.kind);
            const model::Shape& shape = *model::personalize().shape(kind.shape);
            Deployment world;
            world.input(birth.kind);
            if (kind.has_status()) world.control("PUT", "lifecycle", {{birth.kind, {{"outcome", end}}}});
            const std::string made = world.created(birth.kind, {{"tags", {{{"tagKey", "a"}, {"tagValue", "b"}}}}});
            world.advance(3s);
            const Json told = world.described(made);
            for (const auto& [member, value] : told.items()) {
                EXPECT_NE(shape.member(member), nullptr) << birth.kind << " " << member << " when " << end;
            }
        }
    }
}

/// What is said where a kind's second one has the first one's name.
std::string taken_text(std::string_view kind, const std::string& made) {
    if (kind == "dataset") return "Another dataset of type: INTERACTIONS already exists in the provided dataset group";
    const std::string in_group = " already exists in the provided dataset group: " + arn("dataset-group/movies");
    if (kind == "eventTracker") return "An event tracker" + in_group;
    if (kind == "metricAttribution") return "A metric attribution" + in_group;
    return "Another resource with Arn " + made + " already exists.";
}

// Fidelity: seen | A name that is taken is refused with ResourceAlreadyExistsException: Another resource with Arn
//   ARN already exists. Of a dataset: Another dataset of type: TYPE already exists in the provided dataset group |
//   aws-samples/amazon-personalize-samples, chrisking/personalens
TEST(Creation, AllowsANameOnce) {
    for (const Birth& birth : births) {
        Deployment world;
        const Json given = birth.kind == "solutionVersion" ? Json{{"name", "first"}} : Json::object();
        const std::string made = world.created(birth.kind, given);
        EXPECT_EQ(outcome(world.create(birth.kind, given)),
                  "ResourceAlreadyExistsException: " + taken_text(birth.kind, made));
    }
}

// Fidelity: seen | What fails is CREATE FAILED and says why in failureReason | aws-samples/retail-demo-store,
//   issue 393
TEST(Creation, FailsIfALifecycleOrARuleSaysSo) {
    const Json life = {{"outcome", "CREATE FAILED"}, {"failureReason", "Dataset has too few users."}};
    for (const bool by_rule : {false, true}) {
        for (const Birth& birth : births) {
            if (birth.kind == "schema") continue;
            Deployment world;
            world.input(birth.kind);
            const Json rule = {{"match", {{"operation", support::operation_on("Create", birth.kind)}}},
                               {"lifecycle", life}};
            EXPECT_EQ(by_rule ? world.control("POST", "rules", rule).status
                              : world.control("PUT", "lifecycle", {{birth.kind, life}}).status,
                      200);
            const std::string made = world.created(birth.kind);
            EXPECT_EQ(world.status(made), birth.kind == "solution" ? "CREATE FAILED" : birth.at_first) << birth.kind;
            world.advance(3s);
            EXPECT_EQ(world.status(made), birth.kind == "dataDeletionJob" ? "FAILED" : "CREATE FAILED") << birth.kind;
            const Json told = world.described(made);
            const Kind& kind = kind_named(birth.kind);
            const bool has_reason = model::personalize().shape(kind.shape)->member("failureReason") != nullptr;
            EXPECT_EQ(told.value("failureReason", "none"), has_reason ? "Dataset has too few users." : "none")
                << birth.kind;
        }
    }
}

}  // namespace
}  // namespace plocal::resources
