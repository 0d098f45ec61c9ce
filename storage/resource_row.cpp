#include "storage/resource_row.h"

#include <chrono>

#include "storage/sqlite/statement.h"

namespace plocal::storage {

using base::Instant;
using sqlite::Statement;

std::int64_t to_ms(Instant instant) {
    return instant.time_since_epoch().count();
}

std::optional<std::int64_t> to_ms(const std::optional<Instant>& instant) {
    return instant ? std::optional(to_ms(*instant)) : std::nullopt;
}

std::optional<Instant> instant_at(const Statement& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return Instant(std::chrono::milliseconds(row.integer(column)));
}

Record read_record(const Statement& row) {
    Record record;
    record.id = row.integer(0);
    record.owner.account = row.text(1);
    record.owner.region = row.text(2);
    record.kind = row.text(3);
    record.arn = row.text(4);
    record.name = row.text(5);
    record.parent = row.text(6);
    record.document = row.text(7);
    record.created = Instant(std::chrono::milliseconds(row.integer(8)));
    record.timeline = timeline_from_text(row.text(9));
    record.stable.status = row.text(10);
    record.stable.at = instant_at(row, 11);
    record.update = row.text(12);
    record.due = instant_at(row, 13);
    record.work = instant_at(row, 14);
    record.place = row.integer(15);
    return record;
}

std::vector<Record> read_records(Statement& rows) {
    std::vector<Record> records;
    while (rows.step()) records.push_back(read_record(rows));
    return records;
}

}  // namespace plocal::storage
