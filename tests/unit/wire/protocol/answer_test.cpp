#include "server/wire/protocol/answer.h"

#include <string>

#include <gtest/gtest.h>

namespace plocal::protocol {
namespace {

using model::Evidence;

TEST(WhyLine, EndsWithHowSureWeAre) {
    EXPECT_EQ(why_line("it is so", Evidence::seen), "it is so (seen)");
    EXPECT_EQ(why_line("it is so", Evidence::documented), "it is so (documented)");
    EXPECT_EQ(why_line("it is so", Evidence::inferred), "it is so (inferred)");
}

TEST(WhyLine, IsPrintableAsciiWhateverItIsMadeOf) {
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

TEST(WhyLine, IsCutWhereItIsLong) {
    EXPECT_EQ(why_line(std::string(500, 'x'), Evidence::seen), std::string(500, 'x') + " (seen)");
    EXPECT_EQ(why_line(std::string(100'000, 'x'), Evidence::seen), std::string(500, 'x') + " (seen)");
}

}  // namespace
}  // namespace plocal::protocol
