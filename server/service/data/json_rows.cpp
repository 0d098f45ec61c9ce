#include "server/service/data/json_rows.h"

#include <optional>

#include "server/base/problem.h"

namespace plocal::data {
namespace {

using base::Json;

constexpr std::size_t most_bytes_of_a_line = std::size_t{4} << 20;

Json json_of(std::string_view text, std::size_t number) {
    try {
        return base::parse_json(text);
    } catch (const base::JsonError& error) {
        throw BadRow({number, "", std::string("no JSON: ") + error.what()});
    }
}

[[noreturn]] void refuse_document() {
    throw BadRow({0, "", R"(expected an object {"rows": [...]})"});
}

void read_present(const Columns& columns, const Json& object, std::size_t number, Row& row) {
    if (!object.is_object()) throw BadRow({number, "", base::mismatch("an object", base::excerpt(object))});
    row.assign(columns.size(), Cell());
    for (const auto& [name, value] : object.items()) {
        const auto index = columns.find(name);
        if (!index || value.is_null()) continue;
        const Column& column = columns[*index];
        if (std::string problem = read_json(column, value, row[*index]); !problem.empty()) {
            throw BadRow({number, column.name, std::move(problem)});
        }
    }
}

void require_cell(const Columns& columns, std::size_t index, std::size_t number, const Row& row) {
    if (is_null(row[index])) {
        throw BadRow({number, columns[index].name, base::mismatch(columns[index].types, "nothing")});
    }
}

}  // namespace

void read_members(const Columns& columns, const Json& object, std::size_t number, Row& row) {
    read_present(columns, object, number, row);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (!columns[i].may_be_null) require_cell(columns, i, number, row);
    }
}

void read_stored_members(const Columns& columns, const Json& object, std::size_t number, Row& row) {
    read_present(columns, object, number, row);
    if (!columns.are_interactions()) return require_cell(columns, columns.id(), number, row);
    for (const std::size_t part : {columns.user(), columns.item(), columns.time()}) {
        require_cell(columns, part, number, row);
    }
}

std::vector<std::string> unknown_members(const Columns& columns, const Json& object) {
    std::vector<std::string> names;
    for (const auto& [name, value] : object.items()) {
        if (!columns.find(name)) names.push_back(name);
    }
    return names;
}

bool JsonLineRows::next(Row& row) {
    while (!is_over_ && read_line()) {
        if (line_.find_first_not_of(" \t\r") == std::string::npos) continue;
        ++number_;
        read_members(columns_, json_of(line_, number_), number_, row);
        return true;
    }
    return false;
}

/// Reads a line without its end. Returns false at the end of the text.
bool JsonLineRows::read_line() {
    line_.clear();
    bool has_any = false;
    for (;;) {
        if (piece_.empty()) piece_ = pieces_.next();
        if (piece_.empty()) return has_any;
        has_any = true;
        const std::size_t end = piece_.find('\n');
        line_.append(piece_.substr(0, end));
        if (line_.size() > most_bytes_of_a_line) {
            is_over_ = true;
            throw BadRow({number_ + 1, "", "the line is longer than 4 MiB"});
        }
        if (end == std::string_view::npos) {
            piece_ = {};
            continue;
        }
        piece_.remove_prefix(end + 1);
        return true;
    }
}

bool JsonRows::next(Row& row) {
    Json value;
    if (!next_value(value)) return false;
    read_members(columns_, value, number_, row);
    return true;
}

bool JsonRows::next_value(Json& value) {
    if (is_over_) return false;
    is_over_ = true;  // where the JSON is broken
    const bool has_row = number_ == 0 ? enter() : scanner_.take(',');
    if (!has_row) {
        leave();
        return false;
    }
    ++number_;
    const auto text = scanner_.take_value();
    if (!text) throw BadRow({number_, "", "the JSON ends in the middle of a row"});
    is_over_ = false;
    value = json_of(*text, number_);
    return true;
}

/// Goes to the first row. Returns false where there is none.
bool JsonRows::enter() {
    if (whole_ == Whole::object && (!scanner_.take('{') || !pass_members())) refuse_document();
    if (!scanner_.take('[')) refuse_document();
    return scanner_.peek() != ']';
}

/// Passes over the members before "rows". Returns false where there is no such member.
bool JsonRows::pass_members() {
    for (;;) {
        const auto text = scanner_.peek() == '"' ? scanner_.take_value() : std::nullopt;
        const auto name = text ? base::string_of(*text) : std::nullopt;
        if (!name || !scanner_.take(':')) return false;
        if (*name == "rows") return true;
        if (!scanner_.skip_value() || !scanner_.take(',')) return false;
    }
}

/// Requires the end of the array and of the document.
void JsonRows::leave() {
    if (!scanner_.take(']')) throw BadRow({number_ + 1, "", "expected a comma or the end of the rows"});
    if (whole_ == Whole::array) return;
    while (scanner_.take(',')) {
        if (!scanner_.take_value() || !scanner_.take(':') || !scanner_.skip_value()) refuse_document();
    }
    if (!scanner_.take('}') || !scanner_.has_ended()) refuse_document();
}

bool ListedRows::next(Row& row) {
    if (number_ == list_.size()) return false;
    const Json& object = list_[number_];
    ++number_;
    read_members(columns_, object, number_, row);
    return true;
}

}  // namespace plocal::data
