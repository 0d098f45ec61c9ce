#include <string>

#include <gtest/gtest.h>

#include "tests/unit/service/movies.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::operations {
namespace {

using resources::ServiceSettings;

using namespace std::chrono_literals;

std::string described(World& world) {
    const Json input = {{"batchInferenceJobArn", arn("batch-inference-job/one")}};
    return world.call("DescribeBatchInferenceJob", input).text;
}

TEST(Restart, DuringALifecycleChangesNothing) {
    const storage::TemporaryFolder folder;
    World undisturbed;
    support::load_solution_version(undisturbed);
    undisturbed.call("CreateBatchInferenceJob", create_input("one"));
    {
        World before({}, folder.file("world.db"));
        support::load_solution_version(before);
        before.call("CreateBatchInferenceJob", create_input("one"));
        EXPECT_EQ(described(before), described(undisturbed));
    }
    for (const auto after : {0ms, 999ms, 1000ms, 2999ms, 3000ms, 3'600'000ms}) {
        World again({}, folder.file("world.db"));
        again.advance(after);
        undisturbed.advance(World::start_time() + after - undisturbed.now());
        EXPECT_EQ(described(again), described(undisturbed)) << after.count() << " ms";
    }
}

TEST(Restart, KeepsTheNumberOfPolls) {
    const storage::TemporaryFolder folder;
    ServiceSettings settings;
    settings.plan.progression = lifecycle::Progression::calls;
    {
        World before(settings, folder.file("world.db"));
        support::load_solution_version(before);
        before.call("CreateBatchInferenceJob", create_input("one"));
    }
    for (const char* const status : {"PENDING", "PENDING", "IN PROGRESS", "IN PROGRESS", "ACTIVE"}) {
        World again(settings, folder.file("world.db"));
        EXPECT_EQ(base::parse_json(described(again))["batchInferenceJob"]["status"], status);
    }
}

TEST(Restart, KeepsPageTokensValid) {
    const storage::TemporaryFolder folder;
    Json token;
    {
        World before({}, folder.file("world.db"));
        support::load_solution_version(before);
        before.call("CreateBatchInferenceJob", create_input("one"));
        before.call("CreateBatchInferenceJob", create_input("two"));
        token = before.call("ListBatchInferenceJobs", {{"maxResults", 1}}).body["nextToken"];
    }
    World again({}, folder.file("world.db"));
    const Answer answer = again.call("ListBatchInferenceJobs", {{"nextToken", token}});
    EXPECT_EQ(answer.body["batchInferenceJobs"][0]["jobName"], "one");
}

TEST(Restart, KeepsThePlanThatAJobWasCreatedWith) {
    const storage::TemporaryFolder folder;
    {
        World before({}, folder.file("world.db"));
        support::load_solution_version(before);
        before.call("CreateBatchInferenceJob", create_input("one"));
    }
    ServiceSettings slower;
    slower.plan.pending = base::DurationRange(1h);
    World again(slower, folder.file("world.db"));
    again.advance(3s);
    EXPECT_EQ(base::parse_json(described(again))["batchInferenceJob"]["status"], "ACTIVE");
}

}  // namespace
}  // namespace plocal::operations
