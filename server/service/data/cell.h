// The values of rows, and how they are read from the texts of CSV and from JSON. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/base/json.h"
#include "server/service/data/columns.h"

namespace plocal::data {

/// Null, a boolean, a whole number, a number or a text. The values of a categorical column are one text, joined by `|`.
using Cell = std::variant<std::monostate, bool, std::int64_t, double, std::string>;

/// A cell for each column of a schema, in its order.
using Row = std::vector<Cell>;

inline bool is_null(const Cell& cell) {
    return std::holds_alternative<std::monostate>(cell);
}

/// What is wrong with a document of rows.
struct RowProblem {
    std::size_t row = 0;  // from 1, without the header; 0 for the document as a whole
    std::string column;   // as the schema spells it; empty for a row as a whole
    std::string text;

    bool operator==(const RowProblem&) const = default;
};

/// A row cannot be taken. what() is one line: "row 3, column PRICE: expected ...".
class BadRow : public std::runtime_error {
public:
    explicit BadRow(RowProblem problem);

    const RowProblem& problem() const { return problem_; }

private:
    RowProblem problem_;
};

/// Returns true for the problem of a text that is longer than its column may hold.
bool is_too_long(const RowProblem& problem);

/// Each reads one value into a cell. Returns what is wrong with it, "" for nothing. An empty text is null. A text that
/// is longer than a textual column may hold is cut.
std::string read_text(const Column& column, std::string_view text, Cell& cell);
std::string read_json(const Column& column, const base::Json& value, Cell& cell);

/// Sets a text, in the cell's own memory where it has one.
void set_text(Cell& cell, std::string_view text);

}  // namespace plocal::data
