// Worlds and control calls for tests of the whole state.
#pragma once

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "server/base/json.h"
#include "tests/support/world.h"

namespace plocal::control {

inline constexpr const char* alice = "111111111111";
inline constexpr const char* bob = "222222222222";

inline support::Answer asked(support::World& world, std::string_view method, std::string_view target,
                             const base::Json& body = nullptr) {
    const std::string text = body.is_null() ? "" : body.dump();
    return world.send({.method = method, .target = target, .headers = {}, .body = text});
}

inline base::Json get(support::World& world, std::string_view target) {
    const support::Answer answer = asked(world, "GET", target);
    EXPECT_EQ(answer.status, 200) << target << answer.text;
    return answer.body;
}

inline std::string job_arn(std::string_view name, std::string_view account = "000000000000") {
    return "arn:aws:personalize:us-east-1:" + std::string(account) + ":batch-inference-job/" + std::string(name);
}

inline base::Json described(support::World& world, const std::string& job, std::string_view account = "") {
    const support::Answer answer =
        world.call_as(account, "us-east-1", "DescribeBatchInferenceJob", {{"batchInferenceJobArn", job}});
    return answer.status == 200 ? answer.body["batchInferenceJob"] : base::Json(answer.error());
}

inline std::string status(support::World& world, const std::string& job, std::string_view account = "") {
    const base::Json resource = described(world, job, account);
    return resource.is_object() ? resource["status"] : resource;
}

inline world::WorldConfig beginning_with(const base::Json& document) {
    world::WorldConfig config{.clock = lifecycle::Clock::frozen(support::World::start_time())};
    config.documents.push_back({"fixtures.json", document.dump()});
    return config;
}

/// A world with a solution version, a job in progress and a failed job.
inline world::WorldConfig usual_beginning() {
    return beginning_with({{"solutionVersion", {{"solutionVersionArn", support::arn("solution/movies/1234abcd")}}},
                           {"batchInferenceJobs",
                            {{{"batchInferenceJobArn", job_arn("fixed")}, {"status", "PENDING"}},
                             {{"batchInferenceJobArn", job_arn("done")},
                              {"status", "CREATE FAILED"},
                              {"failureReason", "No objects"},
                              {"creationDateTime", "2025-05-05T05:05:05.055Z"}}}}});
}

/// Starts jobs and rules, and stops in the middle of them.
inline void set_in_motion(support::World& world) {
    asked(world, "PUT", "/_local/lifecycle",
          {{"default", {{"inProgress", "7s"}}}, {"batchInferenceJob", {{"pending", "3s"}}}});
    base::Json input = support::create_input("made");
    input["tags"] = {{{"tagKey", "team"}, {"tagValue", "search"}}};
    world.call("CreateBatchInferenceJob", input);
    asked(world, "POST", "/_local/rules",
          {{"rules",
            {{{"match", {{"jobName", "*-called"}}},
              {"lifecycle", {{"progression", "calls"}, {"calls", 3}, {"outcome", "CREATE FAILED"}}}},
             {{"match", {{"operation", "List*"}}}, {"times", 5}, {"delay", "2s"}}}}});
    world.call("CreateBatchInferenceJob", support::create_input("is-called"));
    world.call("ListBatchInferenceJobs", base::Json::object());
    asked(world, "POST", "/_local/clock/advance", {{"by", "1500ms"}});
    status(world, job_arn("is-called"));
    asked(world, "POST", "/_local/transition", {{"arn", job_arn("done")}, {"to", "PENDING"}, {"force", true}});
}

}  // namespace plocal::control
