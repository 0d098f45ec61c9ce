#include "server/service/data/row_writer.h"

#include <gmock/gmock.h>

#include "server/service/data/stored_cells.h"
#include "tests/unit/service/data/schemas.h"

namespace plocal::data {
namespace {

std::string written(RowFormat format, const Columns& columns, const std::vector<Row>& rows,
                    std::string_view next = {}) {
    RowWriter writer(format, columns);
    std::string text;
    writer.begin(text);
    for (const Row& row : rows) writer.add(row, text);
    writer.end(next, text);
    return text;
}

const std::string one_movie = R"({"ITEM_ID":"m1","GENRES":"Drama","PRICE":4.0,"CREATION_TIMESTAMP":5,"ADULT":false})";

TEST(RowWriter, SpellsNamesAsTheSchemaAndLeavesOutNulls) {
    const Columns columns = movies();
    const std::string line = R"({"itemId":"m1","creation_timestamp":5,"genres":"Drama","price":4,"adult":"false"})";
    const auto rows = rows_of(RowFormat::json_lines, line, columns);
    EXPECT_EQ(written(RowFormat::json_lines, columns, rows), one_movie + "\n");
    EXPECT_EQ(written(RowFormat::json, columns, {rows[0], rows[0]}, "m\"1"),
              R"({"rows":[)" + one_movie + "," + one_movie + R"(],"next":"m\"1"})");
    EXPECT_EQ(written(RowFormat::json, columns, {}), R"({"rows":[]})");
    EXPECT_EQ(written(RowFormat::csv, columns, rows),
              "ITEM_ID,GENRES,PRICE,CREATION_TIMESTAMP,STOCK,ADULT,PLOT\nm1,Drama,4.0,5,,false,\n");
}

TEST(RowWriter, WritesWhatIsReadBack) {
    const Columns columns = movies();
    const std::string texts[] = {"plain",      "a,b",         "say \"hi\"",
                                 "two\nlines", "back\\slash", "\\\"both\\\\, \"\"",
                                 "end\\",      "tab\t\x01",   "\xC3\xA4\xF0\x9F\x8E\xAC",
                                 "cr\r",       " blank "};
    std::vector<Row> rows;
    for (const std::string& text : texts) {
        rows.push_back({std::string("id"), text, 0.1, std::int64_t{-1}, Cell(), true, text});
    }
    for (const RowFormat format : {RowFormat::csv, RowFormat::json_lines, RowFormat::json}) {
        EXPECT_EQ(rows_of(format, written(format, columns, rows), columns), rows) << static_cast<int>(format);
    }
}

TEST(StoredCells, AreReadAsTheyWereWritten) {
    const Columns columns = movies();
    const Row row = {std::string("id"), std::string("a\"b"), 0.5, std::int64_t{7}, std::int64_t{-7}, Cell(), Cell()};
    std::string cells;
    write_cells(columns, row, cells);
    EXPECT_EQ(cells, R"({"GENRES":"a\"b","PRICE":0.5,"CREATION_TIMESTAMP":7,"STOCK":-7})");
    Row read;
    read_cells(columns, cells, read);
    read[columns.id()] = std::string("id");
    EXPECT_EQ(read, row);
}

TEST(StoredCells, WithoutEscapesAreReadAsThoseWithThem) {
    const Columns columns = movies();
    for (const char* const genres : {"", "a,b", "a:b|{c}", "caf\xc3\xa9", "a\\", "\"", "tab\t"}) {
        for (const double price : {0.1, 1e300, -2.0}) {
            const Row row = {std::string("id"), std::string(genres), price, std::int64_t{-7}, std::int64_t{7}, true,
                             std::string("x")};
            std::string cells;
            write_cells(columns, row, cells);
            Row read;
            read_cells(columns, cells, read);
            read[columns.id()] = std::string("id");
            EXPECT_EQ(read, row) << cells;
        }
    }
}

TEST(StoredCells, HaveNoPartsOfInteractions) {
    const Columns columns = views();
    std::string cells;
    write_cells(columns,
                {std::string("u"), std::string("i"), std::int64_t{1}, std::string("watch"), 0.5, std::string("tv")},
                cells);
    EXPECT_EQ(cells, R"({"DEVICE":"tv"})");
}

TEST(StoredCells, OfAColumnThatIsGoneAreLeftOut) {
    Row read = {std::string("id"), std::string("left over")};
    read_cells(movies(), R"({"GONE":1,"PRICE":2.5,"STOCK":"many"})", read);
    EXPECT_EQ(read, (Row{std::string("id"), Cell(), 2.5, Cell(), Cell(), Cell(), Cell()}));
}

}  // namespace
}  // namespace plocal::data
