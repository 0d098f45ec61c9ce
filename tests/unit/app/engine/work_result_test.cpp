#include "server/app/engine/work_result.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "server/service/jobs/object_jobs.h"
#include "server/service/jobs/queue.h"
#include "tests/support/hand_work.h"
#include "tests/support/world.h"

namespace plocal::engine {
namespace {

using namespace std::chrono_literals;
using base::Json;

/// A world on a frozen clock with a deletion job in progress, whose queue a test runs by hand.
class WorkResultTest : public testing::Test {
protected:
    WorkResultTest() {
        const auto maker = [this](const storage::Record&) -> jobs::Job {
            return [this](jobs::JobContext& context) { return slice_(context); };
        };
        queue_ =
            std::make_unique<jobs::Queue>(jobs::JobMakers{{"dataDeletionJob", maker}}, jobs::QueueLimits{.threads = 0});
        queue_->connect({[this](const jobs::WorldTask& task) {
                             task(world_.store());
                             return true;
                         },
                         [this](const jobs::JobEnd& end) { world_.engine().work().finish(end); }, [] {}});
        world_.engine().work().connect(*queue_);
        world_.load({{"datasetGroups", Json::array({{{"datasetGroupArn", support::arn("dataset-group/films")}}})}});
        world_.call("CreateDataDeletionJob", {{"jobName", "one"},
                                              {"datasetGroupArn", support::arn("dataset-group/films")},
                                              {"dataSource", {{"dataLocation", "s3://bucket/users.csv"}}},
                                              {"roleArn", "arn:aws:iam::000000000000:role/personalize"}});
        world_.advance(1h);
        described();  // the work begins
    }

    Json described() {
        return world_.call("DescribeDataDeletionJob", {{"dataDeletionJobArn", arn_}}).body["dataDeletionJob"];
    }

    Json control(const std::string& path) {
        return world_.send({.method = "GET", .target = path, .headers = {}, .body = {}}).body;
    }

    const std::string arn_ = support::arn("data-deletion-job/one");
    std::function<jobs::SliceEnd(jobs::JobContext&)> slice_;
    support::World world_{support::HandWork::settings("dataDeletionJob")};
    std::unique_ptr<jobs::Queue> queue_;
};

TEST_F(WorkResultTest, GivesTheResourceTheMembersThatTheWorkDecides) {
    EXPECT_FALSE(described().contains("numDeleted"));
    slice_ = [](jobs::JobContext& context) {
        context.members["numDeleted"] = 12;
        return jobs::SliceEnd::done;
    };
    queue_->run_slice();
    const Json job = described();
    EXPECT_EQ(job.value("status", ""), "COMPLETED") << job;
    EXPECT_EQ(job.value("numDeleted", 0), 12) << job;
}

TEST_F(WorkResultTest, OfAFailureChangesNoMember) {
    slice_ = [](jobs::JobContext& context) {
        context.members["numDeleted"] = 12;
        context.failure_reason = "no such key";
        return jobs::SliceEnd::failed;
    };
    queue_->run_slice();
    const Json job = described();
    EXPECT_EQ(job.value("failureReason", ""), "no such key") << job;
    EXPECT_FALSE(job.contains("numDeleted")) << job;
}

TEST_F(WorkResultTest, IsInTheHistoryWithItsCountsAndDetail) {
    slice_ = [](jobs::JobContext& context) {
        context.progress = {.files = 1, .bytes = 20, .lines = 3, .errors = 1};
        context.detail = "row 2: an empty id";
        return jobs::SliceEnd::done;
    };
    queue_->run_slice();
    const Json work = {{"files", 1}, {"bytes", 20}, {"lines", 3}, {"errors", 1}, {"detail", "row 2: an empty id"}};
    EXPECT_EQ(control("/_local/history?arn=" + arn_)["history"].back()["work"], work);
}

TEST_F(WorkResultTest, IsListedAsAJobUntilItEnds) {
    const auto listed = [this](const std::string& query = "") { return control("/_local/jobs" + query)["jobs"]; };
    Json job = {{"arn", arn_}, {"what", jobs::work_name("dataDeletionJob")}, {"state", "queued"}, {"bytes", 0},
                {"lines", 0},  {"since", "2026-01-31T12:00:01.123Z"}};
    EXPECT_EQ(listed(), Json::array({job}));
    slice_ = [](jobs::JobContext& context) {
        context.progress = {.bytes = 20, .lines = 3};
        return jobs::SliceEnd::unfinished;
    };
    queue_->run_slice();
    job.update({{"state", "running"}, {"bytes", 20}, {"lines", 3}});
    EXPECT_EQ(listed("?account=000000000000"), Json::array({job}));
    EXPECT_EQ(listed("?account=111122223333"), Json::array());
    slice_ = [](jobs::JobContext&) { return jobs::SliceEnd::done; };
    queue_->run_slice();
    EXPECT_EQ(listed(), Json::array());
}

}  // namespace
}  // namespace plocal::engine
