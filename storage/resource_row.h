// Reads rows of the table resource. For the repositories of this folder alone, on the thread that owns the database.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "storage/record.h"

namespace plocal::storage {

namespace sqlite {
class Statement;
}

/// The columns that `read_record` reads, in their order. A macro, because a statement's text must be one literal.
#define RESOURCE_COLUMNS                                                                                            \
    "id, account, region, kind, resource.arn, name, parent, document, created_ms, timeline, rest_status, rest_ms, " \
    "latest_update, due_ms, work_ms, place"

std::int64_t to_ms(base::Instant instant);
std::optional<std::int64_t> to_ms(const std::optional<base::Instant>& instant);

/// Returns the time in this column of the current row, or nothing for NULL.
std::optional<base::Instant> instant_at(const sqlite::Statement& row, int column);

/// Returns the current row of a statement that selects RESOURCE_COLUMNS. Throws std::invalid_argument if the timeline
/// is damaged.
Record read_record(const sqlite::Statement& row);

/// Returns all rows that are left of such a statement. Throws SqlError too.
std::vector<Record> read_records(sqlite::Statement& rows);

}  // namespace plocal::storage
