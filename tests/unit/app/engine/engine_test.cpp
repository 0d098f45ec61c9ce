#include "server/app/engine/engine.h"

#include <filesystem>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/full_disk.h"
#include "tests/support/world.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::engine {
namespace {

using namespace std::chrono_literals;
using base::Json;
using support::Answer;
using support::arn;
using support::create_input;
using support::FullDisk;
using support::World;
using testing::HasSubstr;

protocol::Request request_of(std::string_view method, std::string_view target,
                             std::initializer_list<protocol::RequestHeader> headers = {}, std::string_view body = {}) {
    return {.method = method, .target = target, .headers = headers, .body = body};
}

TEST(Engine, DatesResponsesByTheClockOfTheService) {
    World world;
    EXPECT_EQ(world.call("ListBatchInferenceJobs", Json::object()).header("date"), "Sat, 31 Jan 2026 12:00:00 GMT");
    world.advance(876ms);
    EXPECT_EQ(world.call("ListBatchInferenceJobs", Json::object()).header("date"), "Sat, 31 Jan 2026 12:00:00 GMT");
    world.advance(1ms);
    EXPECT_EQ(world.call("ListBatchInferenceJobs", Json::object()).header("date"), "Sat, 31 Jan 2026 12:00:01 GMT");
    EXPECT_EQ(world.send(request_of("GET", "/_local/health")).header("date"), "Sat, 31 Jan 2026 12:00:01 GMT");
    EXPECT_EQ(world.send(request_of("OPTIONS", "/")).header("date"), "Sat, 31 Jan 2026 12:00:01 GMT");
    EXPECT_EQ(world.send(request_of("GET", "/")).header("date"), "Sat, 31 Jan 2026 12:00:01 GMT");
}

TEST(Engine, GivesEachResponseOfAServiceItsOwnRequestId) {
    World world;
    std::set<std::string> ids;
    for (int i = 0; i < 10; ++i) {
        ids.insert(world.call("ListBatchInferenceJobs", Json::object()).header("x-amzn-requestid"));
        ids.insert(world.call("ListRecipes", Json::object()).header("x-amzn-requestid"));
        ids.insert(world.send(request_of("GET", "/")).header("x-amzn-requestid"));
        ids.insert(world.send(request_of("POST", "/events", {}, "{}")).header("x-amzn-requestid"));
    }
    EXPECT_EQ(ids.size(), 40u);
    EXPECT_FALSE(ids.contains(""));
}

TEST(Engine, ChecksSignaturesIfItHasCredentials) {
    World world(World::Made(), {}, ":memory:",
                signing::read_credentials("[ci]\naws_access_key_id=KEY\naws_secret_access_key=secret\n", "file"));
    world.load(Json::parse(R"({"rules": [{"match": {"operation": "ListSchemas"}, "times": 1,
                                          "error": {"type": "ThrottlingException"}}]})"));
    const Answer unsigned_answer = world.call("ListSchemas", Json::object());
    EXPECT_EQ(unsigned_answer.error(), "MissingAuthenticationTokenException");
    EXPECT_EQ(unsigned_answer.status, 400);
    EXPECT_EQ(world.call_as("OTHER", "us-east-1", "ListSchemas", Json::object()).error(),
              "IncompleteSignatureException")
        << "there is no date";
    EXPECT_EQ(world.send(request_of("POST", "/recommendations", {}, "{}")).status, 403);
    EXPECT_EQ(world.call("ListNothing", Json::object()).error(), "UnknownOperationException")
        << "the operation is checked first, as by the service";
    const Answer rules = world.send(request_of("GET", "/_local/rules"));
    EXPECT_EQ(rules.status, 200) << "no signature is needed there";
    EXPECT_EQ(rules.body["rules"][0]["times"], 1) << "a request that is refused uses up no rule";
}

TEST(Engine, LetsLocalPagesReadAllResponses) {
    World world;
    for (const protocol::Request& request :
         {request_of("POST", "/", {{"origin", "http://localhost:3000"}}),
          request_of("GET", "/", {{"origin", "http://localhost:3000"}}),
          request_of("GET", "/_local/health", {{"origin", "http://localhost:3000"}}),
          request_of("POST", "/events", {{"origin", "http://localhost:3000"}}, "{}"),
          request_of("OPTIONS", "/_local/state", {{"origin", "http://localhost:3000"}})}) {
        EXPECT_EQ(world.send(request).header("access-control-allow-origin"), "http://localhost:3000")
            << request.method << " " << request.target;
    }
    EXPECT_EQ(world.send(request_of("GET", "/_local/health", {{"origin", "http://example.com"}}))
                  .header("access-control-allow-origin"),
              "");
}

