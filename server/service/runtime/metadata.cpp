#include "server/service/runtime/metadata.h"

#include <algorithm>
#include <cstdint>
#include <variant>

#include "server/base/text.h"
#include "server/model/render.h"
#include "server/service/runtime/filter_data.h"
#include "server/service/runtime/refusals.h"

namespace plocal::runtime {
namespace {

using base::Json;

constexpr std::size_t most_columns = 10;

/// Prints a value as the service does: numbers as Java prints them, categories with | between them.
std::string text_of_cell(const data::Cell& cell) {
    if (const auto* const truth = std::get_if<bool>(&cell)) return *truth ? "true" : "false";
    if (const auto* const whole = std::get_if<std::int64_t>(&cell)) return std::to_string(*whole);
    if (const auto* const number = std::get_if<double>(&cell)) return model::java_double(*number);
    const auto* const text = std::get_if<std::string>(&cell);
    return text == nullptr ? std::string() : *text;
}

}  // namespace

Metadata::Metadata(const Resolved& resolved, const Json& input) : items_(resolved.group.find("ITEMS")) {
    const auto asked = input.find("metadataColumns");
    if (asked == input.end() || !asked->is_object() || asked->empty()) return;
    if (!resolved.source.has_metadata) throw refusals::metadata_not_enabled();
    is_asked_ = true;
    const std::string& dataset = asked->begin().key();
    const Json& names = asked->begin().value();
    if (base::upper(dataset) != "ITEMS") {
        throw refusals::bad_metadata("metadataColumns must be columns of ITEMS.", "the dataset type is " + dataset);
    }
    if (names.size() > most_columns) {
        throw refusals::bad_metadata("metadataColumns must have at most 10 columns.",
                                     std::to_string(names.size()) + " columns");
    }
    for (const Json& name : names) {
        if (!name.is_string() || items_ == nullptr) continue;
        const auto column = items_->columns.find(name.get<std::string>());
        if (!column) {
            throw refusals::bad_metadata("The Items dataset has no column " + name.get<std::string>() + ".",
                                         "metadataColumns names a column that the schema does not have");
        }
        columns_.emplace_back(base::lower(items_->columns[*column].name), *column);
    }
    std::ranges::sort(columns_);
    columns_.erase(std::unique(columns_.begin(), columns_.end()), columns_.end());
}

Json Metadata::of(resources::Context& context, std::string_view item) const {
    if (!is_asked_) return {};
    Json values = Json::object();
    const data::Row row = read_row(context, items_, item);
    for (const auto& [name, column] : columns_) {
        if (column < row.size() && !data::is_null(row[column])) values[name] = text_of_cell(row[column]);
    }
    return values;
}

}  // namespace plocal::runtime
