#include "server/service/data/stored_cells.h"

#include <charconv>

#include "server/base/json.h"

namespace plocal::data {
namespace {

using base::Json;

constexpr std::string_view needs_escape_in_json = "\"\\";

bool is_plain(std::string_view text) {
    if (text.find_first_of(needs_escape_in_json) != std::string_view::npos) return false;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20) return false;
    }
    return true;
}

void append_text(std::string_view text, std::string& out) {
    if (!is_plain(text)) {
        out += Json(std::string(text)).dump();
        return;
    }
    out += '"';
    out += text;
    out += '"';
}

/// Appends a number, or nothing for a text and for null.
void append_scalar(const Cell& cell, std::string& out) {
    if (const auto* const boolean = std::get_if<bool>(&cell)) out += *boolean ? "true" : "false";
    if (const auto* const whole = std::get_if<std::int64_t>(&cell)) out += std::to_string(*whole);
    if (const auto* const number = std::get_if<double>(&cell)) out += Json(*number).dump();
}

}  // namespace

void append_json(const Cell& cell, std::string& out) {
    if (is_null(cell)) out += "null";
    if (const auto* const text = std::get_if<std::string>(&cell)) append_text(*text, out);
    append_scalar(cell, out);
}

void append_csv(const Cell& cell, std::string& out) {
    append_scalar(cell, out);
    const auto* const text = std::get_if<std::string>(&cell);
    if (text == nullptr) return;
    if (text->find_first_of("\",\r\n") == std::string::npos) {
        out += *text;
        return;
    }
    out += '"';
    for (const char c : *text) {
        // A reader takes two backslashes in quotes for one.
        if (c == '"' || c == '\\') out += c;
        out += c;
    }
    out += '"';
}

void write_cells(const Columns& columns, const Row& row, std::string& out) {
    out = '{';
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (is_null(row[i]) || columns.is_part(i)) continue;
        if (out.size() > 1) out += ',';
        append_text(columns[i].name, out);
        out += ':';
        append_json(row[i], out);
    }
    out += '}';
}

void read_cells(const Columns& columns, std::string_view cells, Row& row) {
    row.resize(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (!columns.is_part(i)) row[i] = std::monostate();
    }
    if (cells.empty()) return;
    const Json object = base::parse_json(cells);
    for (const auto& [name, value] : object.items()) {
        const auto index = columns.find(name);
        if (!index || columns.is_part(*index)) continue;
        if (!read_json(columns[*index], value, row[*index]).empty()) row[*index] = std::monostate();
    }
}

}  // namespace plocal::data