// A browser sends simple requests without asking first: their bodies have no content type, or one that forms have.
TEST(Engine, RefusesRequestsByPagesOfOtherOrigins) {
    World world;
    for (const char* const origin : {"https://example.com", "http://example.com:7377", "null"}) {
        const Answer of_runtime =
            world.send(request_of("POST", "/recommendations", {{"origin", origin}, {"host", "localhost:7377"}}, "{}"));
        EXPECT_EQ(of_runtime.status, 403) << origin;
        EXPECT_EQ(of_runtime.error(), "AccessDeniedException");
        EXPECT_THAT(of_runtime.header("x-personalize-local-why"), HasSubstr("--cors-origin"));
        EXPECT_EQ(of_runtime.header("access-control-allow-origin"), "");
        // A name that points at this machine makes such a page one of the same origin for the browser.
        const Answer rebound = world.send(
            request_of("POST", "/", {{"origin", "http://example.com:7377"}, {"host", "example.com:7377"}}, "{}"));
        EXPECT_EQ(rebound.status, 403);
        EXPECT_EQ(rebound.error(), "AccessDeniedException");
    }
    const Answer own =
        world.send(request_of("POST", "/events", {{"origin", "http://mock:7377"}, {"host", "mock:7377"}}, "{}"));
    EXPECT_EQ(own.error(), "ValidationException") << "a page of this server, under a name of this machine";
    EXPECT_EQ(world.send(request_of("POST", "/events", {}, "{}")).error(), "ValidationException") << "no page";
}

TEST(Engine, RefusesSignaturesThatAreNotUtf8) {
    World world(World::Made(), {.clock = lifecycle::Clock::frozen(World::start_time())}, ":memory:",
                signing::read_credentials("[ci]\naws_access_key_id=KEY\naws_secret_access_key=secret\n", "file"));
    const char* const signature = "AWS4-HMAC-SHA256 \xFF";
    for (const Answer& answer : {world.send(request_of("POST", "/events", {{"authorization", signature}}, "{}")),
                                 world.send(request_of("POST", "/",
                                                       {{"content-type", "application/x-amz-json-1.1"},
                                                        {"authorization", signature},
                                                        {"x-amz-target", "AmazonPersonalize.ListSchemas"}},
                                                       "{}"))}) {
        EXPECT_EQ(answer.error(), "IncompleteSignatureException") << answer.text;
        EXPECT_EQ(answer.message().substr(0, 5), "'\xEF\xBF\xBD'");
    }
}

TEST(Engine, ShowsRequestsAfterABodyThatIsNoJson) {
    World world;
    EXPECT_EQ(world.send(request_of("POST", "/events", {}, std::string_view("{}\0 x", 5))).error(),
              "SerializationException");
    EXPECT_EQ(world.send(request_of("GET", "/_local/requests")).body.at("requests").size(), 1u);
}

TEST(Engine, AnswersOptionsForAnyTarget) {
    World world;
    for (const char* const target : {"/", "/events", "/_local/none", "*"}) {
        const Answer answer = world.send(request_of("OPTIONS", target, {{"content-type", "text/plain"}}, "hello"));
        EXPECT_EQ(answer.status, 200) << target;
        EXPECT_EQ(answer.text, "") << target;
    }
}

/// A job without steps: it has no status at any moment, so a Describe of it fails.
void insert_broken_job(World& world) {
    storage::Record record;
    record.owner = {"000000000000", "us-east-1"};
    record.kind = "batchInferenceJob";
    record.arn = arn("batch-inference-job/broken");
    record.name = "broken";
    record.document = "{}";
    world.store().resources().insert(record, {});
}

// Fidelity: documented | A fault of the service itself is an InternalFailure with status 500 | DG/CommonErrors.html
TEST(Engine, AnswersItsOwnFaultWithABare500AndContinues) {
    World world;
    support::load_solution_version(world);
    insert_broken_job(world);
    const Answer answer =
        world.call("DescribeBatchInferenceJob", {{"batchInferenceJobArn", arn("batch-inference-job/broken")}});
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.text, R"({"__type":"InternalFailure"})");
    EXPECT_EQ(answer.header("content-type"), "application/x-amz-json-1.1");
    EXPECT_NE(answer.header("x-amzn-requestid"), "");
    EXPECT_EQ(world.call("CreateBatchInferenceJob", create_input("one")).status, 200);
}

TEST(Engine, RecordsAFaultInTheJournal) {
    World world;
    insert_broken_job(world);
    world.call("DescribeBatchInferenceJob", {{"batchInferenceJobArn", arn("batch-inference-job/broken")}});
    const Json requests = world.send(request_of("GET", "/_local/requests")).body.at("requests");
    ASSERT_EQ(requests.size(), 1u);
    EXPECT_EQ(requests[0].at("operation"), "DescribeBatchInferenceJob");
    EXPECT_EQ(requests[0].at("status"), 500);
    EXPECT_EQ(requests[0].at("error"), "InternalFailure");
}

