#include "storage/replaced_rows.h"

#include "storage/resource_row.h"
#include "storage/sqlite/statement.h"

namespace plocal::storage {

using sqlite::Statement;

void ReplacedRows::remove(const RowSet& set, std::string_view id, base::Instant now, std::chrono::milliseconds delay) {
    if (sweep_.is_held()) return;
    const std::vector<Version> versions = versions_of(set.id, id);
    for (std::size_t i = kept_for_exports; i < versions.size(); ++i) {
        const Version& next = versions[i - 1];
        const bool is_next_seen = next.made_ms <= to_ms(now - delay);
        if (!is_next_seen || is_known(set, versions[i], next, delay)) continue;
        remove_from(set.id, id, versions[i].batch);
    }
}

/// The records of an id that were put, newest first.
std::vector<ReplacedRows::Version> ReplacedRows::versions_of(std::int64_t set, std::string_view id) {
    Statement rows(database_, R"(
        SELECT b.id, b.revision, b.made_ms FROM data_row AS r CROSS JOIN row_batch AS b ON b.id = r.batch
        WHERE r.row_set = ? AND r.id = ? AND b.made_by = 'put' AND b.revision IS NOT NULL AND b.until IS NULL
        ORDER BY b.revision DESC)");
    rows.bind_all(set, id);
    std::vector<Version> versions;
    while (rows.step()) versions.push_back({rows.integer(0), rows.integer(1), rows.integer(2)});
    return versions;
}

/// A training knows the newest record before it, and sees the newest one before its moment less the delay: the delay
/// may change.
bool ReplacedRows::is_known(const RowSet& set, const Version& version, const Version& next,
                            std::chrono::milliseconds delay) {
    Statement row(database_, R"(
        SELECT EXISTS (
            SELECT 1 FROM training WHERE dataset_group = ?1 AND (
                (revision >= ?2 AND revision < ?3) OR (revision IS NULL AND at_ms > ?4 AND at_ms <= ?5)
                OR (?6 > 0 AND at_ms - ?6 >= ?4 AND at_ms - ?6 < ?5)))
            OR EXISTS (SELECT 1 FROM row_set WHERE base = ?7 AND base_revision >= ?2))");
    row.bind_all(set.dataset_group, version.revision, next.revision, version.made_ms, next.made_ms, delay.count(),
                 set.id);
    return row.step() && row.integer(0) != 0;
}

/// Removes a row, and its batch where that has no other.
void ReplacedRows::remove_from(std::int64_t set, std::string_view id, std::int64_t batch) {
    Statement row(database_, "DELETE FROM data_row WHERE row_set = ? AND id = ? AND batch = ?");
    row.bind_all(set, id, batch);
    row.run();
    Statement empty(database_, R"(
        DELETE FROM row_batch WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM data_row WHERE batch = ?1))");
    empty.bind_all(batch);
    empty.run();
}

}  // namespace plocal::storage
