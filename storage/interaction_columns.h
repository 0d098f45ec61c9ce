// The columns of interactions in statements, and how they are read. For repositories alone, on the thread that owns the
// database.
#pragma once

#include <optional>
#include <string_view>

#include "storage/interaction_row.h"
#include "storage/row_visibility.h"
#include "storage/sqlite/statement.h"

namespace plocal::storage {

/// Macros, because a statement's text must be one literal.
#define INTERACTION_COLUMNS                                                                       \
    "i.time_s, i.batch, i.place, i.user_id, i.item_id, i.event_type, i.event_value, i.event_id, " \
    "i.session_id, i.cells, b.revision, b.made_by = 'event'"
inline constexpr int interaction_columns = 12;

/// The same where an index has all of them: without value, event id and cells.
#define HISTORY_COLUMNS                                                                              \
    "i.time_s, i.batch, i.place, i.user_id, i.item_id, i.event_type, NULL, NULL, i.session_id, '', " \
    "b.revision, b.made_by = 'event'"

/// Those of the interactions of set ?1 that are seen. The source names an index, or is empty.
#define COLUMNS_IN(columns, source)                    \
    "SELECT " columns " FROM interaction AS i " source \
    " CROSS JOIN row_batch AS b ON b.id = i.batch WHERE i.row_set = ?1 AND " BATCH_IS_SEEN
#define INTERACTIONS_IN(source) COLUMNS_IN(INTERACTION_COLUMNS, source)

inline std::optional<std::string_view> text_at(const sqlite::Statement& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.text(column));
}

inline InteractionPosition position_in(const sqlite::Statement& rows) {
    return {rows.integer(0), rows.integer(1), rows.integer(2)};
}

inline InteractionRow interaction_in(const sqlite::Statement& rows) {
    InteractionRow row{.user_id = rows.text(3),
                       .item_id = rows.text(4),
                       .event_type = text_at(rows, 5),
                       .time_s = rows.integer(0),
                       .event_id = text_at(rows, 7),
                       .session_id = text_at(rows, 8),
                       .cells = rows.text(9),
                       .revision = rows.integer(10),
                       .is_event = rows.integer(11) != 0};
    if (!rows.is_null(6)) row.event_value = rows.real(6);
    return row;
}

}  // namespace plocal::storage
