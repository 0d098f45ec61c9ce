#include "server/wire/protocol/aws_json.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/wire/protocol/requests.h"

namespace plocal::protocol {
namespace {

using model::ApiError;
using model::Evidence;

const Stamp stamp{"01234567-89ab-4cde-8f01-23456789abcd", "Sat, 31 Jan 2026 12:00:00 GMT"};

constexpr const char* json = "application/x-amz-json-1.1";
constexpr const char* known = "AmazonPersonalize.DescribeBatchInferenceJob";
constexpr const char* absent = nullptr;  // the header is not sent

/// What becomes of a request: "call OPERATION INPUT", "error NAME" or "STATUS BODY".
std::string outcome(const Request& request) {
    try {
        const Reading reading = aws_json::read(model::personalize(), request);
        if (const auto* const call = std::get_if<Call>(&reading)) {
            EXPECT_EQ(call->service, &model::personalize());
            return "call " + call->operation->name + " " + call->input.dump();
        }
        const Response& response = std::get<Refusal>(reading).response;
        return std::to_string(response.status) + " " + response.body;
    } catch (const ApiError& error) {
        EXPECT_EQ(error.status(), 400);
        return "error " + error.name();
    }
}

Request request_with(std::string_view method, const char* content_type, const char* target, std::string_view body) {
    Request request = request_of(method, "/", {}, body);
    if (content_type != nullptr) request.headers.push_back({"Content-Type", content_type});
    if (target != nullptr) request.headers.push_back({"X-Amz-Target", target});
    return request;
}

const std::string no_token =
    "403 <MissingAuthenticationTokenException>\n  <Message>Missing Authentication Token</Message>\n"
    "</MissingAuthenticationTokenException>\n";
const std::string no_operation =
    "403 <AccessDeniedException>\n  <Message>Unable to determine service/operation name to be authorized</Message>\n"
    "</AccessDeniedException>\n";
const std::string wrong_type = "404 <UnknownOperationException/>\n";
const std::string plain_type =
    R"(404 {"Output":{"__type":"com.amazon.coral.service#UnknownOperationException"},"Version":"1.0"})";
const std::string unknown = "error UnknownOperationException";
const std::string no_json = "error SerializationException";
const std::string called = "call DescribeBatchInferenceJob {}";

struct Case {
    const char* name;
    const char* method;
    const char* content_type;
    const char* target;
    const char* body;
    std::string outcome;
};

// Fidelity: seen | The method is looked at first: all but POST is a 403 with XML | sibling Kinesis: mhart/kinesalite,
//   test/connection.js
// Fidelity: seen | A content type that is no JSON of AWS's is a 404 with XML, and a 403 with XML where there is no
//   target either | sibling Kinesis: mhart/kinesalite, test/connection.js
// Fidelity: seen | The content type `application/json` is a 404 that tells of an unknown operation inside of an
//   `Output` | sibling Kinesis: mhart/kinesalite, test/connection.js
// Fidelity: seen | The target is looked at after content type and body; missing, unknown or in another case, it is an
//   UnknownOperationException | sibling Kinesis: mhart/kinesalite, test/connection.js
TEST(AwsJson, ChecksInTheServicesOrder) {
    const Case cases[] = {
        {"all as it should be", "POST", json, known, R"({"a":1})", R"(call DescribeBatchInferenceJob {"a":1})"},
        {"the method first", "GET", "text/plain", "Other.Thing", "hello", no_token},
        {"PUT", "PUT", json, known, "{}", no_token},
        {"DELETE", "DELETE", json, known, "{}", no_token},
        {"HEAD", "HEAD", absent, absent, "", no_token},
        {"a method in small letters", "post", json, known, "{}", no_token},

        {"an empty body is an empty object", "POST", json, known, "", called},
        {"an empty body without a target", "POST", json, absent, "", unknown},
        {"an empty body without anything", "POST", absent, absent, "", unknown},
        {"an empty body, an unknown target and a wrong type", "POST", "text/plain", "AmazonPersonalize.No", "",
         unknown},
        {"an empty body and a wrong type", "POST", "text/plain", known, "", wrong_type},

        {"the content type before the body", "POST", "text/plain", known, "hello", wrong_type},
        {"the content type before the target", "POST", "text/plain", "Other.Thing", "{}", wrong_type},
        {"neither type nor target", "POST", "text/plain", absent, "{}", no_operation},
        {"no content type", "POST", absent, known, "{}", wrong_type},
        {"neither", "POST", absent, absent, "{}", no_operation},
        {"another version's type", "POST", "application/x-amz-json-1.0", known, "{}", wrong_type},
        {"a form", "POST", "application/x-www-form-urlencoded", known, "a=b", wrong_type},
        {"with a charset", "POST", "application/x-amz-json-1.1; charset=utf-8", known, "{}", called},
        {"with a charset and a blank before it", "POST", "application/x-amz-json-1.1 ;charset=utf-8", known, "{}",
         called},
        {"in capitals", "POST", "APPLICATION/X-AMZ-JSON-1.1", known, "{}", called},
        {"a type that only begins so", "POST", "application/x-amz-json-1.12", known, "{}", wrong_type},

        {"the body before a plain type", "POST", "application/json", known, "hello", no_json},
        {"a plain type before the target", "POST", "application/json", "Other.Thing", "{}", plain_type},
        {"a plain type", "POST", "application/json", known, "{}", plain_type},
        {"a plain type with a charset", "POST", "application/json; charset=UTF-8", known, "{}", plain_type},
        {"a plain type without a target", "POST", "application/json", absent, "{}", plain_type},

        {"the body before the target", "POST", json, "Other.Thing", "hello", no_json},
        {"no JSON", "POST", json, known, "hello", no_json},
        {"no object", "POST", json, known, "true", no_json},
        {"a list", "POST", json, known, "[]", no_json},

        {"no target", "POST", json, absent, "{}", unknown},
        {"an empty target", "POST", json, "", "{}", unknown},
        {"no dot", "POST", json, "DescribeBatchInferenceJob", "{}", unknown},
        {"no operation", "POST", json, "AmazonPersonalize.", "{}", unknown},
        {"an unknown operation", "POST", json, "AmazonPersonalize.DescribeBatchInferenceJobs", "{}", unknown},
        {"an operation in other letters", "POST", json, "AmazonPersonalize.describeBatchInferenceJob", "{}", unknown},
        {"a service in other letters", "POST", json, "amazonpersonalize.DescribeBatchInferenceJob", "{}", unknown},
        {"another service", "POST", json, "DynamoDB_20120810.ListTables", "{}", unknown},
        {"a service that only begins so", "POST", json, "AmazonPersonalizeX.DescribeBatchInferenceJob", "{}", unknown},
        {"an operation of a REST service", "POST", json, "AmazonPersonalize.PutEvents", "{}", unknown},
        {"a blank", "POST", json, "AmazonPersonalize.DescribeBatchInferenceJob ", "{}", unknown},
    };
    for (const Case& one : cases) {
        EXPECT_EQ(outcome(request_with(one.method, one.content_type, one.target, one.body)), one.outcome) << one.name;
    }
}

// Fidelity: seen | The path of a request to the control plane does not matter | sibling Kinesis: mhart/kinesalite,
//   index.js
TEST(AwsJson, DoesNotLookAtThePath) {
    Request request = request_with("POST", json, known, "{}");
    request.target = "/some/where?else";
    EXPECT_EQ(outcome(request), called);
}

// Fidelity: seen | A signed GET is an AccessDeniedException, since no operation can be told; an unsigned one misses its
//   token | sibling Kinesis: mhart/kinesalite, test/connection.js
TEST(AwsJson, TellsASignedRequestThatNoOperationIsNamed) {
    Request request = request_with("GET", json, absent, "");
    request.headers.push_back(
        {"Authorization", "AWS4-HMAC-SHA256 Credential=key/20260131/us-east-1/personalize/aws4_request, Signature=0"});
    EXPECT_EQ(outcome(request), no_operation);
    request.headers.back().value = "Bearer of no scope";
    EXPECT_EQ(outcome(request), no_operation);
}

TEST(AwsJson, RefusesByNameWhatIsSignedForAnotherService) {
    const char* const s3 = "AWS4-HMAC-SHA256 Credential=key/20260131/us-east-1/s3/aws4_request, Signature=0";
    const char* const sts = "AWS4-HMAC-SHA256 Credential=key/20260131/us-east-1/sts/aws4_request, Signature=0";
    Request get_object = request_of("GET", "/bucket/key", {{"authorization", s3}});
    EXPECT_EQ(outcome(get_object), wrong_type);
    const Reading reading = aws_json::read(model::personalize(), get_object);
    EXPECT_EQ(header_of(std::get<Refusal>(reading).response, why_header),
              "the request is signed for s3; only Amazon Personalize is here (inferred)");
    EXPECT_EQ(
        outcome(request_of("POST", "/", {{"authorization", sts}, {"content-type", "application/x-www-form-urlencoded"}},
                           "Action=GetCallerIdentity")),
        wrong_type);
}

TEST(AwsJson, SaysWhyOfEveryRefusal) {
    for (const Request& request :
         {request_with("GET", json, known, ""), request_with("POST", absent, absent, "{}"),
          request_with("POST", absent, known, "{}"), request_with("POST", "application/json", known, "{}")}) {
        const Reading reading = aws_json::read(model::personalize(), request);
        EXPECT_TRUE(header_of(std::get<Refusal>(reading).response, why_header).ends_with("(seen)"));
    }
}

std::vector<std::string> lines_of(const Response& response) {
    std::vector<std::string> lines{std::to_string(response.status)};
    for (const ResponseHeader& each : response.headers) lines.push_back(std::string(each.name) + ": " + each.value);
    lines.push_back(response.body);
    return lines;
}

// Fidelity: seen | Since April 2024 a success of the control plane bears four headers of security besides date, type
//   and request id | aws-samples/amazon-personalize-immersion-day, Media_02, Media_03 and TravelGenAI
// Fidelity: seen | The content type of an answer is `application/x-amz-json-1.1`, without a charset |
//   aws-samples/amazon-personalize-samples; aws-samples/amazon-personalize-immersion-day
TEST(AwsJson, AnswersASuccessWithTheServicesHeaders) {
    EXPECT_THAT(lines_of(aws_json::output(R"({"a":1})", stamp)),
                testing::UnorderedElementsAre(
                    "200", "content-type: application/x-amz-json-1.1", "date: Sat, 31 Jan 2026 12:00:00 GMT",
                    "x-amzn-requestid: 01234567-89ab-4cde-8f01-23456789abcd",
                    "strict-transport-security: max-age=47304000; includeSubDomains", "x-frame-options: DENY",
                    "cache-control: no-cache", "x-content-type-options: nosniff", R"({"a":1})"));
}

// Fidelity: seen | What has nothing to say answers 200 with the usual content type and an empty body, not `{}` |
//   aws-samples/amazon-personalize-samples, personalize_coldstart_demo.ipynb and personalize_temporal_holdout.ipynb
TEST(AwsJson, AnswersAVoidOperationWithAnEmptyBodyOfTheSameType) {
    const Response response = aws_json::output("", stamp);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "");
    EXPECT_EQ(header_of(response, "content-type"), "application/x-amz-json-1.1");
}

// Fidelity: seen | A refusal is `__type`, the bare name of the error, and a `message` in small letters | sibling
//   Kinesis: mhart/kinesalite, index.js
// Fidelity: inferred | A refusal bears the headers of a success and no `x-amzn-errortype`, since no success of the
//   control plane has one | -
TEST(AwsJson, AnswersARefusalByItsBareNameAndASmallMessage) {
    const Response response = aws_json::error(
        ApiError("ResourceNotFoundException", "The \"given\" \xc3\xa9", "because", Evidence::seen), stamp);
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(response.body, "{\"__type\":\"ResourceNotFoundException\",\"message\":\"The \\\"given\\\" \xc3\xa9\"}");
    EXPECT_EQ(header_of(response, "content-type"), "application/x-amz-json-1.1");
    EXPECT_EQ(header_of(response, "x-amzn-requestid"), stamp.request_id);
    EXPECT_EQ(header_of(response, "x-amzn-errortype"), "(none)");
    EXPECT_EQ(header_of(response, why_header), "because (seen)");
}

TEST(AwsJson, LeavesOutAMessageThatThereIsNot) {
    const Response response = aws_json::error(ApiError("InternalFailure", "", "ours", Evidence::inferred, 500), stamp);
    EXPECT_EQ(response.status, 500);
    EXPECT_EQ(response.body, R"({"__type":"InternalFailure"})");
}

}  // namespace
}  // namespace plocal::protocol
