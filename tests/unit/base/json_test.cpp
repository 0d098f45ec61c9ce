#include "server/base/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plocal::base {
namespace {

std::string complaint(std::string_view text) {
    try {
        parse_json(text);
    } catch (const JsonError& error) {
        return error.what();
    }
    return "";
}

std::string nested(std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
}

TEST(Json, ReadsEveryKindOfValue) {
    const Json value =
        parse_json(R"( {"s":"\u00e9\n","i":-7,"u":18446744073709551615,"d":2.5,"t":true,"n":null,"l":[1,[]],"o":{}} )");
    EXPECT_EQ(value["s"], "\xc3\xa9\n");
    EXPECT_EQ(value["i"], -7);
    EXPECT_EQ(value["u"], 18446744073709551615u);
    EXPECT_EQ(value["d"], 2.5);
    EXPECT_EQ(value["t"], true);
    EXPECT_TRUE(value["n"].is_null());
    EXPECT_EQ(value["l"], (Json::array({1, Json::array()})));
    EXPECT_EQ(value["o"], Json::object());
}

TEST(Json, ReadsBareScalars) {
    EXPECT_EQ(parse_json("\"text\""), "text");
    EXPECT_EQ(parse_json("0"), 0);
    EXPECT_TRUE(parse_json(" null\n").is_null());
}

TEST(Json, TreatsNumbersWithAFractionOrExponentAsFloats) {
    EXPECT_TRUE(parse_json("25").is_number_integer());
    EXPECT_TRUE(parse_json("25.0").is_number_float());
    EXPECT_TRUE(parse_json("25e0").is_number_float());
}

TEST(Json, KeepsMembersInTheirOrder) {
    EXPECT_EQ(parse_json(R"({"z":1,"a":2,"m":3})").dump(), R"({"z":1,"a":2,"m":3})");
}

// Fidelity: inferred | The last of two members with the same name counts, as in most JSON parsers | -
TEST(Json, KeepsTheLastOfTwoMembersWithTheSameName) {
    EXPECT_EQ(parse_json(R"({"a":1,"b":2,"a":{"c":3}})").dump(), R"({"a":{"c":3},"b":2})");
}

TEST(Json, KeepsTheLastDuplicateAmongManyMembersToo) {
    std::string text = "{";
    for (int i = 0; i < 100; ++i) text += "\"k" + std::to_string(i % 40) + "\":" + std::to_string(i) + ",";
    text.back() = '}';
    const Json value = parse_json(text);
    EXPECT_EQ(value.size(), 40u);
    EXPECT_EQ(value.begin().key(), "k0");
    EXPECT_EQ(value["k0"], 80);
    EXPECT_EQ(value["k39"], 79);
}

TEST(Json, ReadsAnObjectOfVeryManyMembers) {
    std::string text = "{";
    for (int i = 0; i < 100'000; ++i) text += "\"k" + std::to_string(i) + "\":0,";
    text.back() = '}';
    EXPECT_EQ(parse_json(text).size(), 100'000u);
}

// The time for each null must not grow with the number of members.
TEST(Json, DropsVeryManyNulls) {
    Json value = parse_json("{\"kept\":{\"a\":null,\"b\":[null,1,{\"c\":null}]}}");
    EXPECT_EQ(without_nulls(value).dump(), R"({"kept":{"b":[1,{}]}})");
    std::string text = "{";
    for (int i = 0; i < 200'000; ++i) text += "\"k" + std::to_string(i) + (i % 2 == 0 ? "\":null," : "\":0,");
    text.back() = '}';
    const Json kept = without_nulls(parse_json(text));
    EXPECT_EQ(kept.size(), 100'000u);
    EXPECT_EQ(kept.begin().key(), "k1");
}

// A zero byte ends the text for the library, and what follows would be shown where the text is shown, unread.
/// Two parsers read: a fast one, and nlohmann's own, which reads what the fast one does not take.
TEST(Json, ReadsWhatItsLibraryReads) {
    for (const char* const text : {"0",
                                   "-0",
                                   "-0.0",
                                   "-1",
                                   "9223372036854775807",
                                   "-9223372036854775808",
                                   "9223372036854775808",
                                   "18446744073709551615",
                                   "18446744073709551616",
                                   "-9223372036854775809",
                                   "0.1",
                                   "0.3",
                                   "1e-4",
                                   "1E+2",
                                   "123456789.123456789",
                                   "2.2250738585072011e-308",
                                   "5e-324",
                                   "1e-400",
                                   "1.7976931348623157e308",
                                   "0.1000000000000000055511151231257827",
                                   "9007199254740993.0",
                                   "\"\"",
                                   "\"a\\u0041\\ud83d\\ude00\\/\\b\"",
                                   "\"\\u0000\"",
                                   "\xef\xbb\xbf{}",
                                   "\t[1,2 ,\r\n3]",
                                   "{\"a\\n\":{\"a\":[]},\"\":null}"}) {
        const Json expected = Json::parse(text);
        const Json value = parse_json(text);
        EXPECT_EQ(value.dump(), expected.dump()) << text;
        EXPECT_EQ(value.type(), expected.type()) << text;
        EXPECT_EQ(value, expected) << text;
    }
}

TEST(Json, RefusesAZeroByteBehindTheValue) {
    EXPECT_EQ(complaint({"{}\0", 3}), "line 1, column 3: a zero byte");
    EXPECT_EQ(complaint({"[1]\n\0 x", 7}), "line 2, column 1: a zero byte");
    EXPECT_EQ(complaint({"12\0", 3}), "line 1, column 3: a zero byte");
    EXPECT_NE(complaint({"{\"a\":\0 1}", 9}), "");
    EXPECT_NE(complaint({"\"\0\"", 3}), "");
}

TEST(Json, AllowsExactlySixtyFourLevelsOfNesting) {
    EXPECT_EQ(complaint(nested(max_nesting)), "");
    EXPECT_EQ(complaint(nested(max_nesting + 1)), "line 1, column 65: nested deeper than 64 arrays and objects");
}

TEST(Json, CountsBothObjectsAndArraysAsLevels) {
    std::string text;
    for (int i = 0; i < 33; ++i) text += "[\"[[\\\"[[\",\n{\"a\":";
    EXPECT_EQ(complaint(text), "line 33, column 6: nested deeper than 64 arrays and objects");
}

TEST(Json, RefusesAMillionBracketsWithoutRecursion) {
    EXPECT_NE(complaint(std::string(1'000'000, '[')), "");
}

TEST(Json, ReportsPositionAndReasonInOneLine) {
    struct Case {
        const char* name;
        std::string text;
        std::string expected;
    };
    const Case cases[] = {
        {"nothing", "", "line 1, column 1: "},
        {"only white space", " \n\t", "line 2, column 2: "},
        {"a wrong word", "{\"a\":\n tru}", "line 2, column 5: "},
        {"an open object", "{\"a\":1", "line 1, column 7: "},
        {"a missing colon", "{\"a\" 1}", "line 1, column 6: "},
        {"a comma too many", "[1,]", "line 1, column 4: "},
        {"text behind it", "{} x", "line 1, column 4: "},
        {"a leading zero", "[01]", "line 1, column 3: "},
        {"a bare line end in a string", "\"a\n\"", "line 1, column 3: "},
        {"invalid UTF-8", "\"\xff\"", "line 1, column 2: "},
        {"an overlong sequence", "\"\xc0\xaf\"", "line 1, column 2: "},
        {"half a surrogate pair", R"("\ud800")", "line 1, column 8: "},
        {"characters before it, not bytes", "[\"\xc3\xa9\xe2\x82\xac\",x]", "line 1, column 7: "},
        {"a number beyond doubles", "[1e999]", "line 1, column 6: a number too large"},
        {"not a number", "[NaN]", "line 1, column 2: "},
    };
    for (const Case& one : cases) {
        SCOPED_TRACE(one.name);
        const std::string text = complaint(one.text);
        EXPECT_THAT(text, testing::StartsWith(one.expected));
        EXPECT_GT(text.size(), one.expected.size() - 1);
        EXPECT_THAT(text, testing::Not(testing::HasSubstr("json.exception")));
        EXPECT_THAT(text, testing::Not(testing::HasSubstr("\n")));
    }
}

TEST(Json, IsWrittenInOneLineWhateverItsBytesAre) {
    EXPECT_EQ(json_text({{"name", "\xC3\xA4\n"}, {"other", "\xFF"}}),
              "{\"name\":\"\xC3\xA4\\n\",\"other\":\"\xEF\xBF\xBD\"}");
}

TEST(Json, KeepsItsErrorMessageShortForALongText) {
    EXPECT_LT(complaint('"' + std::string(100'000, 'a')).size(), 200u);
    EXPECT_LT(complaint("1e9" + std::string(100'000, '9')).size(), 200u);
}

}  // namespace
}  // namespace plocal::base
