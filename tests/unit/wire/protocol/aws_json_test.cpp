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

/// What a request leads to: "call OPERATION INPUT", "error NAME", or "STATUS BODY" for an error in another form.
std::string outcome(const Request& request) {
    try {
        const Call call = aws_json::protocol.read(model::personalize(), nullptr, request);
        EXPECT_EQ(call.service, &model::personalize());
        return "call " + call.operation->name + " " + call.input.dump();
    } catch (const ApiError& error) {
        const Response response = aws_json::protocol.error(error, stamp);
        EXPECT_EQ(response.status, error.status());
        if (header_of(response, "content-type") != json) return std::to_string(response.status) + " " + response.body;
        EXPECT_EQ(response.status, 400);
        return "error " + error.name();
    }
}

/// The response to a request that cannot be read.
Response refusal_of(const Request& request) {
    try {
        aws_json::protocol.read(model::personalize(), nullptr, request);
    } catch (const ApiError& error) {
        return aws_json::protocol.error(error, stamp);
    }
    ADD_FAILURE() << "it was read";
    return {};
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

// Fidelity: seen | The method is checked first: any other than POST gets a 403 with XML | sibling Kinesis:
//   mhart/kinesalite, test/connection.js
// Fidelity: seen | A content type other than JSON gets a 404 with XML, and a 403 with XML if there is no target
//   either | sibling Kinesis: mhart/kinesalite, test/connection.js
// Fidelity: seen | The content type `application/json` gets a 404 with an unknown operation inside of an `Output` |
//   sibling Kinesis: mhart/kinesalite, test/connection.js
// Fidelity: seen | The target is checked after content type and body. A target that is missing, unknown or in another
//   case is an UnknownOperationException | sibling Kinesis: mhart/kinesalite, test/connection.js
TEST(AwsJson, ChecksInTheOrderOfTheService) {
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
TEST(AwsJson, IgnoresThePath) {
    Request request = request_with("POST", json, known, "{}");
    request.target = "/some/where?else";
    EXPECT_EQ(outcome(request), called);
}

// Fidelity: seen | A signed GET names no operation and gets an AccessDeniedException. An unsigned GET gets a
//   MissingAuthenticationTokenException | sibling Kinesis: mhart/kinesalite, test/connection.js
TEST(AwsJson, RefusesASignedRequestThatNamesNoOperation) {
    Request request = request_with("GET", json, absent, "");
    request.headers.push_back(
        {"Authorization", "AWS4-HMAC-SHA256 Credential=key/20260131/us-east-1/personalize/aws4_request, Signature=0"});
    EXPECT_EQ(outcome(request), no_operation);
    request.headers.back().value = "Bearer of no scope";
    EXPECT_EQ(outcome(request), no_operation);
}

TEST(AwsJson, NamesTheOtherServiceThatARequestIsSignedFor) {
    const char* const s3 = "AWS4-HMAC-SHA256 Credential=key/20260131/us-east-1/s3/aws4_request, Signature=0";
    const char* const sts = "AWS4-HMAC-SHA256 Credential=key/20260131/us-east-1/sts/aws4_request, Signature=0";
    Request get_object = request_of("GET", "/bucket/key", {{"authorization", s3}});
    EXPECT_EQ(outcome(get_object), wrong_type);
    EXPECT_EQ(header_of(refusal_of(get_object), why_header),
              "the request is signed for s3; only Amazon Personalize is here (inferred)");
    EXPECT_EQ(
        outcome(request_of("POST", "/", {{"authorization", sts}, {"content-type", "application/x-www-form-urlencoded"}},
                           "Action=GetCallerIdentity")),
        wrong_type);
}

TEST(AwsJson, GivesTheReasonForEveryRefusal) {
    for (const Request& request :
         {request_with("GET", json, known, ""), request_with("POST", absent, absent, "{}"),
          request_with("POST", absent, known, "{}"), request_with("POST", "application/json", known, "{}")}) {
        EXPECT_TRUE(header_of(refusal_of(request), why_header).ends_with("(seen)"));
    }
}

std::vector<std::string> lines_of(const Response& response) {
    std::vector<std::string> lines{std::to_string(response.status)};
    for (const ResponseHeader& each : response.headers)
        lines.push_back(std::string(each.name).append(": ").append(each.value.view()));
    lines.push_back(response.body);
    return lines;
}

// Fidelity: seen | Since April 2024 a success of the control plane has four security headers besides date, type and
//   request id | aws-samples/amazon-personalize-immersion-day, Media_02, Media_03 and TravelGenAI
// Fidelity: seen | The content type of an answer is `application/x-amz-json-1.1`, without a charset |
//   aws-samples/amazon-personalize-samples; aws-samples/amazon-personalize-immersion-day
TEST(AwsJson, AnswersASuccessWithTheHeadersOfTheService) {
    EXPECT_THAT(lines_of(aws_json::protocol.output(R"({"a":1})", stamp)),
                testing::UnorderedElementsAre(
                    "200", "content-type: application/x-amz-json-1.1", "date: Sat, 31 Jan 2026 12:00:00 GMT",
                    "x-amzn-requestid: 01234567-89ab-4cde-8f01-23456789abcd",
                    "strict-transport-security: max-age=47304000; includeSubDomains", "x-frame-options: DENY",
                    "cache-control: no-cache", "x-content-type-options: nosniff", R"({"a":1})"));
}

// Fidelity: seen | A void operation answers 200 with the usual content type and an empty body, not `{}` |
//   aws-samples/amazon-personalize-samples, personalize_coldstart_demo.ipynb and personalize_temporal_holdout.ipynb
TEST(AwsJson, AnswersAVoidOperationWithAnEmptyBody) {
    const Response response = aws_json::protocol.output("", stamp);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "");
    EXPECT_EQ(header_of(response, "content-type"), "application/x-amz-json-1.1");
}

// Fidelity: seen | The body of an error has `__type` with the bare name of the error, and `message` in lower case |
//   sibling Kinesis: mhart/kinesalite, index.js
// Fidelity: inferred | An error has the headers of a success and no `x-amzn-errortype`, because no success of the
//   control plane has one | -
TEST(AwsJson, AnswersAnErrorWithItsBareNameAndAMessage) {
    const Response response = aws_json::protocol.error(
        ApiError("ResourceNotFoundException", "The \"given\" \xc3\xa9", "because", Evidence::seen), stamp);
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(response.body, "{\"__type\":\"ResourceNotFoundException\",\"message\":\"The \\\"given\\\" \xc3\xa9\"}");
    EXPECT_EQ(header_of(response, "content-type"), "application/x-amz-json-1.1");
    EXPECT_EQ(header_of(response, "x-amzn-requestid"), stamp.request_id);
    EXPECT_EQ(header_of(response, "x-amzn-errortype"), "(none)");
    EXPECT_EQ(header_of(response, why_header), "because (seen)");
}

TEST(AwsJson, LeavesOutAnEmptyMessage) {
    const Response response =
        aws_json::protocol.error(ApiError("InternalFailure", "", "ours", Evidence::inferred, 500), stamp);
    EXPECT_EQ(response.status, 500);
    EXPECT_EQ(response.body, R"({"__type":"InternalFailure"})");
}

TEST(AwsJson, RefusesASignatureWithStatus400) {
    EXPECT_EQ(aws_json::protocol.signature_status, 400);
}

TEST(AwsJson, StampsAnErrorInAnotherFormLikeAnyResponse) {
    EXPECT_THAT(lines_of(refusal_of(request_with("POST", "application/json", known, "{}"))),
                testing::ElementsAre(
                    "404", "x-personalize-local-why: the content type must be application/x-amz-json-1.1 (seen)",
                    "content-type: application/json", "date: Sat, 31 Jan 2026 12:00:00 GMT",
                    "x-amzn-requestid: 01234567-89ab-4cde-8f01-23456789abcd",
                    "strict-transport-security: max-age=47304000; includeSubDomains", "x-frame-options: DENY",
                    "cache-control: no-cache", "x-content-type-options: nosniff",
                    R"({"Output":{"__type":"com.amazon.coral.service#UnknownOperationException"},"Version":"1.0"})"));
}

}  // namespace
}  // namespace plocal::protocol
