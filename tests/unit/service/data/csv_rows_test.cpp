#include "server/service/data/csv_rows.h"

#include <gmock/gmock.h>

#include "tests/unit/service/data/schemas.h"

namespace plocal::data {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

const Cell null_cell;

Cell text_cell(std::string_view text) {
    return std::string(text);
}

// Fidelity: seen | The columns of an import's CSV are found by name, quoted or not, in any case and order |
//   aws-samples/amazon-personalize-immersion-day
// Fidelity: seen | Columns of an import's CSV that the schema does not have are ignored |
//   aws-samples/amazon-personalize-samples
TEST(CsvRows, AreFoundByNameInAnyCaseAndOrder) {
    const Columns columns = movies();
    const auto rows = rows_of(RowFormat::csv,
                              "\"creation_timestamp\",surplus,Genres,itemId,price,STOCK,adult,plot\n"
                              "1700000000,x,Drama|Comedy,m1,4.5,-3,true,\"He said \"\"no\"\"\"\n"
                              "1700000001,x,,m2,,,,\n",
                              columns);
    ASSERT_THAT(rows, SizeIs(2));
    EXPECT_THAT(rows[0],
                ElementsAre(text_cell("m1"), text_cell("Drama|Comedy"), Cell(4.5), Cell(std::int64_t{1700000000}),
                            Cell(std::int64_t{-3}), Cell(true), text_cell("He said \"no\"")));
    EXPECT_THAT(rows[1], ElementsAre(text_cell("m2"), null_cell, null_cell, Cell(std::int64_t{1700000001}), null_cell,
                                     null_cell, null_cell));
}

struct BadCsv {
    const char* name;
    std::string text;
    RowProblem problem;
};

const std::string movies_header = "ITEM_ID,GENRES,PRICE,CREATION_TIMESTAMP,STOCK,ADULT,PLOT\n";

std::string too_long(std::size_t most, const std::string& column) {
    return "Length cannot be more than " + std::to_string(most) + " characters for " + column +
           ". If no values exceed the character limit, make sure your data follows the formatting guidelines listed in "
           "https://docs.aws.amazon.com/personalize/latest/dg/data-prep-formatting.html.";
}

// Fidelity: documented | An import's CSV must have each column of the schema, and no value longer than its limit: both
//   texts | https://docs.aws.amazon.com/personalize/latest/dg/error-messages.html
TEST(CsvRows, AreRefusedByRowAndColumn) {
    const BadCsv cases[] = {
        {"missing columns",
         "ITEM_ID,GENRES,STOCK,ADULT,PLOT\n",
         {0, "", "Input CSV is missing the following columns:[PRICE, CREATION_TIMESTAMP]."}},
        {"an empty file",
         "",
         {0, "",
          "Input CSV is missing the following columns:[ITEM_ID, GENRES, PRICE, CREATION_TIMESTAMP, STOCK, ADULT, "
          "PLOT]."}},
        {"a column named twice", "ITEM_ID,item_id\n", {0, "ITEM_ID", "the header names this column twice"}},
        {"a float for a long",
         movies_header + "a,,,1,,,\nb,,,1.5,,,\n",
         {2, "CREATION_TIMESTAMP", "expected long, found \"1.5\""}},
        {"a text for a float",
         movies_header + "a,,free,1,,,\n",
         {1, "PRICE", "expected float or null, found \"free\""}},
        {"not a number", movies_header + "a,,nan,1,,,\n", {1, "PRICE", "expected float or null, found \"nan\""}},
        {"a number beyond 32 bits",
         movies_header + "a,,,1,2147483648,,\n",
         {1, "STOCK", "expected int or null, found \"2147483648\""}},
        {"a number beyond 64 bits",
         movies_header + "a,,,9223372036854775808,,,\n",
         {1, "CREATION_TIMESTAMP", "expected long, found \"9223372036854775808\""}},
        {"a boolean in another case",
         movies_header + "a,,,1,,TRUE,\n",
         {1, "ADULT", "expected boolean or null, found \"TRUE\""}},
        {"a missing required value",
         movies_header + "a,,,,,,\n",
         {1, "CREATION_TIMESTAMP", "expected long, found nothing"}},
        {"a missing id", movies_header + ",,,1,,,\n", {1, "ITEM_ID", "expected string, found nothing"}},
        {"an id that is too long",
         movies_header + std::string(257, 'x') + ",,,1,,,\n",
         {1, "ITEM_ID", too_long(256, "ITEM_ID")}},
        {"a category that is too long",
         movies_header + "a," + std::string(1001, 'x') + ",,1,,,\n",
         {1, "GENRES", too_long(1000, "GENRES")}},
        {"a text that is no UTF-8",
         movies_header + "a,\xC3\x28,,1,,,\n",
         {1, "GENRES", "expected text in UTF-8, found \"\\ufffd(\""}},
        {"too few fields", movies_header + "a,,,1\n", {1, "", "expected 7 fields as in the header, found 4"}},
        {"an open quote", movies_header + "a,,,1,,,\n\"b", {2, "", "a quote is opened and never closed"}},
    };
    const Columns columns = movies();
    for (const BadCsv& row : cases) {
        const RowProblem found = problem_of(RowFormat::csv, row.text, columns);
        EXPECT_EQ(found.row, row.problem.row) << row.name;
        EXPECT_EQ(found.column, row.problem.column) << row.name;
        EXPECT_EQ(found.text, row.problem.text) << row.name;
    }
}

TEST(CsvRows, AreReadOnBehindABadOne) {
    const auto problems =
        problems_of(RowFormat::csv, movies_header + "a,,,x,,,\nb,,,1,,,\nc,,,y,,,\nd,,,\n\"e", movies());
    std::vector<std::size_t> rows;
    for (const RowProblem& problem : problems) rows.push_back(problem.row);
    EXPECT_THAT(rows, ElementsAre(1, 3, 4, 5));
}

// Fidelity: documented | Textual values are cut at 20000 characters | DG/limits.html
TEST(CsvRows, HaveTheirLongestValues) {
    const Columns columns = movies();
    std::string plot;
    for (int i = 0; i < 20001; ++i) plot += "\xC3\xA4";
    const std::string id(256, 'x');
    const std::string genres(1000, 'y');
    const auto rows = rows_of(RowFormat::csv, movies_header + id + ',' + genres + ",,1,,," + plot + '\n', columns);
    ASSERT_THAT(rows, SizeIs(1));
    EXPECT_EQ(rows[0][0], text_cell(id));
    EXPECT_EQ(rows[0][1], text_cell(genres));
    EXPECT_EQ(rows[0][6], text_cell(plot.substr(0, 40000)));
}

}  // namespace
}  // namespace plocal::data
