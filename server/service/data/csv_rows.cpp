#include "server/service/data/csv_rows.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace plocal::data {
namespace {

std::string_view trimmed(std::string_view name) {
    const std::size_t begin = std::min(name.find_first_not_of(" \t"), name.size());
    name.remove_prefix(begin);
    return name.substr(0, name.find_last_not_of(" \t") + 1);
}

std::string missing_columns(const std::string& names) {
    return "Input CSV is missing the following columns:[" + names + "].";
}

}  // namespace

bool CsvRows::next_record() {
    try {
        return records_.next();
    } catch (const CsvError& error) {
        is_over_ = true;
        throw BadRow({number_ + (column_of_field_.empty() ? 0 : 1), "", error.what()});
    }
}

void CsvRows::read_header() {
    std::vector<bool> is_named(columns_.size());
    is_over_ = true;  // where it is refused
    if (next_record()) {
        for (std::size_t i = 0; i < records_.size(); ++i) {
            const auto column = columns_.find(trimmed(records_[i]));
            column_of_field_.push_back(column);
            if (!column) continue;
            if (is_named[*column]) throw BadRow({0, columns_[*column].name, "the header names this column twice"});
            is_named[*column] = true;
        }
    }
    std::string missing;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (!is_named[i]) missing.append(missing.empty() ? "" : ", ").append(columns_[i].name);
    }
    if (!missing.empty()) throw BadRow({0, "", missing_columns(missing)});
    is_over_ = false;
}

bool CsvRows::next(Row& row) {
    if (is_over_) return false;
    if (number_ == 0 && column_of_field_.empty()) read_header();
    if (!next_record()) return false;
    ++number_;
    if (records_.size() != column_of_field_.size()) {
        throw BadRow({number_, "",
                      "expected " + std::to_string(column_of_field_.size()) + " fields as in the header, found " +
                          std::to_string(records_.size())});
    }
    row.resize(columns_.size());
    for (std::size_t i = 0; i < column_of_field_.size(); ++i) {
        if (!column_of_field_[i]) continue;
        const Column& column = columns_[*column_of_field_[i]];
        if (std::string problem = read_text(column, records_[i], row[*column_of_field_[i]]); !problem.empty()) {
            throw BadRow({number_, column.name, std::move(problem)});
        }
    }
    return true;
}

}  // namespace plocal::data
