#include "server/local/rules/subject_texts.h"

#include <optional>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

namespace plocal::rules {
namespace {

using base::Json;

TEST(SubjectTexts, BelongToThePresentRequest) {
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
        EXPECT_EQ(texts.at(SubjectTexts::account_slot), "111122223333");
        EXPECT_EQ(texts.at(SubjectTexts::region_slot), "us-east-1");
        for (const auto& [slot, expected] : {std::pair(name, one.name), std::pair(number, one.number)}) {
            const std::optional<std::string_view>& text = texts.at(slot);
            ASSERT_EQ(text.has_value(), expected != nullptr) << one.input;
            if (expected != nullptr) {
                EXPECT_EQ(*text, expected) << one.input;
            }
        }
    }
}

}  // namespace
}  // namespace plocal::rules
