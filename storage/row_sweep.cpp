#include "storage/row_sweep.h"

#include <limits>

#include "storage/sqlite/statement.h"

namespace plocal::storage {

using sqlite::Statement;

namespace {

constexpr std::int64_t first_s = std::numeric_limits<std::int64_t>::min();

std::optional<std::int64_t> unused_set(sqlite::Database& database) {
    Statement row(database, R"(
        SELECT id FROM row_set
        WHERE layer = 0 AND id NOT IN (SELECT base FROM row_set WHERE base IS NOT NULL) LIMIT 1)");
    return row.step() ? std::optional(row.integer(0)) : std::nullopt;
}

}  // namespace

void RowSweep::resume() {
    may_have_dropped_ = unused_set(database_).has_value() || dropped_batch().has_value();
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
    if (!may_have_dropped_) return false;
    if (!walk_) {
        if (const auto set = unused_set(database_)) {
            sweep_set(*set, limit);
            return true;
        }
        walk_ = dropped_batch();
    }
    if (walk_) {
        sweep_batch(limit);
        return true;
    }
    may_have_dropped_ = false;
    return false;
}

/// Removes some rows of one set, and the set once it has none.
void RowSweep::sweep_set(std::int64_t set, std::size_t limit) {
    const auto run = [&](sqlite::Sql sql) {
        Statement statement(database_, sql);
        statement.bind_all(set, limit);
        statement.run();
        return database_.changes() > 0;
    };
    if (run(R"(
            DELETE FROM data_row WHERE (row_set, id, batch) IN (
                SELECT row_set, id, batch FROM data_row WHERE row_set = ? LIMIT ?))") ||
        run(R"(
            DELETE FROM interaction WHERE (row_set, time_s, batch, place) IN (
                SELECT row_set, time_s, batch, place FROM interaction WHERE row_set = ? LIMIT ?))") ||
        run("DELETE FROM row_batch WHERE id IN (SELECT id FROM row_batch WHERE row_set = ? LIMIT ?)")) {
        return;
    }
    Statement remove(database_, "DELETE FROM row_set WHERE id = ?");
    remove.bind_all(set);
    remove.run();
}

std::optional<RowSweep::Walk> RowSweep::dropped_batch() {
    Statement rows(database_, "SELECT id, row_set FROM row_batch WHERE revision IS NULL ORDER BY id");
    while (rows.step()) {
        if (!staged_.contains(rows.integer(0))) {
            return Walk{.batch = rows.integer(0), .set = rows.integer(1), .last_s = first_s};
        }
    }
    return std::nullopt;
}

/// No index finds the rows of a batch, which every import would have to fill. So its set is walked.
void RowSweep::sweep_batch(std::size_t limit) {
    if (walk_->is_among_rows) {
        walk_->is_among_rows = pass_rows(limit);
        return;
    }
    if (pass_interactions(limit)) return;
    Statement remove(database_, "DELETE FROM row_batch WHERE id = ? AND revision IS NULL");
    remove.bind_all(walk_->batch);
    remove.run();
    walk_.reset();
}

/// Returns false where the walk is at the end.
bool RowSweep::pass_rows(std::size_t limit) {
    std::optional<std::string> end;
    {
        Statement row(database_, "SELECT id FROM data_row WHERE row_set = ? AND id > ? ORDER BY id LIMIT 1 OFFSET ?");
        row.bind_all(walk_->set, walk_->last_id, limit);
        if (row.step()) end = row.text(0);
    }
    Statement remove(database_, R"(
        DELETE FROM data_row WHERE row_set = ?1 AND id > ?2 AND (?3 IS NULL OR id <= ?3) AND batch = ?4)");
    remove.bind_all(walk_->set, walk_->last_id, end, walk_->batch);
    remove.run();
    if (end) walk_->last_id = *end;
    return end.has_value();
}

bool RowSweep::pass_interactions(std::size_t limit) {
    Walk next = *walk_;
    bool goes_on = false;
    {
        Statement row(database_, R"(
            SELECT time_s, batch, place FROM interaction
            WHERE row_set = ? AND (time_s, batch, place) > (?, ?, ?)
            ORDER BY time_s, batch, place LIMIT 1 OFFSET ?)");
        row.bind_all(walk_->set, walk_->last_s, walk_->last_batch, walk_->last_place, limit);
        goes_on = row.step();
        if (goes_on) {
            next.last_s = row.integer(0);
            next.last_batch = row.integer(1);
            next.last_place = row.integer(2);
        }
    }
    Statement remove(database_, R"(
        DELETE FROM interaction
        WHERE row_set = ?1 AND (time_s, batch, place) > (?2, ?3, ?4) AND batch = ?5
            AND (?6 OR (time_s, batch, place) <= (?7, ?8, ?9)))");
    remove.bind_all(walk_->set, walk_->last_s, walk_->last_batch, walk_->last_place, walk_->batch, goes_on ? 0 : 1,
                    next.last_s, next.last_batch, next.last_place);
    remove.run();
    *walk_ = next;
    return goes_on;
}

}  // namespace plocal::storage
