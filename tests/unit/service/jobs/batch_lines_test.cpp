#include "server/service/jobs/batch_lines.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plocal::jobs {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// "NUMBER TEXT" of each line, read in pieces of a size.
std::vector<std::string> lines_of(std::string_view text, std::size_t piece_bytes = std::string_view::npos) {
    base::TextPieces pieces(text, piece_bytes);
    BatchLines lines(pieces);
    std::vector<std::string> result;
    for (BatchLine line; lines.next(line);) {
        result.push_back(std::to_string(line.number) + " " + (line.is_too_long ? "too long" : line.text));
    }
    EXPECT_EQ(lines.bytes(), static_cast<std::int64_t>(text.size()));
    return result;
}

TEST(BatchLines, AreReadInPiecesOfAnySize) {
    const struct {
        const char* name;
        std::string text;
        std::vector<std::string> lines;
    } cases[] = {
        {"nothing", "", {}},
        {"one line", "{}\n", {"1 {}"}},
        {"no newline at the end", "{}\n{\"a\":1}", {"1 {}", "2 {\"a\":1}"}},
        {"CRLF", "{}\r\n{}\r\n", {"1 {}", "2 {}"}},
        {"empty lines", "\n{}\n\n \t\n{}\n\r\n", {"2 {}", "5 {}"}},
        {"a byte-order mark", "\xEF\xBB\xBF{}\n", {"1 {}"}},
        {"a byte-order mark alone", "\xEF\xBB\xBF", {}},
        {"blanks around", " {} \n", {"1  {} "}},
    };
    for (const auto& each : cases) {
        for (const std::size_t piece : {std::size_t{1}, std::size_t{2}, std::size_t{5}, std::size_t{1000}}) {
            EXPECT_EQ(lines_of(each.text, piece), each.lines) << each.name << ", pieces of " << piece;
        }
    }
}

TEST(BatchLines, AreBoundedAndTheOnesBehindALongOneAreRead) {
    const std::string longest(longest_line_bytes, 'x');
    EXPECT_THAT(lines_of(longest + "\n{}\n", 60'000), ElementsAre("1 " + longest, "2 {}"));
    EXPECT_THAT(lines_of(longest + "x\n{}\n", 60'000), ElementsAre("1 too long", "2 {}"));
    EXPECT_THAT(lines_of(longest + longest + longest, 60'000), ElementsAre("1 too long"));
}

TEST(BatchLines, ShowTheBeginningOfALongOneInWholeCharacters) {
    std::string text;
    while (text.size() <= longest_line_bytes) text += "\xC3\xA9x";
    base::TextPieces pieces(text);
    BatchLine line;
    ASSERT_TRUE(BatchLines(pieces).next(line));
    EXPECT_TRUE(line.is_too_long);
    EXPECT_LE(line.text.size(), 200u);
    EXPECT_TRUE(text.starts_with(line.text));
    EXPECT_NE(line.text.back(), '\xC3');
}

}  // namespace
}  // namespace plocal::jobs
