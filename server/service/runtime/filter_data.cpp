#include "server/service/runtime/filter_data.h"

#include <algorithm>
#include <variant>

#include "server/service/data/row_pages.h"

namespace plocal::runtime {
namespace {

using languages::FilterCell;
using languages::FilterEvents;

}  // namespace

FilterData::FilterData(resources::Context& context, const Group& group, std::string_view user, std::string_view item)
    : group_(group),
      user_(read_row(context, group.find("USERS"), user)),
      item_(read_row(context, group.find("ITEMS"), item)) {}

void FilterData::set_events(FilterEvents events, const std::vector<PastEvent>& history, const Find& find) {
    Types& types = events == FilterEvents::items ? with_items_ : with_actions_;
    for (const PastEvent& event : history) {
        if (const auto index = find(event.item)) types[*index].push_back(event.event_type);
    }
}

std::vector<std::uint32_t> FilterData::with_events(FilterEvents events) const {
    std::vector<std::uint32_t> indexes;
    for (const auto& [index, types] : types_of(events)) indexes.push_back(index);
    std::ranges::sort(indexes);
    return indexes;
}

std::optional<std::size_t> FilterData::filter_column(std::string_view dataset, std::string_view name) const {
    const data::Dataset* const found = group_.find(dataset);
    return found == nullptr ? std::nullopt : found->columns.find(name);
}

FilterCell FilterData::filter_cell(std::size_t row, std::size_t column) const {
    return row < rows_->size() ? filter_cell_of((*rows_)[row], column) : FilterCell();
}

FilterCell FilterData::current_user_cell(std::size_t column) const {
    return filter_cell_of(user_, column);
}

FilterCell FilterData::current_item_cell(std::size_t column) const {
    return filter_cell_of(item_, column);
}

std::span<const std::string_view> FilterData::filter_event_types(FilterEvents events, std::size_t row) const {
    const Types& types = types_of(events);
    const auto found = types.find(static_cast<std::uint32_t>(row));
    return found == types.end() ? std::span<const std::string_view>() : found->second;
}

FilterCell filter_cell_of(const data::Row& row, std::size_t column) {
    if (column >= row.size()) return {};
    return std::visit([](const auto& value) -> FilterCell { return value; }, row[column]);
}

data::Row read_row(resources::Context& context, const data::Dataset* dataset, std::string_view id) {
    data::Row row;
    if (dataset == nullptr || id.empty()) return row;
    const auto cells = context.store.rows().find(Group::view(context, dataset), id);
    if (cells) data::fill(dataset->columns, id, *cells, row);
    return row;
}

}  // namespace plocal::runtime
