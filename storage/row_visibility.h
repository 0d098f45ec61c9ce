// The condition under which rows are seen, in SQL. For the repositories of rows alone, on the thread that owns the
// database.
#pragma once

#include "storage/row_set.h"

namespace plocal::storage {

/// Holds for the batch `b` of a row of set ?1. Macros, because a statement's text must be one literal.
#define BATCH_IS_SEEN                                         \
    "b.revision <= ?2 AND (b.until IS NULL OR b.until > ?2) " \
    "AND ((?3 AND b.made_by = 'bulk') OR (b.made_by <> 'bulk' AND b.made_ms <= ?4))"

/// How many parameters the condition has.
inline constexpr int visibility_parameters = 4;

/// Binds the parameters of the condition.
template <typename Statement>
void bind_visibility(Statement& statement, const RowView& view, const RowLevel& level) {
    statement.bind_all(level.set, level.revision, level.is_without_bulk ? 0 : 1, view.last_put_ms);
}

}  // namespace plocal::storage
