#include "storage/row_sets.h"

#include <algorithm>
#include <stdexcept>

#include "storage/resource_row.h"
#include "storage/sqlite/statement.h"

namespace plocal::storage {

using sqlite::Statement;

namespace {

#define ROW_SET_COLUMNS \
    "id, arn, layer, dataset_group, kind, base, base_revision, base_bulk_until, bulk_rows, put_rows, both_rows"

RowSet read_row_set(const Statement& row) {
    RowSet set{.id = row.integer(0),
               .arn = std::string(row.text(1)),
               .layer = row.integer(2),
               .dataset_group = std::string(row.text(3)),
               .kind = std::string(row.text(4))};
    if (!row.is_null(5)) set.base = {row.integer(5), row.integer(6)};
    if (!row.is_null(7)) set.base_bulk_until = row.integer(7);
    set.counts = {.bulk = row.integer(8), .put = row.integer(9), .both = row.integer(10)};
    return set;
}

}  // namespace

std::optional<RowSet> RowSets::find(std::string_view arn) {
    return kept_.shown(arn, [&] {
        // What was changed since the documents were loaded lies in a layer above theirs.
        Statement row(database_, "SELECT " ROW_SET_COLUMNS R"( FROM row_set
            WHERE arn = ? AND layer <> 0 AND +layer IN (SELECT id FROM live_layer) ORDER BY layer DESC LIMIT 1)");
        row.bind_all(arn);
        return row.step() ? std::optional(read_row_set(row)) : std::nullopt;
    });
}

std::optional<RowSet> RowSets::find_in(std::int64_t layer, std::string_view arn) {
    Statement row(database_, "SELECT " ROW_SET_COLUMNS " FROM row_set WHERE arn = ? AND layer = ? AND layer <> 0");
    row.bind_all(arn, layer);
    return row.step() ? std::optional(read_row_set(row)) : std::nullopt;
}

RowSet RowSets::get(std::int64_t id) {
    return kept_.set(id, [&] {
        Statement row(database_, "SELECT " ROW_SET_COLUMNS " FROM row_set WHERE id = ?");
        row.bind_all(id);
        if (!row.step()) throw std::logic_error("there is no row set " + std::to_string(id));
        return read_row_set(row);
    });
}

RowSet RowSets::writable(const RowSetOwner& owner) {
    const std::optional<RowSet> shown = find(owner.arn);
    if (shown && shown->layer > 0) return *shown;
    return add(owner, layers_.of_changes(owner.account), shown);
}

RowSet RowSets::separate(const RowSetOwner& owner) {
    RowSet shown = writable(owner);
    if (!is_base(shown.id)) return shown;
    const std::int64_t revision_now = revision_of(shown);
    Statement orphan(database_, "UPDATE row_set SET layer = 0 WHERE id = ?");
    orphan.bind_all(shown.id);
    orphan.run();
    return insert(owner, shown.layer, shown, revision_now);
}

bool RowSets::is_base(std::int64_t set) {
    Statement row(database_, "SELECT 1 FROM row_set WHERE base = ? LIMIT 1");
    row.bind_all(set);
    return row.step();
}

void RowSets::drop_base(std::int64_t set) {
    Statement update(database_, R"(
        UPDATE row_set SET base = NULL, base_revision = NULL, base_bulk_until = NULL WHERE id = ?)");
    update.bind_all(set);
    update.run();
    sweep_.note();
    kept_.forget();
}

RowSet RowSets::add(const RowSetOwner& owner, std::int64_t layer, const std::optional<RowSet>& base) {
    return insert(owner, layer, base, base ? std::optional(revision_of(*base)) : std::nullopt);
}

RowSet RowSets::insert(const RowSetOwner& owner, std::int64_t layer, const std::optional<RowSet>& base,
                       std::optional<std::int64_t> base_revision) {
    RowSet set{.arn = owner.arn, .layer = layer, .dataset_group = owner.dataset_group, .kind = owner.kind};
    std::optional<std::int64_t> base_id;
    if (base) {
        base_id = base->id;
        set.base = {*base_id, *base_revision};
        set.counts = base->counts;
        store_revision(owner.dataset_group, layer, std::max(revision_of(set), *base_revision));
    }
    Statement row(database_, R"(
        INSERT INTO row_set (arn, layer, dataset_group, kind, base, base_revision, bulk_rows, put_rows, both_rows)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?))");
    row.bind_all(set.arn, layer, set.dataset_group, set.kind, base_id, base_revision, set.counts.bulk, set.counts.put,
                 set.counts.both);
    row.run();
    set.id = database_.last_insert_id();
    kept_.forget();
    return set;
}

void RowSets::drop(std::string_view arn, std::string_view account) {
    const std::optional<RowSet> shown = find(arn);
    if (!shown) return;
    if (shown->layer > 0) {
        Statement orphan(database_, "UPDATE row_set SET layer = 0 WHERE id = ?");
        orphan.bind_all(shown->id);
        orphan.run();
        sweep_.note();
        kept_.forget();
    }
    // An empty set covers the rows of a layer that never changes.
    if (!find(arn)) return;
    add({shown->arn, shown->dataset_group, shown->kind, std::string(account)}, layers_.of_changes(account),
        std::nullopt);
}

