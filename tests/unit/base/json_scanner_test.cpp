#include "server/base/json_scanner.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plocal::base {
namespace {

/// The texts of a list's elements, read in pieces of a size.
std::vector<std::string> elements_of(std::string_view text, std::size_t piece_bytes) {
    TextPieces pieces(text, piece_bytes);
    JsonScanner scanner(pieces);
    std::vector<std::string> elements;
    EXPECT_TRUE(scanner.take('['));
    do {
        const auto element = scanner.take_value();
        elements.emplace_back(element.value_or("none"));
    } while (scanner.take(','));
    EXPECT_TRUE(scanner.take(']'));
    EXPECT_EQ(scanner.peek(), '\0');
    return elements;
}

TEST(JsonScanner, TakesValuesAsTheyAreWrittenWhateverThePieces) {
    const std::string text = R"( [ {"a":[1,{"b]":"}"}]} , "q\"]\\" ,-1.5e3, true,null,[ ] , "\u00e9" ] )";
    for (const std::size_t size : {1u, 2u, 3u, 7u, 1000u}) {
        EXPECT_THAT(elements_of(text, size), testing::ElementsAre(R"({"a":[1,{"b]":"}"}]})", R"("q\"]\\")", "-1.5e3",
                                                                  "true", "null", "[ ]", R"("\u00e9")"))
            << size;
    }
}

TEST(JsonScanner, SkipsValuesAndCountsBytes) {
    for (const std::size_t size : {1u, 3u, 1000u}) {
        TextPieces pieces(R"({"a": [1, 2, "]"], "b": 3})", size);
        JsonScanner scanner(pieces);
        EXPECT_TRUE(scanner.take('{'));
        EXPECT_TRUE(scanner.skip_value());
        EXPECT_TRUE(scanner.take(':'));
        EXPECT_EQ(scanner.peek(), '[');
        EXPECT_EQ(scanner.offset(), 6u);
        EXPECT_TRUE(scanner.skip_value());
        EXPECT_EQ(scanner.offset(), 17u);
    }
}

TEST(JsonScanner, ReturnsNothingForATextThatEndsInsideAValue) {
    for (const char* const text : {"", " ", "[", "{\"a\":[", "\"a", "\"a\\", "\"a\\\"", "[\"]", ",", "]"}) {
        for (const std::size_t size : {1u, 1000u}) {
            TextPieces pieces(text, size);
            JsonScanner scanner(pieces);
            EXPECT_EQ(scanner.take_value(), std::nullopt) << text;
        }
    }
}

TEST(JsonScanner, TakesOnlyTheCharacterThatIsThere) {
    TextPieces pieces(" x");
    JsonScanner scanner(pieces);
    EXPECT_FALSE(scanner.take('y'));
    EXPECT_TRUE(scanner.take('x'));
    EXPECT_FALSE(scanner.take('\0'));
}

TEST(MemberText, FindsTheLastMemberOfThatName) {
    const auto found = [](std::string_view object) { return member_text(object, "a").value_or("none"); };
    EXPECT_EQ(found(R"({"b": 1, "a" : {"a":2}, "c": 3})"), R"({"a":2})");
    EXPECT_EQ(found(R"({"a": 1, "a": "two"})"), R"("two")");
    EXPECT_EQ(found(R"({"\u0061": 1})"), "1");
    EXPECT_EQ(found(R"({"b": {"a": 1}})"), "none");
    EXPECT_EQ(found("{}"), "none");
    EXPECT_EQ(found("[\"a\"]"), "none");
    EXPECT_EQ(found("{\"a\""), "none");
}

TEST(StringOf, ReadsEscapes) {
    EXPECT_EQ(string_of(R"("a\u00e9\n")"), "a\xc3\xa9\n");
    EXPECT_EQ(string_of(R"("plain")"), "plain");
    EXPECT_EQ(string_of(R"("bad \x")"), std::nullopt);
    EXPECT_EQ(string_of("1"), std::nullopt);
}

TEST(HasFraction, IsTrueForNumbersAlone) {
    EXPECT_TRUE(has_fraction(R"({"a": [1, 1.5]})"));
    EXPECT_TRUE(has_fraction(R"({"a\"": 1.5})"));
    EXPECT_TRUE(has_fraction(R"({"a\\": 1.5})"));
    EXPECT_TRUE(has_fraction("1.5"));
    EXPECT_FALSE(has_fraction(""));
    EXPECT_FALSE(has_fraction("\"an end.\\"));
    EXPECT_FALSE(has_fraction(R"({"a.b": "1.5", "c": "\\", "d": "\".", "e": 15})"));
}

}  // namespace
}  // namespace plocal::base
