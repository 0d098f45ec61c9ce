#include "server/service/data/json_rows.h"

#include <gmock/gmock.h>

#include "tests/unit/service/data/schemas.h"

namespace plocal::data {
namespace {

using base::Json;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const std::string two_movies[] = {R"({"ITEM_ID":"m1","genres":"Drama","Price":"4.5","creationTimestamp":1.7e9})",
                                  R"({"itemId":"m2","CREATION_TIMESTAMP":"5","PRICE":4,"STOCK":null,"other":[1]})"};

void expect_two_movies(const std::vector<Row>& rows, const std::string& name) {
    ASSERT_THAT(rows, SizeIs(2)) << name;
    EXPECT_EQ(rows[0][0], Cell(std::string("m1"))) << name;
    EXPECT_EQ(rows[0][1], Cell(std::string("Drama"))) << name;
    EXPECT_EQ(rows[0][2], Cell(4.5)) << name;
    EXPECT_EQ(rows[0][3], Cell(std::int64_t{1700000000})) << name;
    EXPECT_EQ(rows[1][0], Cell(std::string("m2"))) << name;
    EXPECT_EQ(rows[1][1], Cell()) << name;
    EXPECT_EQ(rows[1][2], Cell(4.0)) << name;
    EXPECT_EQ(rows[1][3], Cell(std::int64_t{5})) << name;
}

TEST(JsonRows, AreReadFromLinesAndFromDocuments) {
    const Columns columns = movies();
    const std::string lines = two_movies[0] + "\r\n\n" + two_movies[1];
    const std::string list = "[" + two_movies[0] + ",\n" + two_movies[1] + "]";
    for (const std::size_t bytes : {std::string_view::npos, std::size_t{1}, std::size_t{7}}) {
        expect_two_movies(rows_of(RowFormat::json_lines, lines, columns, bytes), "lines");
        expect_two_movies(rows_of(RowFormat::json, R"({"rows":)" + list + "}", columns, bytes), "document");
        expect_two_movies(
            rows_of(RowFormat::json, R"({"a":{"b":[]},"rows":)" + list + R"(,"next":"m2"})", columns, bytes),
            "document with more members");
    }
    EXPECT_THAT(rows_of(RowFormat::json, R"({"rows":[]})", columns), IsEmpty());
    EXPECT_THAT(rows_of(RowFormat::json_lines, "", columns), IsEmpty());
}

struct BadJson {
    const char* name;
    RowFormat format;
    std::string text;
    RowProblem problem;
};

TEST(JsonRows, AreRefusedByRowAndColumn) {
    const std::string no_document = R"(expected an object {"rows": [...]})";
    const std::string good = two_movies[1];
    const BadJson cases[] = {
        {"no object", RowFormat::json_lines, "5", {1, "", "expected an object, found 5"}},
        {"a number for a text",
         RowFormat::json_lines,
         good + "\n" + R"({"ITEM_ID":7,"CREATION_TIMESTAMP":1})",
         {2, "ITEM_ID", "expected string, found 7"}},
        {"a list for a category",
         RowFormat::json_lines,
         R"({"ITEM_ID":"a","CREATION_TIMESTAMP":1,"GENRES":["Drama"]})",
         {1, "GENRES", "expected string or null, found [\"Drama\"]"}},
        {"a boolean for a number",
         RowFormat::json_lines,
         R"({"ITEM_ID":"a","CREATION_TIMESTAMP":true})",
         {1, "CREATION_TIMESTAMP", "expected long, found true"}},
        {"a fraction for a whole number",
         RowFormat::json_lines,
         R"({"ITEM_ID":"a","CREATION_TIMESTAMP":1.5})",
         {1, "CREATION_TIMESTAMP", "expected long, found 1.5"}},
        {"a number beyond 64 bits",
         RowFormat::json_lines,
         R"({"ITEM_ID":"a","CREATION_TIMESTAMP":18446744073709551615})",
         {1, "CREATION_TIMESTAMP", "expected long, found 18446744073709551615"}},
        {"an empty id",
         RowFormat::json_lines,
         R"({"ITEM_ID":"","CREATION_TIMESTAMP":1})",
         {1, "ITEM_ID", "expected an id of at least one character, found \"\""}},
        {"a missing value",
         RowFormat::json,
         R"({"rows":[)" + good + R"(,{"ITEM_ID":"a"}]})",
         {2, "CREATION_TIMESTAMP", "expected long, found nothing"}},
        {"a null value",
         RowFormat::json,
         R"({"rows":[{"ITEM_ID":"a","CREATION_TIMESTAMP":null}]})",
         {1, "CREATION_TIMESTAMP", "expected long, found nothing"}},
        {"a list alone", RowFormat::json, "[]", {0, "", no_document}},
        {"no rows", RowFormat::json, R"({"row":[]})", {0, "", no_document}},
        {"rows that are no list", RowFormat::json, R"({"rows":{}})", {0, "", no_document}},
        {"no comma",
         RowFormat::json,
         R"({"rows":[)" + good + good + "]}",
         {2, "", "expected a comma or the end of the rows"}},
        {"an open document", RowFormat::json, R"({"rows":[)" + good + "]", {0, "", no_document}},
        {"more behind it", RowFormat::json, R"({"rows":[)" + good + "]}}", {0, "", no_document}},
        {"an open row", RowFormat::json, R"({"rows":[{"ITEM_ID")", {1, "", "the JSON ends in the middle of a row"}},
    };
    const Columns columns = movies();
    for (const BadJson& row : cases) {
        const RowProblem found = problem_of(row.format, row.text, columns);
        EXPECT_EQ(found.row, row.problem.row) << row.name;
        EXPECT_EQ(found.column, row.problem.column) << row.name;
        EXPECT_EQ(found.text, row.problem.text) << row.name;
    }
}

TEST(JsonRows, OfBrokenJsonAreRefusedByRow) {
    const RowProblem found = problem_of(RowFormat::json_lines, two_movies[1] + "\n{\"ITEM_ID\":}\n", movies());
    EXPECT_EQ(found.row, 2U);
    EXPECT_THAT(found.text, testing::StartsWith("no JSON: line 1"));
}

TEST(JsonRows, AreReadOnBehindABadOne) {
    const std::string bad = R"({"ITEM_ID":"a"})";
    const std::string& good = two_movies[0];
    const std::string lines = bad + "\n" + good + "\n5\n{\n" + good;
    const std::string document = R"({"rows":[)" + bad + "," + good + ",5,{]},7}";
    std::vector<std::size_t> rows;
    for (const RowProblem& problem : problems_of(RowFormat::json_lines, lines, movies())) rows.push_back(problem.row);
    EXPECT_THAT(rows, ElementsAre(1, 3, 4));
    rows.clear();
    for (const RowProblem& problem : problems_of(RowFormat::json, document, movies())) rows.push_back(problem.row);
    EXPECT_THAT(rows, ElementsAre(1, 3, 4, 5));
}

TEST(JsonRows, NameTheMembersThatAreNoColumns) {
    const Json object = Json::parse(R"({"numRatings":1,"GEN_RES":"x","itemid":"a"})");
    EXPECT_THAT(unknown_members(movies(), object), ElementsAre("numRatings"));
}

TEST(BadRowText, NamesRowAndColumn) {
    EXPECT_STREQ(BadRow({3, "PRICE", "no"}).what(), "row 3, column PRICE: no");
    EXPECT_STREQ(BadRow({3, "", "no"}).what(), "row 3: no");
    EXPECT_STREQ(BadRow({0, "PRICE", "no"}).what(), "column PRICE: no");
    EXPECT_STREQ(BadRow({0, "", "no"}).what(), "no");
}

}  // namespace
}  // namespace plocal::data
