// The forms in which rows are read and written. Pure.
#pragma once

#include <memory>

#include "server/base/pieces.h"
#include "server/service/data/columns.h"
#include "server/service/data/row_source.h"

namespace plocal::data {

enum class RowFormat { csv, json_lines, json };

/// CSV has a header, whose names may come in any order. JSON is an object with a member "rows", as `/_local/data` has.
/// Columns that the schema does not have are ignored. Pieces and columns must outlive the source.
std::unique_ptr<RowSource> read_rows(RowFormat format, base::Pieces& pieces, const Columns& columns);

}  // namespace plocal::data
