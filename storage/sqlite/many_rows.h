// Inserts many rows by few statements. One for many rows keeps its places in the indexes from row to row. On the thread
// of the database.
#pragma once

#include <cstddef>
#include <span>

#include "storage/sqlite/statement.h"

namespace plocal::storage::sqlite {

/// How many rows a statement with PLOCAL_MANY_ROWS inserts.
inline constexpr std::size_t many_rows = 16;

#define PLOCAL_FOUR_ROWS(row) row ", " row ", " row ", " row

/// The text of many rows of VALUES, for the text of one. Such a statement should begin with INSERT OR FAIL, which
/// spares SQLite a journal for it: where it throws, the transaction must be rolled back.
#define PLOCAL_MANY_ROWS(row) \
    PLOCAL_FOUR_ROWS(row) ", " PLOCAL_FOUR_ROWS(row) ", " PLOCAL_FOUR_ROWS(row) ", " PLOCAL_FOUR_ROWS(row)

/// Binds the values of the rows of a statement, one row after the other.
class RowBinder {
public:
    explicit RowBinder(Statement& statement) : statement_(statement) {}

    /// Binds the next values. Texts must live as long as the statement.
    template <typename... Values>
    void add(const Values&... values) {
        (statement_.bind(++index_, values), ...);
    }

private:
    Statement& statement_;
    int index_ = 0;
};

/// Calls `insert` with each slice of rows and the index of its first row: slices of `many_rows`, then of one row.
template <typename Row, typename Insert>
void in_slices(std::span<Row> rows, const Insert& insert) {
    std::size_t from = 0;
    for (; from + many_rows <= rows.size(); from += many_rows) insert(rows.subspan(from, many_rows), from);
    for (; from < rows.size(); ++from) insert(rows.subspan(from, 1), from);
}

}  // namespace plocal::storage::sqlite
