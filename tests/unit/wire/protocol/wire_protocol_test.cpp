#include "server/wire/protocol/wire_protocol.h"

#include <string>

#include <gtest/gtest.h>

#include "server/model/api_error.h"

namespace plocal::protocol {
namespace {

using model::Evidence;

TEST(WhyLine, EndsWithTheEvidence) {
    EXPECT_EQ(why_line("it is so", Evidence::seen), "it is so (seen)");
    EXPECT_EQ(why_line("it is so", Evidence::documented), "it is so (documented)");
    EXPECT_EQ(why_line("it is so", Evidence::inferred), "it is so (inferred)");
    EXPECT_EQ(why_line("it is so", Evidence::ruled), "it is so (ruled)");
}

TEST(WhyLine, IsPrintableAsciiForAnyText) {
    const struct {
        const char* name;
        std::string why;
        const char* line;
    } cases[] = {
        {"line breaks", "a\r\nset-cookie: b", "a??set-cookie: b (seen)"},
        {"other control characters", std::string("a\0b\tc\x1b[1m\x7f", 10), "a?b?c?[1m? (seen)"},
        {"more than ASCII", "na\xc3\xafve \xe2\x82\xac", "na??ve ??? (seen)"},
        {"not even UTF-8", "\xff\x80", "?? (seen)"},
        {"all that is printable stays", " ~!\"\\", " ~!\"\\ (seen)"},
        {"nothing", "", " (seen)"},
    };
    for (const auto& one : cases) EXPECT_EQ(why_line(one.why, Evidence::seen), one.line) << one.name;
}

TEST(WhyLine, IsCutAtFiveHundredBytes) {
    EXPECT_EQ(why_line(std::string(500, 'x'), Evidence::seen), std::string(500, 'x') + " (seen)");
    EXPECT_EQ(why_line(std::string(100'000, 'x'), Evidence::seen), std::string(500, 'x') + " (seen)");
}

std::string refusal_of(std::string_view body) {
    try {
        return "read as " + read_body(body).dump();
    } catch (const model::ApiError& error) {
        return error.name() + ": " + error.message();
    }
}

// Fidelity: seen | A body that is no JSON, or JSON but no object, is a SerializationException with these texts |
//   sibling DynamoDB: architect/dynalite, validations/index.js
TEST(Body, IsOneJsonObject) {
    const std::string no_json = "SerializationException: Unexpected token received from parser";
    const std::string no_object = "SerializationException: Unexpected value type in payload";
    const struct {
        std::string body;
        std::string outcome;
    } cases[] = {
        {"", "read as {}"},
        {"{}", "read as {}"},
        {" {\"a\": [1, null]}\n", "read as {\"a\":[1,null]}"},
        {"{\"a\": 1, \"a\": 2}", "read as {\"a\":2}"},
        {" ", no_json},
        {"hello", no_json},
        {"{", no_json},
        {"{}{}", no_json},
        {"{'a': 1}", no_json},
        {"{\"a\": 1,}", no_json},
        {"{\"a\": 1} // why", no_json},
        {"{\"a\": \"\xff\"}", no_json},
        {"{\"a\": NaN}", no_json},
        {"{\"a\": 1e999}", no_json},
        {std::string(100'000, '['), no_json},
        {"{\"a\":" + std::string(64, '[') + std::string(64, ']') + "}", no_json},
        {"null", no_object},
        {"true", no_object},
        {"1", no_object},
        {"\"{}\"", no_object},
        {"[]", no_object},
        {"[{}]", no_object},
    };
    for (const auto& one : cases) EXPECT_EQ(refusal_of(one.body), one.outcome) << one.body.substr(0, 40);
}

TEST(Body, MayHaveSixtyFourLevels) {
    const std::string body = "{\"a\":" + std::string(63, '[') + std::string(63, ']') + "}";
    EXPECT_EQ(refusal_of(body), "read as " + body);
}

TEST(Body, ReportsWhereItIsNoJson) {
    try {
        read_body("{\n  \"a\": }");
        FAIL() << "it was read";
    } catch (const model::ApiError& error) {
        EXPECT_TRUE(error.why().starts_with("the body is not JSON: line 2, column 8: ")) << error.why();
    }
}

TEST(MediaType, IsTheTypeWithoutParametersInLowerCase) {
    const struct {
        const char* content_type;
        const char* media_type;
    } cases[] = {
        {"application/json", "application/json"},
        {"Application/X-Amz-JSON-1.1", "application/x-amz-json-1.1"},
        {"application/json; charset=utf-8", "application/json"},
        {"application/json \t;charset=utf-8", "application/json"},
        {"application/json;", "application/json"},
        {";charset=utf-8", ""},
        {"  ", ""},
        {"", ""},
    };
    for (const auto& one : cases) EXPECT_EQ(media_type(one.content_type), one.media_type) << one.content_type;
}

}  // namespace
}  // namespace plocal::protocol
