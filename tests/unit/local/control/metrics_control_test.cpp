#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/base/json.h"
#include "tests/support/world.h"

namespace plocal::control {
namespace {

using base::Json;
using testing::HasSubstr;
using testing::Not;

class MetricsCall : public testing::Test {
protected:
    MetricsCall() { support::load_solution_version(world_); }

    std::string metrics() {
        const support::Answer answer =
            world_.send({.method = "GET", .target = "/_local/metrics", .headers = {}, .body = ""});
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
        return answer.text;
    }

    static std::string jobs_in(const std::string& status, int count) {
        return "\npersonalize_local_resources{kind=\"batchInferenceJob\",status=\"" + status + "\"} " +
               std::to_string(count) + "\n";
    }

    support::World world_;
};

TEST_F(MetricsCall, CountsJobsByTheirPresentStatus) {
    for (const char* const name : {"a", "b"}) world_.call("CreateBatchInferenceJob", support::create_input(name));
    world_.advance(std::chrono::seconds(1));
    world_.call("CreateBatchInferenceJob", support::create_input("c"));
    EXPECT_THAT(metrics(), HasSubstr(jobs_in("IN PROGRESS", 2)));
    EXPECT_THAT(metrics(), HasSubstr(jobs_in("PENDING", 1)));
    EXPECT_THAT(metrics(), Not(HasSubstr("status=\"ACTIVE\"} 0")));
    world_.advance(std::chrono::seconds(2));
    EXPECT_THAT(metrics(), HasSubstr(jobs_in("ACTIVE", 2)));
    EXPECT_THAT(metrics(), HasSubstr(jobs_in("IN PROGRESS", 1)));
    world_.advance(std::chrono::seconds(1));
    EXPECT_THAT(metrics(), HasSubstr(jobs_in("ACTIVE", 3)));
    EXPECT_THAT(metrics(), Not(HasSubstr("IN PROGRESS")));
}

TEST_F(MetricsCall, CountsRequestsByOperationAndResult) {
    world_.call("CreateBatchInferenceJob", support::create_input("a"));
    world_.call("CreateBatchInferenceJob", support::create_input("a"));
    world_.call("ListBatchInferenceJobs", Json::object());
    const std::string total = "\npersonalize_local_requests_total{service=\"AmazonPersonalize\",operation=";
    EXPECT_THAT(metrics(), HasSubstr(total + R"("CreateBatchInferenceJob",result="OK"} 1)"));
    EXPECT_THAT(metrics(),
                HasSubstr(total + R"("CreateBatchInferenceJob",result="ResourceAlreadyExistsException"} 1)"));
    EXPECT_THAT(metrics(), HasSubstr(total + R"("ListBatchInferenceJobs",result="OK"} 1)"));
    EXPECT_THAT(metrics(), HasSubstr("\npersonalize_local_request_duration_seconds_count 3\n"));
}

}  // namespace
}  // namespace plocal::control