TEST(Engine, FinishesAFaultOfAControlCallLikeAnyResponse) {
    World world;
    const storage::sqlite::Transaction other = world.store().begin();  // no second one can begin
    const Answer answer = world.send(request_of("POST", "/_local/reset", {{"origin", "http://localhost:3000"}}));
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.header("access-control-allow-origin"), "http://localhost:3000");
    EXPECT_EQ(answer.header("date"), "Sat, 31 Jan 2026 12:00:00 GMT");
}

TEST(Engine, UndoesAChangeThatAFaultInterrupts) {
    World world;
    support::load_solution_version(world);
    {
        const storage::sqlite::Transaction other = world.store().begin();  // no second one can begin
        EXPECT_EQ(world.call("CreateBatchInferenceJob", create_input("one")).status, 500);
    }
    EXPECT_FALSE(world.store().resources().find(arn("batch-inference-job/one")));
    EXPECT_EQ(world.call("CreateBatchInferenceJob", create_input("one")).status, 200);
}

TEST(Engine, LosesNothingIfTheDiskIsFull) {
    const storage::TemporaryFolder folder;
    std::vector<std::string> acknowledged;
    {
        World world({}, folder.file("world.db"));
        support::load_solution_version(world);
        int refused = 0;
        {
            const FullDisk disk(512 * 1024);
            for (int i = 0; i < 2000 && refused < 3; ++i) {
                const std::string name = "job-" + std::to_string(i);
                const Answer answer = world.call("CreateBatchInferenceJob", create_input(name));
                if (answer.status == 200) acknowledged.push_back(name);
                if (answer.status != 200) {
                    EXPECT_EQ(answer.status, 500);
                    EXPECT_EQ(answer.text, R"({"__type":"InternalFailure"})");
                    ++refused;
                }
            }
            EXPECT_EQ(refused, 3);
            EXPECT_EQ(
                world.call("DescribeBatchInferenceJob", {{"batchInferenceJobArn", arn("batch-inference-job/job-0")}})
                    .status,
                200)
                << "reading still works";
        }
        EXPECT_EQ(world.call("CreateBatchInferenceJob", create_input("afterwards")).status, 200)
            << "there is room again";
        acknowledged.push_back("afterwards");
    }
    World again({}, folder.file("world.db"));
    EXPECT_GT(acknowledged.size(), 3u);
    EXPECT_EQ(again.store().counts().by_kind().at("batchInferenceJob"), static_cast<std::int64_t>(acknowledged.size()));
    for (const std::string& name : acknowledged) {
        EXPECT_TRUE(again.store().resources().find(arn("batch-inference-job/" + name))) << name;
    }
}

TEST(Engine, WritesItsOwnFaultInTheProtocolOfTheRequest) {
    const storage::TemporaryFolder folder;
    World world({}, folder.file("world.db"));
    world.load(Json::parse(R"({"rules": [{"match": {"operation": "PutEvents"}, "times": 1, "delay": "0s"}]})"));
    Answer answer;
    {
        const FullDisk disk(0);  // the count of the rule cannot be stored
        answer = world.send(request_of("POST", "/events", {{"content-type", "application/json"}}, "{}"));
    }
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.text, "{}");
    EXPECT_EQ(answer.header("content-type"), "application/json");
    EXPECT_EQ(answer.header("x-amzn-errortype"), "InternalFailure");
    EXPECT_NE(answer.header("x-amzn-requestid"), "");
    EXPECT_EQ(world.send(request_of("POST", "/events", {}, "{}")).error(), "ValidationException")
        << "there is room again";
}

/// The log lines of a new engine for these requests, each without its time.
std::vector<std::string> logged(std::initializer_list<protocol::Request> requests,
                                base::Level level = base::Level::info, std::string_view fixture = "{}") {
    testing::internal::CaptureStderr();
    {
        base::Log log(level, base::Format::text);
        storage::Store store(":memory:");
        Engine engine({.clock = lifecycle::Clock::frozen(World::start_time()),
                       .documents = {{"test.json", std::string(fixture)}}},
                      store, log);
        for (const protocol::Request& request : requests) engine.answer(request);
    }
    std::istringstream text(testing::internal::GetCapturedStderr());
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);) lines.push_back(line.substr(line.find(' ') + 1));
    return lines;
}

/// The warnings in the log for one call of an account.
std::vector<std::string> noted(const char* target, const char* account, const Json& input, std::string_view fixture) {
    const std::string body = input.dump();
    const std::string authorization = std::string("AWS4-HMAC-SHA256 Credential=") + account +
                                      "/20260131/us-east-1/personalize/aws4_request, SignedHeaders=host, Signature=00";
    return logged({request_of("POST", "/",
                              {{"content-type", "application/x-amz-json-1.1"},
                               {"x-amz-target", target},
                               {"authorization", authorization}},
                              body)},
                  base::Level::warn, fixture);
}

