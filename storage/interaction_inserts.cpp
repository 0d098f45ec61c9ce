// The writing of interactions.
#include "storage/interaction_repository.h"
#include "storage/sqlite/many_rows.h"

namespace plocal::storage {

using sqlite::Sql;
using sqlite::Statement;

namespace {

#define INSERT_INTERACTIONS(rows)                                                        \
    "INSERT OR FAIL INTO interaction (row_set, time_s, batch, place, user_id, item_id, " \
    "event_type, event_value, event_id, session_id, cells) VALUES " rows

constexpr Sql insert_one(INSERT_INTERACTIONS("(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
constexpr Sql insert_many(INSERT_INTERACTIONS(PLOCAL_MANY_ROWS("(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")));

}  // namespace

void InteractionRepository::add(RowBatch& batch, std::span<const InteractionRow> rows) {
    sqlite::in_slices(rows, [&](std::span<const InteractionRow> slice, std::size_t) {
        Statement insert(database_, slice.size() == sqlite::many_rows ? insert_many : insert_one);
        sqlite::RowBinder binder(insert);
        for (const InteractionRow& row : slice) {
            binder.add(batch.set, row.time_s, batch.id, batch.places++, row.user_id, row.item_id, row.event_type,
                       row.event_value, row.event_id, row.session_id, row.cells);
        }
        insert.run();
        batch.rows += static_cast<std::int64_t>(slice.size());
    });
}

}  // namespace plocal::storage
