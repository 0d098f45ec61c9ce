// Rows as CSV, JSON Lines or JSON. The first byte chooses the format, the dataset and the size of the pieces. Rows are
// the same whatever the pieces are, and the same when they are written in each format and read again.
#include <string>
#include <vector>

#include "server/base/text.h"
#include "server/service/data/row_formats.h"
#include "server/service/data/row_writer.h"
#include "tests/fuzz/target.h"

namespace plocal::fuzz {
namespace {

using data::Columns;
using data::Row;
using data::RowFormat;

constexpr RowFormat formats[] = {RowFormat::csv, RowFormat::json_lines, RowFormat::json};

const Columns& film_columns() {
    static const Columns columns({"ITEMS",
                                  {{"ITEM_ID", {"string"}},
                                   {"GENRES", {"string", "null"}, true},
                                   {"PRICE", {"double", "null"}},
                                   {"STOCK", {"int", "null"}},
                                   {"ADULT", {"boolean", "null"}}},
                                  {}});
    return columns;
}

const Columns& view_columns() {
    static const Columns columns(
        {"INTERACTIONS", {{"USER_ID", {"string"}}, {"ITEM_ID", {"string"}}, {"TIMESTAMP", {"long"}}}, {}});
    return columns;
}

struct Rows {
    std::vector<Row> good;
    std::vector<data::RowProblem> bad;

    bool operator==(const Rows&) const = default;
};

Rows read_all(RowFormat format, std::string_view text, const Columns& columns, std::size_t piece_bytes) {
    base::TextPieces pieces(text, piece_bytes);
    const auto source = data::read_rows(format, pieces, columns);
    Rows rows;
    Row row;
    for (bool goes_on = true; goes_on;) {
        try {
            goes_on = source->next(row);
            if (goes_on) rows.good.push_back(row);
        } catch (const data::BadRow& error) {
            rows.bad.push_back(error.problem());
            require(rows.bad.size() <= text.size() + 1, "the rows of a text end", error.what());
        }
    }
    return rows;
}

/// CSV has one form for an empty text and for none.
std::vector<Row> without_empty_texts(std::vector<Row> rows) {
    for (Row& row : rows) {
        for (data::Cell& cell : row) {
            if (const auto* const text = std::get_if<std::string>(&cell); text != nullptr && text->empty()) cell = {};
        }
    }
    return rows;
}

void require_same_when_written(const Columns& columns, std::vector<Row> rows, RowFormat format) {
    if (format == RowFormat::csv) rows = without_empty_texts(std::move(rows));
    data::RowWriter writer(format, columns);
    std::string text;
    writer.begin(text);
    for (const Row& row : rows) writer.add(row, text);
    writer.end("", text);
    const Rows again = read_all(format, text, columns, std::string_view::npos);
    require(again.bad.empty(), "what was written can be read", text);
    require(again.good == rows, "rows are the same when they are read again", text);
}

void run_rows(std::string_view input) {
    if (input.empty()) return;
    const auto choice = static_cast<unsigned char>(input.front());
    const RowFormat format = formats[choice % 3U];
    const Columns& columns = choice & 4U ? view_columns() : film_columns();
    const std::string_view text = input.substr(1);
    const Rows rows = read_all(format, text, columns, std::string_view::npos);
    require(rows == read_all(format, text, columns, 1U + choice / 16U), "rows do not depend on pieces", text);
    for (const data::RowProblem& problem : rows.bad) {
        require(!problem.text.empty() && (base::is_utf8(problem.text) || !base::is_utf8(text)), "a problem is a text",
                problem.text);
    }
    for (const RowFormat each : formats) require_same_when_written(columns, rows.good, each);
}

}  // namespace
}  // namespace plocal::fuzz

PLOCAL_FUZZ_TARGET(rows, plocal::fuzz::run_rows)
