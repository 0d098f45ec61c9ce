#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/service/movies.h"

namespace plocal::resources {
namespace {

using namespace std::chrono_literals;

Answer describe(World& world, std::string_view name) {
    return world.call("DescribeBatchInferenceJob",
                      {{"batchInferenceJobArn", arn("batch-inference-job/" + std::string(name))}});
}

std::string status(World& world, std::string_view name) {
    const Answer answer = describe(world, name);
    return answer.status == 200 ? answer.body["batchInferenceJob"].value("status", "none") : outcome(answer);
}

/// The time from the creation of a job to its last change, in milliseconds.
long changed_after(World& world, std::string_view name) {
    const Json job = describe(world, name).body["batchInferenceJob"];
    return std::lround((job["lastUpdatedDateTime"].get<double>() - job["creationDateTime"].get<double>()) * 1000);
}

ServiceSettings settings_of(lifecycle::Progression progression) {
    ServiceSettings settings;
    settings.plan.progression = progression;
    return settings;
}

TEST(DescribeBatchInferenceJob, ReturnsEachStatusOnTime) {
    World world;
    support::load_solution_version(world);
    world.call("CreateBatchInferenceJob", create_input("one"));
    const struct {
        std::chrono::milliseconds by;
        const char* status;
        long changed_after;
    } cases[] = {{0ms, "PENDING", 0},           {999ms, "PENDING", 0}, {1ms, "IN PROGRESS", 1000},
                 {1999ms, "IN PROGRESS", 1000}, {1ms, "ACTIVE", 3000}, {1h, "ACTIVE", 3000}};
    for (const auto& one : cases) {
        world.advance(one.by);
        EXPECT_EQ(status(world, "one"), one.status);
        EXPECT_EQ(changed_after(world, "one"), one.changed_after);
    }
}

TEST(DescribeBatchInferenceJob, ReturnsTheSameStatusWithoutEarlierPolls) {
    World world;
    support::load_solution_version(world);
    world.call("CreateBatchInferenceJob", create_input("one"));
    world.advance(1h);
    EXPECT_EQ(status(world, "one"), "ACTIVE");
    EXPECT_EQ(changed_after(world, "one"), 3000);
}

TEST(DescribeBatchInferenceJob, SpellsStatusesAsConfigured) {
    ServiceSettings settings;
    settings.status_names = StatusNames::observed;
    World world(settings);
    support::load_solution_version(world);
    world.call("CreateBatchInferenceJob", create_input("one"));
    EXPECT_EQ(status(world, "one"), "CREATE PENDING");
    world.advance(1s);
    EXPECT_EQ(status(world, "one"), "CREATE IN_PROGRESS");
    const Answer list = world.call("ListBatchInferenceJobs", Json::object());
    EXPECT_EQ(list.body["batchInferenceJobs"][0]["status"], "CREATE IN_PROGRESS");
    world.advance(2s);
    EXPECT_EQ(status(world, "one"), "ACTIVE");
}

// Fidelity: documented | failureReason is present only if the status is CREATE FAILED | DG/API_BatchInferenceJob.html
TEST(DescribeBatchInferenceJob, ReturnsTheFailureReasonOnceTheJobHasFailed) {
    World world;
    world.load({{"batchInferenceJob",
                 {{"batchInferenceJobArn", arn("batch-inference-job/one")},
                  {"_local", {{"outcome", "CREATE FAILED"}, {"failureReason", "No objects found."}}}}}});
    EXPECT_FALSE(describe(world, "one").body["batchInferenceJob"].contains("failureReason"));
    world.advance(3s);
    EXPECT_EQ(status(world, "one"), "CREATE FAILED");
    EXPECT_EQ(describe(world, "one").body["batchInferenceJob"]["failureReason"], "No objects found.");
}

TEST(DescribeBatchInferenceJob, IsActiveAtOnceUnderImmediateProgression) {
    World world(settings_of(lifecycle::Progression::immediate));
    support::load_solution_version(world);
    world.call("CreateBatchInferenceJob", create_input("one"));
    EXPECT_EQ(status(world, "one"), "ACTIVE");
    EXPECT_EQ(changed_after(world, "one"), 0);
}

TEST(DescribeBatchInferenceJob, StaysPinnedUntilACommandMovesIt) {
    World world(settings_of(lifecycle::Progression::manual));
    support::load_solution_version(world);
    world.call("CreateBatchInferenceJob", create_input("one"));
    world.load({{"batchInferenceJob",
                 {{"batchInferenceJobArn", arn("batch-inference-job/pinned")},
                  {"status", "IN PROGRESS"},
                  {"_local", {{"progression", "manual"}}}}}});
    world.advance(24h);
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(status(world, "one"), "PENDING");
        EXPECT_EQ(status(world, "pinned"), "IN PROGRESS");
    }
}

TEST(DescribeBatchInferenceJob, ReturnsTheOldStatusToThePollThatEndsIt) {
    World world(settings_of(lifecycle::Progression::calls));
    support::load_solution_version(world);
    world.call("CreateBatchInferenceJob", create_input("one"));
    std::vector<std::string> seen;
    for (int poll = 0; poll < 6; ++poll) {
        world.advance(1min);
        seen.push_back(status(world, "one"));
    }
    EXPECT_EQ(seen, (std::vector<std::string>{"PENDING", "PENDING", "IN PROGRESS", "IN PROGRESS", "ACTIVE", "ACTIVE"}));
    EXPECT_EQ(changed_after(world, "one"), 4 * 60'000) << "the time of the poll that ended it";
}

TEST(DescribeBatchInferenceJob, CountsNeitherListsNorRefusedRequestsAsPolls) {
    World world(settings_of(lifecycle::Progression::calls));
    support::load_solution_version(world);
    world.call("CreateBatchInferenceJob", create_input("one"));
    const Json input = {{"batchInferenceJobArn", arn("batch-inference-job/one")}};
    for (int i = 0; i < 10; ++i) {
        world.call("ListBatchInferenceJobs", Json::object());
        world.call_as("111111111111", "us-east-1", "DescribeBatchInferenceJob", input);
        world.call_as("key", "eu-west-1", "DescribeBatchInferenceJob", input);
        world.call("DescribeBatchInferenceJob", {{"batchInferenceJobArn", "no"}});
        world.call("CreateBatchInferenceJob", create_input("one"));
    }
    EXPECT_EQ(status(world, "one"), "PENDING");
    EXPECT_EQ(status(world, "one"), "PENDING");
    EXPECT_EQ(status(world, "one"), "IN PROGRESS");
}

// Fidelity: inferred | The message about a missing batch job is the one that was seen for a missing solution |
//   aws-samples/amazon-personalize-immersion-day, News_01_Data_Layer.ipynb
// Fidelity: inferred | The ARN of another kind counts as missing, as in CreateCampaign, which refuses the ARN of a
//   solution in place of a version | aws/aws-sdk-js-v3#4982
TEST(DescribeBatchInferenceJob, RefusesAMissingJob) {
    World world;
    load_movies(world);
    for (const char* const resource : {"batch-inference-job/none", "batch-segment-job/one", "filter/comedy",
                                       "batch-inference-job/ONE", "batch-inference-job/one/two"}) {
        const Answer answer = world.call("DescribeBatchInferenceJob", {{"batchInferenceJobArn", arn(resource)}});
        EXPECT_EQ(outcome(answer),
                  "ResourceNotFoundException: The given batch inference job does not exist: " + arn(resource));
        EXPECT_EQ(answer.status, 400);
        EXPECT_EQ(answer.header("x-personalize-local-why"),
                  "no such batch inference job is visible to the caller (seen)");
    }
}

TEST(DescribeBatchInferenceJob, RefusesAnInvalidArn) {
    World world;
    EXPECT_EQ(
        outcome(world.call("DescribeBatchInferenceJob", Json::object())),
        "ValidationException: 1 validation error detected: Value null at 'batchInferenceJobArn' failed to satisfy "
        "constraint: Member must not be null");
    EXPECT_EQ(
        outcome(world.call("DescribeBatchInferenceJob", {{"batchInferenceJobArn", "one"}})),
        "ValidationException: 1 validation error detected: Value 'one' at 'batchInferenceJobArn' failed to satisfy "
        R"(constraint: Member must satisfy regular expression pattern: arn:([a-z\d-]+):personalize:.*:.*:.+)");
    EXPECT_EQ(outcome(world.call("DescribeBatchInferenceJob", {{"batchInferenceJobArn", 1}})),
              "SerializationException: NUMBER_VALUE cannot be converted to String");
}

}  // namespace
}  // namespace plocal::resources
