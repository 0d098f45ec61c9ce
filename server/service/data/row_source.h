// A source of typed rows, one by one, so that no more than a row is in memory. For one thread at a time.
#pragma once

#include "server/service/data/cell.h"

namespace plocal::data {

class RowSource {
public:
    RowSource() = default;
    RowSource(const RowSource&) = delete;
    RowSource& operator=(const RowSource&) = delete;
    virtual ~RowSource() = default;

    /// Reads the next row, which has a cell for each column then. Returns false at the end. Throws BadRow, after which
    /// the next call goes on with the row behind it, or returns false where that cannot be found; and what the pieces
    /// throw.
    virtual bool next(Row& row) = 0;
};

}  // namespace plocal::data
