#include "server/local/rules/wildcard.h"

#include <gtest/gtest.h>

namespace plocal::rules {
namespace {

TEST(Wildcard, MatchesAWholeText) {
    const struct {
        const char* wildcard;
        const char* text;
        bool matches;
    } cases[] = {
        {"", "", true},
        {"", "a", false},
        {"abc", "abc", true},
        {"abc", "abcd", false},
        {"abc", "ABC", false},
        {"*", "", true},
        {"*", "anything at all", true},
        {"**", "", true},
        {"**", "ab", true},
        {"a*", "a", true},
        {"a*", "ab", true},
        {"a*", "ba", false},
        {"*a", "a", true},
        {"*a", "ba", true},
        {"*a", "ab", false},
        {"a*a", "a", false},
        {"a*a", "aa", true},
        {"ab*ba", "aba", false},
        {"a*b*c", "abc", true},
        {"a*b*c", "a1b2b3c", true},
        {"a*b*c", "acb", false},
        {"*b*", "abc", true},
        {"*b*", "ac", false},
        {"*ab*ab*", "ab", false},
        {"*ab*ab*", "abab", true},
        {"*ab*ab*", "aab", false},
        {"a**b", "ab", true},
        {"a**b", "a-b", true},
        {"*-fail", "nightly-fail", true},
        {"*-fail", "nightly-fail-2", false},
        {"s3://broken/*", "s3://broken/a/b.json", true},
        {"*aab", "aaab", true},
        {"*aba*ab", "abab", false},
        {"a?c", "abc", false},
        {"[ab]", "a", false},
        {"a.c", "abc", false},
        {"*\n*", "two\nlines", true},
    };
    for (const auto& one : cases) {
        EXPECT_EQ(Wildcard(one.wildcard).matches(one.text), one.matches) << one.wildcard << " on " << one.text;
    }
}

TEST(Wildcard, IsExactWithoutAStar) {
    EXPECT_EQ(*Wildcard("abc").exact(), "abc");
    EXPECT_EQ(*Wildcard("").exact(), "");
    for (const char* const text : {"*", "**", "a*", "*a", "a*b"}) EXPECT_EQ(Wildcard(text).exact(), nullptr) << text;
}

TEST(Wildcard, IsQuickOnTextsThatAlmostMatch) {
    constexpr std::size_t length = 500'000;
    const std::string text(length, 'a');
    std::string stars;
    for (int i = 0; i < 1'000; ++i) stars += "*a";
    EXPECT_FALSE(Wildcard(stars + "*b*").matches(text));
    EXPECT_FALSE(Wildcard("*" + std::string(length / 2, 'a') + "b*").matches(text));
    EXPECT_TRUE(Wildcard("*" + std::string(length / 2, 'a') + "*").matches(text));
}

}  // namespace
}  // namespace plocal::rules
