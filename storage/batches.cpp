#include "storage/batches.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "storage/resource_row.h"
#include "storage/sqlite/statement.h"

namespace plocal::storage {

using sqlite::Statement;

namespace {

constexpr std::size_t most_kept = 10'000;  // levels of views

/// Of the level of a set that shows what is seen now.
constexpr std::int64_t latest_revision = std::numeric_limits<std::int64_t>::max();

}  // namespace

RowBatch& Batches::begin(const RowSet& set, RowOrigin origin, base::Instant at, ImportMode mode,
                         const std::shared_ptr<const void>& owner) {
    std::erase_if(open_, [this](const auto& entry) { return !sweep_.is_spared(entry.first); });
    Statement insert(database_, "INSERT INTO row_batch (row_set, made_by, made_ms) VALUES (?, ?, ?)");
    insert.bind_all(set.id, name_of(origin), to_ms(at));
    insert.run();
    const std::int64_t id = database_.last_insert_id();
    sweep_.spare(id, owner);
    RowBatch batch{.id = id, .set = set.id, .origin = origin, .mode = mode, .seen = sets_.view(set)};
    return open_.insert_or_assign(id, std::move(batch)).first->second;
}

bool Batches::has_open_import(std::int64_t set) const {
    return std::ranges::any_of(open_, [this, set](const auto& entry) {
        return entry.second.set == set && entry.second.origin == RowOrigin::bulk && sweep_.is_spared(entry.first);
    });
}

std::int64_t Batches::show(RowBatch& batch, std::optional<base::Instant> at) {
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
    Statement show(database_, "UPDATE row_batch SET revision = ?, made_ms = COALESCE(?, made_ms) WHERE id = ?");
    const std::optional<std::int64_t> made_ms = to_ms(at);
    show.bind_all(revision, made_ms, batch.id);
    show.run();
    check_kept();
    last_changes_.insert_or_assign({set.id, latest_revision}, revision);
    for (const bool is_without_bulk : {false, true}) levels_showing_.erase({set.id, latest_revision, is_without_bulk});
    close(batch);
    return revision;
}

void Batches::restore(RowBatch& batch, const ShownBatch& shown) {
    RowSet set = sets_.get(batch.set);
    sets_.raise_to(set.dataset_group, set.layer, shown.until.value_or(shown.revision));
    if (!shown.until) {
        (batch.origin == RowOrigin::bulk ? set.counts.bulk : set.counts.put) += batch.rows;
        set.counts.both += batch.both;
        sets_.save(set);
    }
    Statement show(database_, "UPDATE row_batch SET revision = ?, until = ? WHERE id = ?");
    show.bind_all(shown.revision, shown.until, batch.id);
    show.run();
    forget();
    close(batch);
}

std::vector<ListedBatch> Batches::list(const RowSet& set) {
    std::vector<ListedBatch> list;
    std::int64_t last_revision = std::numeric_limits<std::int64_t>::max();
    std::optional<std::int64_t> bulk_until;
    for (RowSet level = set;;) {
        add_batches(level.id, last_revision, bulk_until, list);
        if (!level.base) break;
        if (level.base_bulk_until && *level.base_bulk_until <= last_revision) {
            bulk_until = std::min(bulk_until.value_or(last_revision), *level.base_bulk_until);
        }
        last_revision = std::min(last_revision, level.base->revision);
        level = sets_.get(level.base->set);
    }
    std::ranges::sort(list, {}, [](const ListedBatch& each) { return std::pair(each.shown.revision, each.id); });
    return list;
}

/// Adds the batches of one set, whose revisions beyond the last one are not seen.
void Batches::add_batches(std::int64_t set, std::int64_t last_revision, std::optional<std::int64_t> bulk_until,
                          std::vector<ListedBatch>& list) {
    Statement rows(database_,
                   "SELECT id, made_by, made_ms, revision, until FROM row_batch WHERE row_set = ? AND revision <= ?");
    rows.bind_all(set, last_revision);
    while (rows.step()) {
        ShownBatch shown{.origin = origin_named(rows.text(1)).value(),
                         .at = instant_at(rows, 2).value(),
                         .revision = rows.integer(3)};
        if (!rows.is_null(4) && rows.integer(4) <= last_revision) shown.until = rows.integer(4);
        if (shown.origin == RowOrigin::bulk && bulk_until)
            shown.until = std::min(shown.until.value_or(*bulk_until), *bulk_until);
        list.push_back({rows.integer(0), shown, set});
    }
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

std::int64_t Batches::last_change(const RowLevel& level) {
    check_kept();
    const auto found = last_changes_.find({level.set, level.revision});
    if (found != last_changes_.end()) return found->second;
    if (level.revision != latest_revision) {
        // Most trainings know all that there is: then nothing has to be searched.
        RowLevel latest = level;
        latest.revision = latest_revision;
        if (const std::int64_t last = last_change(latest); last <= level.revision) return last;
    }
    if (last_changes_.size() >= most_kept) forget();
    return last_changes_.emplace(std::pair(level.set, level.revision), read_last_change(level)).first->second;
}

bool Batches::shows_rows(const RowLevel& level) {
    check_kept();
    const std::tuple key(level.set, level.revision, level.is_without_bulk);
    const auto found = levels_showing_.find(key);
    if (found != levels_showing_.end()) return found->second;
    if (levels_showing_.size() >= most_kept) forget();
    return levels_showing_.emplace(key, read_shows_rows(level)).first->second;
}

void Batches::forget() {
    last_changes_.clear();
    levels_showing_.clear();
}

/// What was noted inside a transaction that was rolled back never was.
void Batches::check_kept() {
    if (roll_backs_ != database_.roll_backs()) forget();
    roll_backs_ = database_.roll_backs();
}

std::int64_t Batches::read_last_change(const RowLevel& level) {
    Statement row(database_, R"(
        SELECT MAX(MAX(revision, CASE WHEN until <= ?2 THEN until ELSE 0 END)) FROM row_batch
        WHERE row_set = ?1 AND revision <= ?2)");
    row.bind_all(level.set, level.revision);
    row.step();
    return row.integer(0);
}

bool Batches::read_shows_rows(const RowLevel& level) {
    Statement row(database_, R"(
        SELECT 1 FROM row_batch
        WHERE row_set = ?1 AND revision <= ?2 AND (until IS NULL OR until > ?2) AND (?3 OR made_by <> 'bulk') LIMIT 1)");
    row.bind_all(level.set, level.revision, level.is_without_bulk ? 0 : 1);
    return row.step();
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
    if (database_.changes() > 0) sweep_.note_hidden();
}

void Batches::note_put(const std::vector<std::int64_t>& imports, bool had_bulk) {
    for (const std::int64_t id : imports) {
        const auto import = open_.find(id);
        if (import == open_.end()) continue;
        if (import->second.mode == ImportMode::full || !had_bulk) ++import->second.both;
    }
}

}  // namespace plocal::storage
