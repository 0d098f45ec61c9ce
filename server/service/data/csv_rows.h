// Reads typed rows from CSV with a header. Columns are found by name, in any order. Pure, but for what the pieces do.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "server/base/pieces.h"
#include "server/service/data/columns.h"
#include "server/service/data/csv.h"
#include "server/service/data/row_source.h"

namespace plocal::data {

class CsvRows : public RowSource {
public:
    /// Both must outlive the source.
    CsvRows(base::Pieces& pieces, const Columns& columns) : records_(pieces), columns_(columns) {}

    /// The first call reads the header too, and throws BadRow where it does not name each column of the schema once.
    bool next(Row& row) override;

private:
    bool next_record();
    void read_header();

    CsvReader records_;
    const Columns& columns_;
    std::vector<std::optional<std::size_t>> column_of_field_;
    std::size_t number_ = 0;
    bool is_over_ = false;
};

}  // namespace plocal::data
