#include "server/service/data/csv.h"

#include <gmock/gmock.h>

namespace plocal::data {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;

using Records = std::vector<std::vector<std::string>>;

Records records_of(std::string_view text, std::size_t piece_bytes) {
    base::TextPieces pieces(text, piece_bytes);
    CsvReader reader(pieces);
    Records records;
    while (reader.next()) {
        auto& record = records.emplace_back();
        for (std::size_t i = 0; i < reader.size(); ++i) record.emplace_back(reader[i]);
    }
    return records;
}

struct CsvCase {
    const char* name;
    std::string text;
    Records records;
};

const CsvCase csv_cases[] = {
    {"plain", "a,b\nc,d\n", {{"a", "b"}, {"c", "d"}}},
    {"without a last newline", "a,b\nc,d", {{"a", "b"}, {"c", "d"}}},
    {"with CRLF", "a,b\r\nc,d\r\n", {{"a", "b"}, {"c", "d"}}},
    {"with CR at the end of the text", "a,b\r", {{"a", "b"}}},
    {"with a byte-order mark",
     "\xEF\xBB\xBF"
     "a,b\n",
     {{"a", "b"}}},
    {"with a byte-order mark and quotes", "\xEF\xBB\xBF\"a\",b\n", {{"a", "b"}}},
    {"with empty fields", "a,,\n,,\n", {{"a", "", ""}, {"", "", ""}}},
    {"ending in a comma", "a,", {{"a", ""}}},
    {"with empty lines", "\na\n\r\n\nb\n\n", {{"a"}, {"b"}}},
    {"with quoted fields", "\"a\",\"b\"\n\"c\",d\n", {{"a", "b"}, {"c", "d"}}},
    {"with a comma in quotes", "\"a,b\",c\n", {{"a,b", "c"}}},
    {"with a line break in quotes", "\"a\nb\r\nc\",d\n", {{"a\nb\r\nc", "d"}}},
    {"with CR before the closing quote", "\"a\r\",b\r\n", {{"a\r", "b"}}},
    {"with CR before the last closing quote", "a,\"b\r\"\r\n", {{"a", "b\r"}}},
    {"with doubled quotes", "\"say \"\"hi\"\"\",b\n", {{"say \"hi\"", "b"}}},
    {"with escaped quotes", R"("say \"hi\"",b)", {{"say \"hi\"", "b"}}},
    {"with escaped backslashes", R"("C:\\dir\\",b)", {{R"(C:\dir\)", "b"}}},
    {"with a backslash before a letter", R"("a\n",b)", {{R"(a\n)", "b"}}},
    {"with backslashes outside quotes", R"(a\\b\"c,d)", {{R"(a\\b\"c)", "d"}}},
    {"with a quote inside a field", "5\" pipe,b\n", {{"5\" pipe", "b"}}},
    {"with an empty quoted field", "\"\",b\n", {{"", "b"}}},
    {"with a quoted last field at the end of the text", "a,\"b\"", {{"a", "b"}}},
    {"with spaces, which are kept", " a , b \n", {{" a ", " b "}}},
    {"with nothing", "", {}},
};

TEST(Csv, IsReadWhereverThePiecesEnd) {
    for (const CsvCase& row : csv_cases) {
        for (const std::size_t bytes : {std::string_view::npos, std::size_t{1}, std::size_t{2}, std::size_t{3}}) {
            EXPECT_THAT(records_of(row.text, bytes), ElementsAreArray(row.records)) << row.name << " by " << bytes;
        }
    }
}

std::string error_of(const std::string& text) {
    try {
        records_of(text, std::string_view::npos);
    } catch (const CsvError& error) {
        return error.what();
    }
    return "none";
}

TEST(Csv, IsRefusedWhereAQuoteIsNeverClosed) {
    EXPECT_EQ(error_of("a\n\"b"), "a quote is opened and never closed");
    EXPECT_EQ(error_of("a\n\"" + std::string(5'000'000, 'b')), "the record is longer than 4 MiB: is a quote missing?");
}

TEST(Csv, IsRefusedWhereTextFollowsAClosingQuote) {
    EXPECT_EQ(error_of("\"a\"b,c\n"), "a closing quote is followed by neither a comma nor the end of the line");
}

}  // namespace
}  // namespace plocal::data
