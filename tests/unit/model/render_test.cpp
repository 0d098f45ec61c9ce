#include "server/model/render.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "server/model/service.h"
#include "tests/support/sample.h"

namespace plocal::model {
namespace {

using base::Json;
using base::parse_json;

std::string rendered(const char* shape, const char* value) {
    return render(*personalize().shape(shape), parse_json(value));
}

// Fidelity: seen | A number with a fraction is written as Java writes a double: `0.008885`, `3.773E-4`, `7.17E-5` |
//   aws-samples/amazon-personalize-samples, update-datasets-user-personalization-example.ipynb
TEST(JavaDouble, IsWrittenAsJavaWritesIt) {
    struct Case {
        double number;
        const char* text;
    };
    const Case cases[] = {
        {0.0, "0.0"},
        {-0.0, "-0.0"},
        {1, "1.0"},
        {-1.5, "-1.5"},
        {10, "10.0"},
        {100, "100.0"},
        {123.25, "123.25"},
        {0.3, "0.3"},
        {0.1 + 0.2, "0.30000000000000004"},
        {0.008885, "0.008885"},
        {0.001, "0.001"},
        {0.0009999, "9.999E-4"},
        {3.773e-4, "3.773E-4"},
        {7.17e-5, "7.17E-5"},
        {5e-4, "5.0E-4"},
        {9999999, "9999999.0"},
        {9999999.5, "9999999.5"},
        {1e7, "1.0E7"},
        {-12345678, "-1.2345678E7"},
        {1.620828853579e9, "1.620828853579E9"},
        {1e100, "1.0E100"},
        {std::numeric_limits<double>::max(), "1.7976931348623157E308"},
        {std::numeric_limits<double>::denorm_min(), "5.0E-324"},
    };
    for (const Case& one : cases) EXPECT_EQ(java_double(one.number), one.text);
}

// Fidelity: seen | A date is seconds since 1970 in Java's notation, to the millisecond, without zeros at its end:
//   `1.5601248E9` | aws-samples/amazon-personalize-samples, by the content-length of ListRecipes, DescribeSolution and
//   others
TEST(Timestamp, IsWrittenInSecondsAsTheServiceWritesIt) {
    using std::chrono::milliseconds;
    EXPECT_EQ(timestamp_text(base::Instant(milliseconds(1620828853579))), "1.620828853579E9");
    EXPECT_EQ(timestamp_text(base::Instant(milliseconds(1560124800000))), "1.5601248E9");
    EXPECT_EQ(timestamp_text(base::Instant(milliseconds(1638138279700))), "1.6381382797E9");
    EXPECT_EQ(timestamp_text(base::Instant(milliseconds(0))), "0.0");
    EXPECT_EQ(timestamp_text(base::Instant(milliseconds(-1))), "-0.001");
}

TEST(Timestamp, IsWrittenAsTheDoubleOfItsSeconds) {
    std::mt19937_64 random(1);
    const auto expect_same = [](std::int64_t ms) {
        EXPECT_EQ(timestamp_text(base::Instant(std::chrono::milliseconds(ms))),
                  java_double(static_cast<double>(ms) / 1000.0))
            << ms;
    };
    for (int digits = 1; digits <= 16; ++digits) {
        const auto power = static_cast<std::int64_t>(std::pow(10, digits));
        for (const std::int64_t ms : {power, power - 1, power + 1, 3 * power, power / 2 * 3, -power}) expect_same(ms);
        for (int i = 0; i < 2000; ++i)
            expect_same(static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(power)));
    }
}

// Fidelity: inferred | Members are written in the order of the model, since no SDK shows the real order | -
TEST(Render, WritesMembersInTheOrderOfTheShape) {
    EXPECT_EQ(rendered("Tag", R"({"tagValue":"v","tagKey":"k"})"), R"({"tagKey":"k","tagValue":"v"})");
}

TEST(Render, WritesEveryTypeOfValue) {
    EXPECT_EQ(
        rendered("DescribeSolutionVersionResponse",
                 R"({"solutionVersion":{"performHPO":false,"creationDateTime":1620828853579,"trainingHours":2,
                           "tunedHPOParams":{"algorithmHyperParameters":{"b":"1","a":"2"}}}})"),
        R"({"solutionVersion":{"performHPO":false,"trainingHours":2.0,"tunedHPOParams":{"algorithmHyperParameters":)"
        R"({"b":"1","a":"2"}},"creationDateTime":1.620828853579E9}})");
    EXPECT_EQ(rendered("MaxResults", "25"), "25");
    EXPECT_EQ(rendered("CategoricalValues", R"(["a","b"])"), R"(["a","b"])");
}

TEST(Render, OmitsMembersThatDoNotFitTheShape) {
    struct Case {
        const char* name;
        const char* shape;
        const char* value;
        const char* expected;
    };
    const Case cases[] = {
        {"members the shape does not name", "Tag", R"({"tagKey":"k","owner":"o"})", R"({"tagKey":"k"})"},
        {"nulls", "Tag", R"({"tagKey":null,"tagValue":"v"})", R"({"tagValue":"v"})"},
        {"a number for a string", "Tag", R"({"tagKey":1,"tagValue":"v"})", R"({"tagValue":"v"})"},
        {"an object for a string", "Tag", R"({"tagKey":{},"tagValue":"v"})", R"({"tagValue":"v"})"},
        {"a string for a structure", "BatchInferenceJobInput", R"({"s3DataSource":"s3"})", "{}"},
        {"a list for a map", "HPOConfig", R"({"algorithmHyperParameterRanges":[]})", "{}"},
        {"a fraction for an integer", "IntegerHyperParameterRange", R"({"minValue":1.5,"maxValue":2})",
         R"({"maxValue":2})"},
        {"a text for a timestamp", "Campaign", R"({"creationDateTime":"2024-01-01","name":"n"})", R"({"name":"n"})"},
        {"elements of the wrong type", "CategoricalValues", R"([1,"a",null,["b"],"c"])", R"(["a","c"])"},
        {"entries of the wrong type", "HyperParameters", R"({"a":1,"b":"2","c":null})", R"({"b":"2"})"},
        {"everything", "Tag", "[]", "{}"},
    };
    for (const Case& one : cases) EXPECT_EQ(rendered(one.shape, one.value), one.expected) << one.name;
}

TEST(Render, EscapesNoMoreThanJsonRequires) {
    EXPECT_EQ(render(*personalize().shape("Description"), "\"\\/\b\f\n\r\t\x01\x1f\x7f\xc3\xa9\xf0\x9f\x98\x80"),
              "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\xc3\xa9\xf0\x9f\x98\x80\"");
    EXPECT_EQ(render(*personalize().shape("Description"), std::string("a\0b", 3)), R"("a\u0000b")");
    EXPECT_EQ(rendered("HyperParameters", R"({"a\"b":"c"})"), R"({"a\"b":"c"})");
}

TEST(Render, KeepsEveryMemberOfEveryOutput) {
    for (const Service* service : {&personalize(), &personalize_runtime(), &personalize_events()}) {
        for (const Operation& operation : service->operations()) {
            if (operation.output == nullptr) continue;
            const Json full = support::full_input(*operation.output);
            const Json read = parse_json(render(*operation.output, full));
            const Json expected = full.flatten();
            const Json actual = read.flatten();
            ASSERT_EQ(actual.size(), expected.size()) << operation.name;
            for (const auto& [pointer, value] : expected.items())
                EXPECT_TRUE(actual.contains(pointer)) << operation.name << pointer;
        }
    }
}

}  // namespace
}  // namespace plocal::model
