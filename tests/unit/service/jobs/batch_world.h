// A world with a dataset group, a folder of objects and jobs that a test runs by hand.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "server/service/s3/folder_store.h"
#include "tests/support/hand_jobs.h"
#include "tests/support/objects.h"
#include "tests/unit/service/runtime/shop.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::jobs {

using base::Json;
using support::arn;

/// The films of tests/unit/service/runtime/shop.h with a solution version of each recipe that a test asks for.
class BatchWorld {
public:
    explicit BatchWorld(const Json& document) {
        std::filesystem::create_directories(folder_.file("bucket"));
        world_.load(document);
    }

    void put(const std::string& key, std::string_view content) { s3::put(objects_, {"bucket", key}, content); }

    /// The content of an object, or why it cannot be read.
    std::string get(const std::string& key) {
        std::string content;
        const std::string error = s3::error_of([&] { content = s3::content_of(objects_, {"bucket", key}); });
        return error.empty() ? content : error;
    }

    /// "key size" of all objects.
    std::vector<std::string> objects() { return s3::listed(objects_, {"bucket", ""}); }

    /// Creates a job of s3://bucket/in/ to s3://bucket/out/ that begins its work.
    void begin(const std::string& kind, const std::string& solution, Json more = Json::object()) {
        Json input = {{"jobName", "job-" + std::to_string(++jobs_)},
                      {"solutionVersionArn", arn("solution/" + solution + "/1")},
                      {"jobInput", {{"s3DataSource", {{"path", "s3://bucket/in/"}}}}},
                      {"jobOutput", {{"s3DataDestination", {{"path", "s3://bucket/out/"}}}}},
                      {"roleArn", "arn:aws:iam::000000000000:role/personalize"}};
        input.update(more);
        kind_ = kind;
        const support::Answer answer = world_.call("CreateBatch" + kind + "Job", input);
        EXPECT_EQ(answer.status, 200) << answer.text;
        world_.advance(std::chrono::hours(1));
        described();
    }

    /// The latest job.
    Json described() {
        const std::string member = "batch" + kind_ + "Job";
        const std::string path = kind_ == "Inference" ? "batch-inference-job/job-" : "batch-segment-job/job-";
        return world_.call("DescribeBatch" + kind_ + "Job", {{member + "Arn", arn(path + std::to_string(jobs_))}})
            .body[member];
    }

    /// What the history says of the latest job's work.
    Json work() {
        const std::string path = kind_ == "Inference" ? "batch-inference-job/job-" : "batch-segment-job/job-";
        const std::string target = "/_local/history?arn=" + arn(path + std::to_string(jobs_));
        const Json history = world_.send({.method = "GET", .target = target, .headers = {}, .body = {}}).body;
        for (const Json& entry : history.at("history")) {
            if (entry.contains("work")) return entry["work"];
        }
        return nullptr;
    }

    /// "ACTIVE", or "CREATE FAILED: why".
    std::string outcome() {
        const Json job = described();
        const std::string status = job.value("status", "");
        return job.contains("failureReason") ? status + ": " + job["failureReason"].get<std::string>() : status;
    }

    /// Runs a job over one file to its end. Returns its output, or the outcome of a job that has not succeeded.
    std::string inference(const std::string& solution, std::string_view lines, Json more = Json::object()) {
        return run("Inference", solution, lines, std::move(more));
    }
    std::string segment(const std::string& solution, std::string_view lines, Json more = Json::object()) {
        return run("Segment", solution, lines, std::move(more));
    }

    /// Sends a request of the runtime, which may wait for models and filters.
    support::Answer ask(std::string_view path, const Json& input) {
        const std::string body = input.dump();
        const protocol::Request request{
            .method = "POST", .target = path, .headers = {{"content-type", "application/json"}}, .body = body};
        control::Reply reply = world_.engine().answer(request);
        while (const auto* const waiting = std::get_if<control::Waiting>(&reply)) {
            finish();
            reply = world_.engine().check(request, control::Waiting(*waiting), false);
        }
        support::Answer answer{.response = std::get<protocol::Response>(std::move(reply))};
        answer.status = answer.response.status;
        answer.body = Json::parse(answer.response.body, nullptr, false);
        return answer;
    }

    bool step() { return hand_.step(); }
    void finish() { hand_.run(); }
    support::World& world() { return world_; }

private:
    std::string run(const std::string& kind, const std::string& solution, std::string_view lines, Json more) {
        put("in/lines.json", lines);
        begin(kind, solution, std::move(more));
        finish();
        return outcome() == "ACTIVE" ? get("out/lines.json.out") : outcome();
    }

    storage::TemporaryFolder folder_;
    s3::FolderStore objects_{folder_.path()};
    support::World world_{support::HandJobs::settings(true)};
    support::HandJobs hand_{world_, &objects_};
    std::string kind_ = "Inference";
    int jobs_ = 0;
};

/// The group "films" with solution versions named like their recipes, without "aws-".
inline Json films_for(const std::vector<std::string>& recipes) {
    Json document = runtime::film_document();
    for (const std::string& recipe : recipes) runtime::add_campaign(document, recipe, "aws-" + recipe);
    return document;
}

}  // namespace plocal::jobs
