// A row of the table resource, read. For the repository alone, on the thread that owns the database.
#pragma once

#include <cstdint>
#include <optional>

#include "storage/record.h"

namespace plocal::storage {

namespace sqlite {
class Statement;
}

/// The columns of the table resource in their order, for a SELECT that read_record reads. A macro, since a statement's
/// text must be one literal.
#define RESOURCE_COLUMNS                                                                                            \
    "id, account, region, kind, resource.arn, name, parent, document, created_ms, timeline, rest_status, rest_ms, " \
    "latest_update, due_ms"

std::int64_t to_ms(base::Instant instant);
std::optional<std::int64_t> to_ms(const std::optional<base::Instant>& instant);

/// The moment in this column of the current row; nothing for NULL.
std::optional<base::Instant> moment_at(const sqlite::Statement& row, int column);

/// The current row of a statement that selects the columns of resource in their order. Throws std::invalid_argument for
/// a timeline that is damaged.
Record read_record(const sqlite::Statement& row);

}  // namespace plocal::storage
