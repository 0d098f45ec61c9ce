#include "tests/support/world.h"

#include <utility>
#include <variant>

#include <gtest/gtest.h>

#include "server/base/iso8601.h"
#include "server/model/service.h"
#include "tests/support/output_shape.h"

namespace plocal::support {

using base::Json;

std::string Answer::header(std::string_view name) const {
    for (const protocol::ResponseHeader& each : response.headers) {
        if (each.name == name) return std::string(each.value.view());
    }
    return {};
}

std::string Answer::error() const {
    if (body.is_object() && body.contains("__type")) return body["__type"];
    return header("x-amzn-errortype");
}

std::string Answer::message() const {
    return body.is_object() ? body.value("message", "") : "";
}

std::string outcome(const Answer& answer) {
    return answer.error().empty() ? std::to_string(answer.status) : answer.error() + ": " + answer.message();
}

base::Instant World::start_time() {
    return *base::parse_iso8601("2026-01-31T12:00:00.123Z");
}

World::World(resources::ServiceSettings settings, const std::string& database)
    : World(Made(),
            world::WorldConfig{.settings = std::move(settings), .clock = lifecycle::Clock::frozen(start_time())},
            database) {}

World::World(Made, world::WorldConfig config, const std::string& database,
             std::optional<signing::Credentials> credentials)
    : store_(database), engine_(std::move(config), store_, log_, {}, std::move(credentials)) {}

void World::load(const Json& document) {
    const std::string body = document.dump();
    const Answer answer = send({.method = "POST", .target = "/_local/state", .headers = {}, .body = body});
    EXPECT_EQ(answer.status, 200) << answer.text;
}

Answer World::call(std::string_view operation, const Json& input) {
    return call_as("", "", operation, input);
}

Answer World::call_as(std::string_view access_key, std::string_view region, std::string_view operation,
                      const Json& input) {
    const std::string target = "AmazonPersonalize." + std::string(operation);
    const std::string authorization = "AWS4-HMAC-SHA256 Credential=" + std::string(access_key) + "/20260131/" +
                                      std::string(region) +
                                      "/personalize/aws4_request, SignedHeaders=host, Signature=00";
    const std::string body = input.dump();
    protocol::Request request{.method = "POST", .target = "/", .headers = {}, .body = body};
    request.headers = {{"content-type", "application/x-amz-json-1.1"}, {"x-amz-target", target}};
    if (!access_key.empty() || !region.empty()) request.headers.push_back({"authorization", authorization});
    return send(request);
}

namespace {

/// Every successful answer of every test must fit the model.
void expect_valid_output(const protocol::Request& request, const Answer& answer) {
    constexpr std::string_view service = "AmazonPersonalize.";
    const std::string_view target = request.header("x-amz-target");
    if (answer.status != 200 || !target.starts_with(service)) return;
    const model::Operation* const operation = model::personalize().operation(target.substr(service.size()));
    if (operation == nullptr) return;
    if (operation->output == nullptr) {
        EXPECT_EQ(answer.text, "") << target;
    } else {
        EXPECT_EQ(find_misfit(*operation->output, answer.body), "") << target << ": " << answer.text;
    }
}

}  // namespace

Answer World::send(const protocol::Request& request) {
    Answer answer;
    control::Reply reply = engine_.answer(request);
    while (const auto* const waiting = std::get_if<control::Waiting>(&reply)) {
        if (waiting->check_again > std::chrono::steady_clock::now()) break;
        reply = engine_.check(request, control::Waiting(*waiting), false);
    }
    answer.response = std::get<protocol::Response>(std::move(reply));
    answer.status = answer.response.status;
    answer.text = answer.response.body;
    answer.body = Json::parse(answer.text, nullptr, false);
    if (answer.body.is_discarded()) answer.body = nullptr;
    expect_valid_output(request, answer);
    return answer;
}

void World::advance(std::chrono::milliseconds by) {
    engine_.clock().advance(by);
}

std::string arn(std::string_view type_and_id) {
    return "arn:aws:personalize:us-east-1:000000000000:" + std::string(type_and_id);
}

Json create_input(std::string_view job_name) {
    return {{"jobName", job_name},
            {"solutionVersionArn", arn("solution/movies/1234abcd")},
            {"jobInput", {{"s3DataSource", {{"path", "s3://bucket/input/users.json"}}}}},
            {"jobOutput", {{"s3DataDestination", {{"path", "s3://bucket/output/"}}}}},
            {"roleArn", "arn:aws:iam::000000000000:role/personalize"}};
}

void load_solution_version(World& world) {
    world.load({{"solutionVersion", {{"solutionVersionArn", arn("solution/movies/1234abcd")}}}});
}

}  // namespace plocal::support