constexpr const char* uuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

TEST(EngineLog, HasOneLineForEachRequest) {
    const auto lines = logged({request_of("POST", "/",
                                          {{"content-type", "application/x-amz-json-1.1"},
                                           {"x-amz-target", "AmazonPersonalize.ListBatchInferenceJobs"},
                                           {"authorization",
                                            "AWS4-HMAC-SHA256 Credential=111111111111/20260131/eu-west-1/personalize/"
                                            "aws4_request, SignedHeaders=host, Signature=00"}},
                                          "{}"),
                               request_of("GET", "/_local/clock?account=111111111111")});
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_THAT(lines[0], testing::MatchesRegex("info request operation=ListBatchInferenceJobs status=200 "
                                                "account=111111111111 region=eu-west-1 us=[0-9]+ request_id=" +
                                                std::string(uuid)));
    EXPECT_THAT(lines[1],
                testing::MatchesRegex(
                    "info request operation=\"GET /_local/clock\\?account=111111111111\" status=200 us=[0-9]+ "
                    "request_id=" +
                    std::string(uuid)));
}

TEST(EngineLog, HasTheErrorAndItsReason) {
    const auto lines =
        logged({request_of("POST", "/events", {}, R"({"trackingId":"t","sessionId":"s","eventList":[]})")});
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_THAT(lines[0],
                HasSubstr("operation=PutEvents status=400 error=ValidationException why=\"constraints of the model"));
}

TEST(EngineLog, NamesTheOtherServiceThatARequestIsSignedFor) {
    const char* const dynamodb =
        "AWS4-HMAC-SHA256 Credential=key/20260131/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=00";
    const char* const s3 =
        "AWS4-HMAC-SHA256 Credential=key/20260131/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00";
    const auto lines = logged({request_of("POST", "/",
                                          {{"content-type", "application/x-amz-json-1.1"},
                                           {"x-amz-target", "DynamoDB_20120810.ListTables"},
                                           {"authorization", dynamodb}},
                                          "{}"),
                               request_of("GET", "/bucket", {{"authorization", s3}})});
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_THAT(lines[0], HasSubstr("status=400 error=UnknownOperationException"));
    EXPECT_THAT(lines[0], HasSubstr("signed_for=dynamodb"));
    EXPECT_THAT(lines[1], HasSubstr("operation=\"GET /bucket\" status=404"));
    EXPECT_THAT(lines[1], HasSubstr("signed_for=s3"));
}

constexpr const char* lone_version =
    R"({"solutionVersion": {"solutionVersionArn": "arn:aws:personalize:us-east-1:000000000000:solution/movies/1234abcd"}})";

TEST(EngineLog, NotesHowToAddAMissingReference) {
    const auto lines = noted("AmazonPersonalize.CreateBatchInferenceJob", "key", create_input("one"), "{}");
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_THAT(
        lines[0],
        HasSubstr(
            R"(note text="there is no solution version arn:aws:personalize:us-east-1:000000000000:solution/)"
            R"(movies/1234abcd; load it with the fixture {\"solutionVersions\":[{\"solutionVersionArn\":\"arn:aws:)"
            R"(personalize:us-east-1:000000000000:solution/movies/1234abcd\"}]}, or start with )"
            R"(--references lenient to assume that it exists")"));
}

TEST(EngineLog, NotesTheAccountOfAResourceThatTheCallerCannotSee) {
    const char* const job = R"({"batchInferenceJob": {"batchInferenceJobArn":
        "arn:aws:personalize:eu-west-1:111111111111:batch-inference-job/hers"}})";
    const auto lines =
        noted("AmazonPersonalize.DescribeBatchInferenceJob", "222222222222",
              {{"batchInferenceJobArn", "arn:aws:personalize:eu-west-1:111111111111:batch-inference-job/hers"}}, job);
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_THAT(lines[0],
                HasSubstr("the batch inference job exists, in account 111111111111 and region eu-west-1, which the "
                          "request's signature does not name"));
}

TEST(EngineLog, DoesNotCallAResourceOfAnotherAccountMissing) {
    const auto lines =
        noted("AmazonPersonalize.CreateBatchInferenceJob", "222222222222", create_input("one"), lone_version);
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_THAT(lines[0], HasSubstr("it is taken to exist and to fit")) << "what the fixture names";
    EXPECT_THAT(lines[1], HasSubstr("the solution version exists, in account 000000000000"));
}

TEST(EngineLog, EscapesATargetThatLooksLikeALine) {
    const auto lines = logged({request_of("GET", "/\ninfo request operation=forged\x1b[2J")});
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_THAT(lines[0], HasSubstr(R"(operation="GET /\ninfo request operation=forged\u001b[2J")"));
}

}  // namespace
}  // namespace plocal::engine
