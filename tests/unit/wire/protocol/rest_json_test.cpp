#include "server/wire/protocol/rest_json.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/unit/wire/protocol/requests.h"

namespace plocal::protocol {
namespace {

using model::ApiError;
using model::Evidence;

const Stamp rest_stamp{"01234567-89ab-4cde-8f01-23456789abcd", "Sat, 31 Jan 2026 12:00:00 GMT"};

std::string rest_outcome(const Request& request) {
    const model::Service& events = model::personalize_events();
    try {
        const Call call = rest_json::protocol.read(events, events.operation("PutEvents"), request);
        EXPECT_EQ(call.service, &events);
        return "call " + call.operation->name + " " + call.input.dump();
    } catch (const ApiError& error) {
        return std::to_string(error.status()) + " " + error.name();
    }
}

TEST(RestJson, ReadsTheBodyAsTheInput) {
    const struct {
        const char* name;
        const char* content_type;
        const char* body;
        const char* outcome;
    } cases[] = {
        {"JSON", "application/json", R"({"a":1})", R"(call PutEvents {"a":1})"},
        {"with a charset", "Application/JSON; charset=utf-8", "{}", "call PutEvents {}"},
        {"no type", "", "{}", "call PutEvents {}"},
        {"an empty body", "application/json", "", "call PutEvents {}"},
        {"the other protocol's type", "application/x-amz-json-1.1", "{}", "415 UnsupportedMediaTypeException"},
        {"the type before the body", "text/plain", "hello", "415 UnsupportedMediaTypeException"},
        {"no JSON", "application/json", "hello", "400 SerializationException"},
        {"no object", "application/json", "[]", "400 SerializationException"},
    };
    for (const auto& one : cases) {
        const Request request = request_of("POST", "/events", {{"content-type", one.content_type}}, one.body);
        EXPECT_EQ(rest_outcome(request), one.outcome) << one.name;
    }
}

// Fidelity: seen | Runtime and events answer `application/json`, without the four security headers |
//   aws-samples/amazon-personalize-immersion-day, News_03 and Retail_03
TEST(RestJson, AnswersWithFewerHeadersThanTheControlPlane) {
    const Response response = rest_json::protocol.output(R"({"a":1})", rest_stamp);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, R"({"a":1})");
    EXPECT_EQ(response.headers.size(), 3u);
    EXPECT_EQ(header_of(response, "content-type"), "application/json");
    EXPECT_EQ(header_of(response, "date"), rest_stamp.date);
    EXPECT_EQ(header_of(response, "x-amzn-requestid"), rest_stamp.request_id);
}

// Fidelity: documented | Runtime and events name an error in the header `x-amzn-errortype` |
//   https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
TEST(RestJson, NamesAnErrorInAHeader) {
    const Response response = rest_json::protocol.error(
        ApiError("ResourceNotFoundException", "no such thing", "because", Evidence::documented, 404), rest_stamp);
    EXPECT_EQ(response.status, 404);
    EXPECT_EQ(response.body, R"({"message":"no such thing"})");
    EXPECT_EQ(header_of(response, "x-amzn-errortype"), "ResourceNotFoundException");
    EXPECT_EQ(header_of(response, "content-type"), "application/json");
    EXPECT_EQ(header_of(response, why_header), "because (documented)");
}

TEST(RestJson, LeavesOutAnEmptyMessage) {
    EXPECT_EQ(
        rest_json::protocol.error(ApiError("InternalFailure", "", "ours", Evidence::inferred, 500), rest_stamp).body,
        "{}");
}

TEST(RestJson, RefusesASignatureWithStatus403) {
    EXPECT_EQ(rest_json::protocol.signature_status, 403);
}

}  // namespace
}  // namespace plocal::protocol
