#include "server/service/data/row_pages.h"

#include <array>

#include "server/base/text.h"
#include "server/service/data/stored_cells.h"

namespace plocal::data {
namespace {

using storage::InteractionPosition;
using storage::InteractionRow;
using storage::RowView;
using storage::Store;

using Visit = std::function<void(const Row& row)>;

std::string text_of(const InteractionPosition& position) {
    return std::to_string(position.time_s) + '.' + std::to_string(position.batch) + '.' +
           std::to_string(position.place);
}

std::optional<InteractionPosition> position_of(std::string_view text) {
    std::array<std::int64_t, 3> parts{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const bool is_last = i + 1 == parts.size();
        const std::size_t end = is_last ? text.size() : text.find('.');
        const auto number = base::parse_number<std::int64_t>(text.substr(0, end));
        if (!number || end == std::string_view::npos) return std::nullopt;
        parts[i] = *number;
        if (!is_last) text.remove_prefix(end + 1);
    }
    return InteractionPosition{parts[0], parts[1], parts[2]};
}

std::string read_rows_by_id(Store& store, const RowView& view, const Columns& columns, const PageRequest& request,
                            const Visit& visit) {
    Row row;
    if (request.id) {
        const auto cells = *request.id > request.after ? store.rows().find(view, *request.id) : std::nullopt;
        if (!cells || request.limit == 0) return {};
        fill(columns, *request.id, *cells, row);
        visit(row);
        return {};
    }
    std::string last;
    std::size_t count = 0;
    // One more than asked for: whether there is a next page is known at once.
    store.rows().scan(view, request.after, request.limit + 1, [&](std::string_view id, std::string_view cells) {
        if (++count > request.limit) return;
        fill(columns, id, cells, row);
        visit(row);
        last = id;
    });
    return count > request.limit ? last : std::string();
}

std::string read_interactions(Store& store, const RowView& view, const Columns& columns, const PageRequest& request,
                              const Visit& visit) {
    Row row;
    InteractionPosition last;
    std::size_t count = 0;
    storage::InteractionFilter filter;
    if (request.user) filter.user_id = *request.user;
    if (request.item) filter.item_id = *request.item;
    const auto take = [&](const InteractionRow& interaction, const InteractionPosition& position) {
        if (++count > request.limit) return false;
        fill(columns, interaction, row);
        visit(row);
        last = position;
        return true;
    };
    store.interactions().oldest_first(view, filter, position_of(request.after), request.limit + 1, take);
    return count > request.limit ? text_of(last) : std::string();
}

}  // namespace

bool is_position(const Columns& columns, std::string_view after) {
    return after.empty() || !columns.are_interactions() || position_of(after).has_value();
}

std::string read_page(Store& store, const RowView& view, const Columns& columns, const PageRequest& request,
                      const Visit& visit) {
    return columns.are_interactions() ? read_interactions(store, view, columns, request, visit)
                                      : read_rows_by_id(store, view, columns, request, visit);
}

void fill(const Columns& columns, std::string_view id, std::string_view cells, Row& row) {
    read_cells(columns, cells, row);
    set_text(row[columns.id()], id);
}

void fill(const Columns& columns, const InteractionRow& interaction, Row& row) {
    read_cells(columns, interaction.cells, row);
    set_text(row[columns.user()], interaction.user_id);
    set_text(row[columns.item()], interaction.item_id);
    row[columns.time()] = interaction.time_s;
    if (const auto type = columns.event_type()) {
        row[*type] = std::monostate();
        if (interaction.event_type) set_text(row[*type], *interaction.event_type);
    }
    if (const auto value = columns.event_value()) {
        row[*value] = std::monostate();
        if (interaction.event_value) row[*value] = *interaction.event_value;
    }
}

}  // namespace plocal::data
