// Rows as the store keeps them: the cells without a place of their own as one JSON object, and back. Pure.
#pragma once

#include <string>
#include <string_view>

#include "server/service/data/cell.h"
#include "server/service/data/columns.h"

namespace plocal::data {

/// Appends a value as JSON: a text in quotes, null as null.
void append_json(const Cell& cell, std::string& out);

/// Appends a value as CSV: a text in quotes where it needs them, null as nothing.
void append_csv(const Cell& cell, std::string& out);

/// Writes the cells that are not null and no parts of their own, by the names of the schema: {"GENRES":"Drama"}.
void write_cells(const Columns& columns, const Row& row, std::string& out);

/// Reads what `write_cells` has written into the cells of these columns, and null into the others but for parts.
/// Columns that the schema no longer has are left out. Throws base::JsonError if the text is damaged.
void read_cells(const Columns& columns, std::string_view cells, Row& row);

}  // namespace plocal::data
