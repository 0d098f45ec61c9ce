#include "server/service/data/row_pages.h"

#include <algorithm>
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

constexpr char mark_of_escapes = '~';
constexpr int hexadecimal = 16;

bool is_plain_in_a_query(char c) {
    return base::is_letter_or_digit(c) || c == '-' || c == '_' || c == '.';
}

/// An id as it stands where every client sends it back unchanged, and where it fits into a header; else its bytes in
/// hexadecimal.
std::string text_of(std::string_view id) {
    if (std::ranges::all_of(id, is_plain_in_a_query)) return std::string(id);
    std::string text(1, mark_of_escapes);
    for (const char c : id) text += base::hexadecimal(static_cast<unsigned char>(c), 2);
    return text;
}

/// Returns the id behind which a page begins. Any text that is none of `text_of` is an id.
std::string id_of(std::string_view text) {
    if (text.empty() || text.front() != mark_of_escapes || text.size() % 2 == 0) return std::string(text);
    std::string id;
    for (std::size_t i = 1; i < text.size(); i += 2) {
        const auto byte = base::parse_number<unsigned char>(text.substr(i, 2), hexadecimal);
        if (!byte) return std::string(text);
        id += static_cast<char>(*byte);
    }
    return id;
}

std::string read_rows_by_id(Store& store, const RowView& view, const Columns& columns, const PageRequest& request,
                            const Visit& visit) {
    Row row;
    const std::string after = id_of(request.after);
    if (request.id) {
        const auto cells = *request.id > after ? store.rows().find(view, *request.id) : std::nullopt;
        if (!cells || request.limit == 0) return {};
        fill(columns, *request.id, *cells, row);
        visit(row);
        return {};
    }
    std::string last;
    std::size_t count = 0;
    // One more than asked for: whether there is a next page is known at once.
    store.rows().scan(view, after, request.limit + 1, [&](std::string_view id, std::string_view cells) {
        if (++count > request.limit) return;
        fill(columns, id, cells, row);
        visit(row);
        last = id;
    });
    return count > request.limit ? text_of(last) : std::string();
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
