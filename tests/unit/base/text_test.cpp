#include "server/base/text.h"

#include <gtest/gtest.h>

namespace plocal::base {
namespace {

constexpr std::string_view euro = "\xE2\x82\xAC";  // three bytes

TEST(Text, ChangesTheCaseOfAsciiLettersOnly) {
    EXPECT_EQ(lower("Ab-Z\xC3\x84"), "ab-z\xC3\x84");
    EXPECT_EQ(upper("aB-z\xC3\xA4"), "AB-Z\xC3\xA4");
}

TEST(Text, CountsCharactersInsteadOfBytes) {
    EXPECT_EQ(code_points(""), 0U);
    EXPECT_EQ(code_points("abc"), 3U);
    EXPECT_EQ(code_points(std::string("a").append(euro)), 2U);
}

TEST(Text, CutsBetweenTwoCharacters) {
    const std::string text = std::string("a").append(euro).append("b");
    EXPECT_EQ(utf8_prefix(text, 0), "");
    EXPECT_EQ(utf8_prefix(text, 1), "a");
    EXPECT_EQ(utf8_prefix(text, 2), "a");
    EXPECT_EQ(utf8_prefix(text, 3), "a");
    EXPECT_EQ(utf8_prefix(text, 4), text.substr(0, 4));
    EXPECT_EQ(utf8_prefix(text, 5), text);
    EXPECT_EQ(utf8_prefix(text, 100), text);
}

TEST(Text, WritesTheLowestHexadecimalDigits) {
    EXPECT_EQ(hexadecimal(0x1FA, 2), "fa");
    EXPECT_EQ(hexadecimal(0x1FA, 6), "0001fa");
    EXPECT_EQ(hexadecimal(~std::uint64_t{0}, 16), "ffffffffffffffff");
}

TEST(Text, ReadsANumberThatIsTheWholeText) {
    EXPECT_EQ(parse_number<int>("42"), 42);
    EXPECT_EQ(parse_number<int>("ff", 16), 255);
    EXPECT_EQ(parse_number<int>("42 "), std::nullopt);
    EXPECT_EQ(parse_number<int>(""), std::nullopt);
    EXPECT_EQ(parse_number<signed char>("128"), std::nullopt);
}

TEST(Text, IsTakenInPartsBetweenSeparators) {
    std::string_view text = "a::b";
    EXPECT_EQ(take_part(text, ':'), "a");
    EXPECT_EQ(take_part(text, ':'), "");
    EXPECT_EQ(take_part(text, ':'), "b");
    EXPECT_EQ(text, "");
    EXPECT_EQ(take_part(text, ':'), "");
}

TEST(Text, KnowsWellFormedUtf8) {
    const struct {
        const char* name;
        std::string_view text;
        bool is_utf8;
    } cases[] = {
        {"no text", "", true},
        {"ASCII", "a\x7f", true},
        {"characters of two, three and four bytes", "\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80", true},
        {"the last character", "\xF4\x8F\xBF\xBF", true},
        {"a byte that begins none", "a\xFF", false},
        {"a continuation without a beginning", "\x80", false},
        {"a character that is cut", "\xE2\x82", false},
        {"a character that is interrupted", "\xE2\x82z", false},
        {"an overlong slash", "\xC0\xAF", false},
        {"an overlong character of three bytes", "\xE0\x80\xAF", false},
        {"a surrogate", "\xED\xA0\x80", false},
        {"a character behind the last one", "\xF4\x90\x80\x80", false},
    };
    for (const auto& each : cases) EXPECT_EQ(is_utf8(each.text), each.is_utf8) << each.name;
}

}  // namespace
}  // namespace plocal::base
