// Writes typed rows as CSV, JSON Lines or JSON: names as the schema spells them, what is null left out. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "server/service/data/cell.h"
#include "server/service/data/columns.h"
#include "server/service/data/row_formats.h"

namespace plocal::data {

/// Appends a row as a JSON object.
void append_json_row(const Columns& columns, const Row& row, std::string& out);

class RowWriter {
public:
    /// The columns must outlive the writer.
    RowWriter(RowFormat format, const Columns& columns) : format_(format), columns_(columns) {}

    /// Each appends to a text: first the beginning, then row by row, then the end. `next` is where the next page
    /// begins,
    /// "" for none; only JSON has a place for it.
    void begin(std::string& out) const;
    void add(const Row& row, std::string& out);
    void end(std::string_view next, std::string& out) const;

private:
    void add_csv(const Row& row, std::string& out) const;

    RowFormat format_;
    const Columns& columns_;
    std::size_t count_ = 0;
};

}  // namespace plocal::data
