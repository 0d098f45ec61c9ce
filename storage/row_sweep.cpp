#include "storage/row_sweep.h"

#include <algorithm>

#include "storage/sqlite/statement.h"

namespace plocal::storage {

using sqlite::Statement;

namespace {

std::optional<std::int64_t> unused_set(sqlite::Database& database) {
    Statement row(database, R"(
        SELECT id FROM row_set
        WHERE layer = 0 AND id NOT IN (SELECT base FROM row_set WHERE base IS NOT NULL) LIMIT 1)");
    return row.step() ? std::optional(row.integer(0)) : std::nullopt;
}

}  // namespace

void RowSweep::resume() {
    may_have_dropped_ = unused_set(database_).has_value() || dropped_batch().has_value();
    Statement hidden(database_, "SELECT 1 FROM row_batch WHERE until IS NOT NULL LIMIT 1");
    may_have_hidden_ = hidden.step();
}

void RowSweep::spare(std::int64_t batch, const std::shared_ptr<const void>& owner) {
    staged_.insert_or_assign(batch, Staged{owner != nullptr, owner});
}

bool RowSweep::is_spared(std::int64_t batch) const {
    const auto found = staged_.find(batch);
    return found != staged_.end() && !found->second.is_given_up();
}

std::shared_ptr<const void> RowSweep::hold() {
    std::shared_ptr<const void> readers = readers_.lock();
    if (readers == nullptr) readers = std::make_shared<const char>('\0');
    readers_ = readers;
    return readers;
}

bool RowSweep::may_have_dropped() const {
    return failures_ != database_.failures() || may_have_dropped_ || (may_have_hidden_ && readers_.expired()) ||
           std::ranges::any_of(staged_, [](const auto& entry) { return entry.second.is_given_up(); });
}

void RowSweep::forget_given_up() {
    if (std::erase_if(staged_, [](const auto& entry) { return entry.second.is_given_up(); }) > 0) note();
}

void RowSweep::forget_layer(std::int64_t layer) {
    Statement sets(database_, "UPDATE row_set SET layer = 0 WHERE layer = ?");
    sets.bind_all(layer);
    sets.run();
    if (database_.changes() > 0) note();
    Statement revisions(database_, "DELETE FROM data_revision WHERE layer = ?");
    revisions.bind_all(layer);
    revisions.run();
}

bool RowSweep::sweep(std::size_t limit) {
    if (failures_ != database_.failures()) {
        failures_ = database_.failures();
        may_have_dropped_ = true;
        may_have_hidden_ = true;
    }
    forget_given_up();
    if (may_have_hidden_ && readers_.expired()) {
        drop_unknown();
        may_have_hidden_ = false;
        return true;
    }
    if (!may_have_dropped_) return false;
    if (const auto set = unused_set(database_)) {
        sweep_set(*set, limit);
        return true;
    }
    if (const auto batch = dropped_batch()) {
        sweep_batch(*batch, limit);
        return true;
    }
    may_have_dropped_ = false;
    return false;
}

/// Drops the hidden batches that neither a training knows, nor one that is expected, nor a copy. Batches of a load that
/// is not over are left alone: its trainings come with it.
void RowSweep::drop_unknown() {
    Statement drop(database_, R"(
        UPDATE row_batch SET revision = NULL, until = NULL WHERE id IN (
            SELECT b.id FROM row_batch AS b JOIN row_set AS s ON s.id = b.row_set
            WHERE b.until IS NOT NULL AND s.layer IN (SELECT id FROM live_layer)
            AND NOT EXISTS (
                SELECT 1 FROM training AS t WHERE t.dataset_group = s.dataset_group
                    AND t.revision >= b.revision AND t.revision < b.until)
            AND NOT EXISTS (
                SELECT 1 FROM training AS t WHERE t.dataset_group = s.dataset_group AND t.revision IS NULL
                    AND t.at_ms > b.made_ms AND NOT EXISTS (
                        SELECT 1 FROM row_batch AS next
                        WHERE next.row_set = b.row_set AND next.revision = b.until AND next.made_ms < t.at_ms))
            AND NOT EXISTS (
                SELECT 1 FROM row_set AS copy WHERE copy.base = b.row_set AND copy.base_revision >= b.revision)))");
    drop.run();
    if (database_.changes() > 0) note();
}

bool RowSweep::removes_some(sqlite::Sql sql, std::int64_t id, std::size_t limit) {
    Statement statement(database_, sql);
    statement.bind_all(id, limit);
    statement.run();
    return database_.changes() > 0;
}

/// Removes some rows of one set, and the set once it has none.
void RowSweep::sweep_set(std::int64_t set, std::size_t limit) {
    if (removes_some(R"(
            DELETE FROM data_row WHERE (row_set, id, batch) IN (
                SELECT row_set, id, batch FROM data_row WHERE row_set = ? LIMIT ?))",
                     set, limit) ||
        removes_some(R"(
            DELETE FROM interaction WHERE (row_set, time_s, batch, place) IN (
                SELECT row_set, time_s, batch, place FROM interaction WHERE row_set = ? LIMIT ?))",
                     set, limit) ||
        removes_some("DELETE FROM row_batch WHERE id IN (SELECT id FROM row_batch WHERE row_set = ? LIMIT ?)", set,
                     limit)) {
        return;
    }
    Statement remove(database_, "DELETE FROM row_set WHERE id = ?");
    remove.bind_all(set);
    remove.run();
    note_hidden();  // it may have been a copy
}

std::optional<std::int64_t> RowSweep::dropped_batch() {
    Statement rows(database_, "SELECT id FROM row_batch WHERE revision IS NULL ORDER BY id");
    while (rows.step()) {
        if (!staged_.contains(rows.integer(0))) return rows.integer(0);
    }
    return std::nullopt;
}

/// Removes some rows of one batch, and the batch once it has none.
void RowSweep::sweep_batch(std::int64_t batch, std::size_t limit) {
    if (removes_some(R"(
            DELETE FROM data_row WHERE (row_set, id, batch) IN (
                SELECT row_set, id, batch FROM data_row INDEXED BY data_row_by_batch WHERE batch = ? LIMIT ?))",
                     batch, limit) ||
        removes_some(R"(
            DELETE FROM interaction WHERE (row_set, time_s, batch, place) IN (
                SELECT row_set, time_s, batch, place FROM interaction INDEXED BY interaction_by_batch
                WHERE batch = ? LIMIT ?))",
                     batch, limit)) {
        return;
    }
    Statement remove(database_, "DELETE FROM row_batch WHERE id = ? AND revision IS NULL");
    remove.bind_all(batch);
    remove.run();
}

}  // namespace plocal::storage
