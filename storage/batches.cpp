#include "storage/batches.h"

#include <algorithm>

#include "storage/resource_row.h"
#include "storage/sqlite/statement.h"

namespace plocal::storage {

using sqlite::Statement;

RowBatch& Batches::begin(const RowSet& set, RowOrigin origin, base::Instant at, ImportMode mode) {
    Statement insert(database_, "INSERT INTO row_batch (row_set, made_by, made_ms) VALUES (?, ?, ?)");
    insert.bind_all(set.id, name_of(origin), to_ms(at));
    insert.run();
    const std::int64_t id = database_.last_insert_id();
    sweep_.spare(id);
    RowBatch batch{.id = id, .set = set.id, .origin = origin, .mode = mode, .seen = sets_.view(set)};
    return open_.insert_or_assign(id, std::move(batch)).first->second;
}

bool Batches::has_open_import(std::int64_t set) const {
    return std::ranges::any_of(
        open_, [set](const auto& entry) { return entry.second.set == set && entry.second.origin == RowOrigin::bulk; });
}

std::int64_t Batches::show(RowBatch& batch) {
    RowSet set = sets_.get(batch.set);
    const std::int64_t revision = sets_.raise(set);
    if (batch.origin == RowOrigin::bulk && batch.mode == ImportMode::full) {
        hide_bulk(set.id, revision);
        if (set.base && !set.base_bulk_until) set.base_bulk_until = revision;
        set.counts.bulk = 0;
        set.counts.both = 0;
    }
    (batch.origin == RowOrigin::bulk ? set.counts.bulk : set.counts.put) += batch.rows;
    set.counts.both += batch.both;
    sets_.save(set);
    Statement show(database_, "UPDATE row_batch SET revision = ? WHERE id = ?");
    show.bind_all(revision, batch.id);
    show.run();
    ++changes_[set.id];
    close(batch);
    return revision;
}

std::int64_t Batches::latest_put(const RowView& view) {
    std::int64_t latest = 0;
    for (const RowLevel& level : view.levels) {
        Statement row(database_, R"(
            SELECT MAX(made_ms) FROM row_batch
            WHERE row_set = ? AND made_by <> 'bulk' AND revision <= ? AND made_ms <= ?)");
        row.bind_all(level.set, level.revision, view.last_put_ms);
        row.step();
        latest = std::max(latest, row.integer(0));
    }
    return latest;
}

std::int64_t Batches::changes(std::int64_t set) const {
    const auto found = changes_.find(set);
    return found == changes_.end() ? 0 : found->second;
}

void Batches::drop(RowBatch& batch) {
    close(batch);
    sweep_.note();
}

void Batches::close(const RowBatch& batch) {
    const std::int64_t id = batch.id;
    sweep_.release(id);
    open_.erase(id);
}

void Batches::hide_bulk(std::int64_t set, std::int64_t revision) {
    Statement hide(database_, R"(
        UPDATE row_batch SET until = ?
        WHERE row_set = ? AND made_by = 'bulk' AND until IS NULL AND revision IS NOT NULL)");
    hide.bind_all(revision, set);
    hide.run();
}

void Batches::note_put(const std::vector<std::int64_t>& imports, bool had_bulk) {
    for (const std::int64_t id : imports) {
        const auto import = open_.find(id);
        if (import == open_.end()) continue;
        if (import->second.mode == ImportMode::full || !had_bulk) ++import->second.both;
    }
}

}  // namespace plocal::storage
