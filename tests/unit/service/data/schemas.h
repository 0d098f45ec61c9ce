// Columns of datasets for tests of rows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/model/languages/avro/record.h"
#include "server/service/data/cell.h"
#include "server/service/data/columns.h"
#include "server/service/data/row_formats.h"

namespace plocal::data {

inline Columns movies() {
    return Columns({"ITEMS",
                    {{"ITEM_ID", {"string"}},
                     {"GENRES", {"string", "null"}, true},
                     {"PRICE", {"float", "null"}},
                     {"CREATION_TIMESTAMP", {"long"}},
                     {"STOCK", {"int", "null"}},
                     {"ADULT", {"boolean", "null"}},
                     {"PLOT", {"null", "string"}, false, true}},
                    {}});
}

inline Columns views() {
    return Columns({"INTERACTIONS",
                    {{"USER_ID", {"string"}},
                     {"ITEM_ID", {"string"}},
                     {"TIMESTAMP", {"long"}},
                     {"EVENT_TYPE", {"string"}},
                     {"EVENT_VALUE", {"float", "null"}},
                     {"DEVICE", {"string", "null"}}},
                    {}});
}

/// Reads all rows of a text in pieces of a size.
inline std::vector<Row> rows_of(RowFormat format, std::string_view text, const Columns& columns,
                                std::size_t piece_bytes = std::string_view::npos) {
    base::TextPieces pieces(text, piece_bytes);
    const auto source = read_rows(format, pieces, columns);
    std::vector<Row> rows;
    for (Row row; source->next(row);) rows.push_back(row);
    return rows;
}

/// Returns all problems of a text.
inline std::vector<RowProblem> problems_of(RowFormat format, std::string_view text, const Columns& columns) {
    base::TextPieces pieces(text);
    const auto source = read_rows(format, pieces, columns);
    std::vector<RowProblem> problems;
    Row row;
    for (bool goes_on = true; goes_on;) {
        try {
            goes_on = source->next(row);
        } catch (const BadRow& error) {
            problems.push_back(error.problem());
        }
    }
    return problems;
}

/// Returns the only problem of a text.
inline RowProblem problem_of(RowFormat format, std::string_view text, const Columns& columns) {
    const std::vector<RowProblem> problems = problems_of(format, text, columns);
    return problems.size() == 1 ? problems.front() : RowProblem{0, "", std::to_string(problems.size()) + " problems"};
}

}  // namespace plocal::data