bool RowSets::is_shown(std::string_view arn, std::int64_t set) {
    std::optional<RowSet> shown = find(arn);
    while (shown && shown->id != set) shown = shown->base ? std::optional(get(shown->base->set)) : std::nullopt;
    return shown.has_value();
}

RowView RowSets::view(const RowSet& set, std::int64_t revision) {
    RowView view{.levels = {{set.id, revision, false}}};
    bool is_without_bulk = false;
    RowSet above = set;
    while (above.base) {
        is_without_bulk = is_without_bulk || (above.base_bulk_until && revision >= *above.base_bulk_until);
        revision = std::min(revision, above.base->revision);
        view.levels.push_back({above.base->set, revision, is_without_bulk});
        above = get(above.base->set);
    }
    return view;
}

std::int64_t RowSets::revision(std::string_view dataset_group) {
    return kept_.revision(dataset_group, [&] {
        Statement row(database_, R"(
            SELECT MAX(revision) FROM data_revision
            WHERE dataset_group = ? AND +layer IN (SELECT id FROM live_layer))");
        row.bind_all(dataset_group);
        row.step();
        return row.integer(0);
    });
}

std::int64_t RowSets::revision_before(std::string_view dataset_group, base::Instant moment) {
    Statement row(database_, R"(
        WITH RECURSIVE level (id, revision) AS (
            SELECT id, ?1 FROM row_set WHERE dataset_group = ?2 AND +layer IN (SELECT id FROM live_layer)
            UNION
            SELECT row_set.base, MIN(level.revision, row_set.base_revision)
            FROM level JOIN row_set ON row_set.id = level.id WHERE row_set.base IS NOT NULL)
        SELECT MAX(row_batch.revision) FROM level JOIN row_batch ON row_batch.row_set = level.id
        WHERE row_batch.revision <= level.revision AND row_batch.made_ms < ?3)");
    row.bind_all(std::numeric_limits<std::int64_t>::max(), dataset_group, to_ms(moment));
    row.step();
    return row.integer(0);
}

std::int64_t RowSets::raise(const RowSet& set) {
    const std::int64_t next = revision_of(set) + 1;
    store_revision(set.dataset_group, set.layer, next);
    return next;
}

void RowSets::raise_to(std::string_view dataset_group, std::int64_t layer, std::int64_t revision) {
    store_revision(dataset_group, layer, std::max(revision_in(dataset_group, layer), revision));
}

/// The revision of the set's group as the set's layer has it, or as all see it where that layer is visible.
std::int64_t RowSets::revision_of(const RowSet& set) {
    return is_live(set) ? revision(set.dataset_group) : revision_in(set.dataset_group, set.layer);
}

bool RowSets::is_live(const RowSet& set) {
    if (const auto shown = find(set.arn); shown && shown->id == set.id) return true;
    Statement row(database_, "SELECT 1 FROM live_layer WHERE id = ?");
    row.bind_all(set.layer);
    return row.step();
}

std::int64_t RowSets::revision_in(std::string_view dataset_group, std::int64_t layer) {
    Statement row(database_, "SELECT revision FROM data_revision WHERE dataset_group = ? AND layer = ?");
    row.bind_all(dataset_group, layer);
    return row.step() ? row.integer(0) : 0;
}

void RowSets::store_revision(std::string_view dataset_group, std::int64_t layer, std::int64_t revision) {
    Statement store(database_, R"(
        INSERT INTO data_revision (dataset_group, layer, revision) VALUES (?, ?, ?)
        ON CONFLICT (dataset_group, layer) DO UPDATE SET revision = excluded.revision)");
    store.bind_all(dataset_group, layer, revision);
    store.run();
    kept_.forget_revision(dataset_group);
}

std::map<std::string, std::int64_t> RowSets::lift(std::int64_t layer) {
    std::map<std::string, std::int64_t> lifted;
    std::map<std::string, std::int64_t> given;
    {
        Statement rows(database_, "SELECT dataset_group, revision FROM data_revision WHERE layer = ?");
        rows.bind_all(layer);
        while (rows.step()) given.emplace(rows.text(0), rows.integer(1));
    }
    for (const auto& [group, revision_given] : given) {
        const std::int64_t visible = revision(group);
        if (visible == 0) continue;
        Statement batches(database_, R"(
            UPDATE row_batch SET revision = revision + ?1, until = until + ?1
            WHERE row_set IN (SELECT id FROM row_set WHERE layer = ?2 AND dataset_group = ?3))");
        batches.bind_all(visible, layer, group);
        batches.run();
        Statement bases(database_, R"(
            UPDATE row_set SET base_bulk_until = base_bulk_until + ? WHERE layer = ? AND dataset_group = ?)");
        bases.bind_all(visible, layer, group);
        bases.run();
        store_revision(group, layer, revision_given + visible);
        lifted.emplace(group, visible);
    }
    return lifted;
}

void RowSets::save(const RowSet& set) {
    Statement save(database_, R"(
        UPDATE row_set SET base_bulk_until = ?, bulk_rows = ?, put_rows = ?, both_rows = ? WHERE id = ?)");
    save.bind_all(set.base_bulk_until, set.counts.bulk, set.counts.put, set.counts.both, set.id);
    save.run();
    kept_.replace(set);
}

}  // namespace plocal::storage
