#include "server/local/snapshot/row_lists.h"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "server/base/pieces.h"

namespace plocal::snapshot {
namespace {

std::optional<std::string> without_rows(std::string_view text, std::size_t piece_bytes) {
    base::TextPieces pieces(text, piece_bytes);
    base::JsonScanner scanner(pieces);
    return take_without_rows(scanner);
}

TEST(RowLists, BecomeTheirOffsets) {
    struct Case {
        std::string_view text;
        std::string_view expected;
    };
    const std::vector<Case> cases = {
        {R"({"datasetArn": "a", "_local": {"rows": [{"rows": []}, 7]}, "b": [1]})",
         R"({"datasetArn":"a","_local":{"rows":[{"offset":39}]},"b":[1]})"},
        {R"({"_local":{"batches":[{"revision":1,"rows":[]},{"rows":["]"],"by":"put"},7,[]],"tags":[]}})",
         R"({"_local":{"batches":[{"revision":1,"rows":[{"offset":43}]},{"rows":[{"offset":55}],"by":"put"},7,[]],"tags":[]}})"},
        {R"({"_local": {"r\u006fws" : [1]}})", R"({"_local":{"r\u006fws":[{"offset":26}]}})"},
        {R"({"rows": [1], "batches": [{"rows": [1]}]})", R"({"rows":[1],"batches":[{"rows": [1]}]})"},
        {R"({"_local":{"rows":{"rows":[1]},"batches":{}}})", R"({"_local":{"rows":{"rows":[1]},"batches":{}}})"},
        {R"({"_local":[{"rows":[1]}]})", R"({"_local":[{"rows":[1]}]})"},
        {R"({"a":{}, "_local":{}})", R"({"a":{},"_local":{}})"},
        {"{}", "{}"},
        {"[1]", "[1]"},
        {"\"text\"", "\"text\""},
    };
    for (const Case& each : cases) {
        for (const std::size_t piece_bytes : {std::size_t{1}, std::size_t{7}, std::string_view::npos}) {
            EXPECT_EQ(without_rows(each.text, piece_bytes), each.expected) << piece_bytes;
        }
    }
}

TEST(RowLists, HaveNoTextWhereTheDatasetDoesNotEnd) {
    for (const std::string_view text :
         {"", "{", R"({"a")", R"({"a":)", R"({"a":1)", R"({"a":1,)", R"({"_local":{"rows":[)",
          R"({"_local":{"batches":[{"rows":[1])", R"({"_local":{"batches":[7)", R"({7:1})"}) {
        EXPECT_EQ(without_rows(text, 3), std::nullopt) << text;
    }
}

TEST(RowLists, AreKnownByTheirOffset) {
    EXPECT_EQ(offset_in(base::parse_json(R"([{"offset":40}])")), 40U);
    for (const char* const text : {"[]", "[40]", R"([{"offset":1},{"offset":2}])", R"([{"offset":1,"a":2}])", "7"}) {
        EXPECT_EQ(offset_in(base::parse_json(text)), std::nullopt) << text;
    }
}

TEST(RowLists, AreLeftOut) {
    base::Json json =
        base::parse_json(R"({"a":1,"_local":{"rows":[],"file":"f","batches":[],"revision":1,"tags":[]}})");
    leave_out_rows(json);
    EXPECT_EQ(json, base::parse_json(R"({"a":1,"_local":{"tags":[]}})"));
    for (const char* const text : {"7", "{}", R"({"_local":7})"}) {
        base::Json other = base::parse_json(text);
        leave_out_rows(other);
        EXPECT_EQ(other, base::parse_json(text));
    }
}

}  // namespace
}  // namespace plocal::snapshot
