#include "server/service/data/row_writer.h"

#include "server/service/data/stored_cells.h"

namespace plocal::data {

void append_json_row(const Columns& columns, const Row& row, std::string& out) {
    bool is_first = true;
    out += '{';
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (is_null(row[i])) continue;
        if (!is_first) out += ',';
        is_first = false;
        append_json(columns[i].name, out);
        out += ':';
        append_json(row[i], out);
    }
    out += '}';
}

void RowWriter::begin(std::string& out) const {
    if (format_ == RowFormat::json) out += R"({"rows":[)";
    if (format_ != RowFormat::csv) return;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (i > 0) out += ',';
        append_csv(columns_[i].name, out);
    }
    out += '\n';
}

void RowWriter::add(const Row& row, std::string& out) {
    if (format_ == RowFormat::csv) {
        add_csv(row, out);
    } else {
        if (format_ == RowFormat::json && count_ > 0) out += ',';
        append_json_row(columns_, row, out);
    }
    if (format_ != RowFormat::json) out += '\n';
    ++count_;
}

void RowWriter::end(std::string_view next, std::string& out) const {
    if (format_ != RowFormat::json) return;
    out += ']';
    if (!next.empty()) {
        out += R"(,"next":)";
        append_json(Cell(std::string(next)), out);
    }
    out += '}';
}

void RowWriter::add_csv(const Row& row, std::string& out) const {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (i > 0) out += ',';
        append_csv(row[i], out);
    }
}

}  // namespace plocal::data
