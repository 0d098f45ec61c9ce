#include "server/local/rules/subject_texts.h"

#include <gtest/gtest.h>

namespace plocal::rules {
namespace {

using base::Json;

TEST(Sign, IsOnWhateverMatches) {
    const struct {
        const char* wildcard;
        const char* text;
        bool is_on;
    } cases[] = {
        {"*", "", true},
        {"*", "anything", true},
        {"abc", "abc", true},
        {"abc", "abd", false},
        {"", "", true},
        {"", "a", false},
        {"*c", "abc", true},
        {"*c", "c", true},
        {"*c", "", false},
        {"*c", "abd", false},
        {"*-nightly-fail", "a-nightly-fail", true},
        {"*-nightly-fail", "a-nightly-pass", false},
        {"*ly-fail!", "ly-fail!", true},
        {"a*", "abc", true},
        {"a*", "", false},
        {"a*", "ba", false},
        {"abcdefgh*", "abcdefgh", true},
        {"abcdefgh*", "abcdefgx", false},
        {"abcdefghij*", "abcdefghij", true},
        {"\xff*", "\xff\xfe", true},
        {"*\xff", "\xfe\xff", true},
        {"a*c", "abc", true},
    };
    for (const auto& one : cases) {
        const Wildcard wildcard(one.wildcard);
        EXPECT_EQ(sign_of(wildcard).is_on(marks_of(one.text)), one.is_on) << one.wildcard << " on " << one.text;
    }
}

TEST(SubjectTexts, AreThoseOfTheRequestAtHand) {
    SubjectTexts texts;
    const std::size_t name = texts.slot_of(MemberPath::parse("jobName").value());
    const std::size_t number = texts.slot_of(MemberPath::parse("/numResults").value());
    EXPECT_EQ(texts.slot_of(MemberPath::parse("jobName").value()), name);
    EXPECT_NE(name, number);
    const struct {
        Json input;
        const char* name;  // null for none
        const char* number;
    } cases[] = {
        {{{"jobName", "n"}, {"numResults", 25}}, "n", "25"},
        {{{"jobName", ""}, {"numResults", 1.5}}, "", "1.5"},
        {{{"jobName", true}, {"numResults", nullptr}}, "true", nullptr},
        {{{"jobName", Json::array()}, {"numResults", Json::object()}}, nullptr, nullptr},
        {Json::object(), nullptr, nullptr},
    };
    for (const auto& one : cases) {
        const Subject subject{"CreateBatchInferenceJob", "111122223333", "us-east-1", one.input};
        texts.begin(subject);
        EXPECT_EQ(texts.at(SubjectTexts::account_slot).text, "111122223333");
        EXPECT_EQ(texts.at(SubjectTexts::region_slot).text, "us-east-1");
        for (const auto& [slot, expected] : {std::pair(name, one.name), std::pair(number, one.number)}) {
            const SubjectTexts::Text& text = texts.at(slot);
            ASSERT_EQ(text.is_there, expected != nullptr) << one.input;
            if (expected != nullptr) {
                EXPECT_EQ(text.text, expected) << one.input;
            }
        }
    }
}

}  // namespace
}  // namespace plocal::rules
