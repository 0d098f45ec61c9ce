#include "storage/resource_rows.h"

#include <array>
#include <map>
#include <tuple>

#include "storage/resource_row.h"
#include "storage/sqlite/many_rows.h"

namespace plocal::storage {

using sqlite::many_rows;
using sqlite::RowBinder;
using sqlite::Sql;
using sqlite::Statement;

namespace {

#define INSERT_RESOURCES(rows)                                                                             \
    "INSERT OR FAIL INTO resource (id, place, layer, account, region, kind, arn, name, parent, document, " \
    "created_ms, timeline, rest_status, rest_ms, latest_update, due_ms, work_ms) VALUES " rows             \
    " ON CONFLICT (arn, layer) DO NOTHING"
#define INSERT_REFERENCES(rows)                                                    \
    "INSERT OR FAIL INTO resource_reference (resource, arn, assumed) VALUES " rows \
    " ON CONFLICT (resource, arn) DO NOTHING"

constexpr Sql insert_resource(INSERT_RESOURCES("(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
constexpr Sql insert_many_resources(
    INSERT_RESOURCES(PLOCAL_MANY_ROWS("(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")));
constexpr Sql insert_reference(INSERT_REFERENCES("(?, ?, ?)"));
constexpr Sql insert_many_references(INSERT_REFERENCES(PLOCAL_MANY_ROWS("(?, ?, ?)")));

void bind_row(RowBinder& row, std::int64_t id, const NewResource& resource, const std::string& timeline) {
    const Record& record = *resource.record;
    row.add(id, id, resource.layer, record.owner.account, record.owner.region, record.kind, record.arn, record.name,
            record.parent, record.document, to_ms(record.created), timeline, record.stable.status);
    const std::optional<std::int64_t> stable_ms = to_ms(record.stable.at);
    const std::optional<std::int64_t> due_ms = to_ms(record.due);
    const std::optional<std::int64_t> work_ms = to_ms(record.work);
    row.add(stable_ms, record.update, due_ms, work_ms);
}

}  // namespace

void ResourceRows::insert(std::span<NewResource> resources) {
    const std::int64_t first_id = last_id() + 1;
    std::int64_t inserted = 0;
    sqlite::in_slices(resources, [&](std::span<NewResource> slice, std::size_t from) {
        std::array<std::string, many_rows> timelines;
        Statement insert(database_, slice.size() == many_rows ? insert_many_resources : insert_resource);
        RowBinder row(insert);
        for (std::size_t i = 0; i < slice.size(); ++i) {
            timelines[i] = to_text(slice[i].record->timeline);
            bind_row(row, first_id + static_cast<std::int64_t>(from + i), slice[i], timelines[i]);
        }
        insert.run();
        inserted += database_.changes();
    });
    last_id_ = first_id + static_cast<std::int64_t>(resources.size()) - 1;
    mark_inserted(resources, first_id, inserted);
    count_inserted(resources);
    insert_references(resources, first_id);
}

void ResourceRows::preserve(std::int64_t id) {
    const std::optional<Place> former = place_of(id);
    if (!former || former->layer > 0) return;
    const std::int64_t layer = layers_.of_changes(former->account);
    {
        Statement move(database_, "UPDATE resource SET layer = ?, hidden_by = 0 WHERE id = ?");
        move.bind_all(layer, id);
        move.run();
    }
    const std::int64_t copy = last_id_ = last_id() + 1;
    Statement keep(database_, R"(
        INSERT INTO resource (id, place, layer, hidden_by, account, region, kind, arn, name, parent, document,
            created_ms, timeline, rest_status, rest_ms, latest_update, due_ms, work_ms)
        SELECT ?1, place, ?2, ?3, account, region, kind, arn, name, parent, document,
            created_ms, timeline, rest_status, rest_ms, latest_update, due_ms, work_ms
        FROM resource WHERE id = ?4)");
    keep.bind_all(copy, former->layer, layer, id);
    keep.run();
    Counted counted = former->counted();
    count(counted, 1);
    counted.layer = layer;
    count(counted, -1);
    Statement references(database_, R"(
        INSERT INTO resource_reference (resource, arn, assumed)
        SELECT ?1, arn, assumed FROM resource_reference WHERE resource = ?2)");
    references.bind_all(copy, id);
    references.run();
}

bool ResourceRows::remove(std::int64_t id) {
    const std::optional<Place> place = place_of(id);
    if (!place) return false;
    if (place->layer < 0) {
        const std::int64_t layer = layers_.of_changes(place->account);
        Statement hide(database_, "UPDATE resource SET hidden_by = ? WHERE id = ?");
        hide.bind_all(layer, id);
        hide.run();
    } else {
        Statement remove(database_, "DELETE FROM resource WHERE id = ?");
        remove.bind_all(id);
        remove.run();
    }
    return true;
}

void ResourceRows::replace_references(std::int64_t id, const std::vector<Reference>& references) {
    Statement clear(database_, "DELETE FROM resource_reference WHERE resource = ?");
    clear.bind_all(id);
    clear.run();
    const NewResource row{.references = &references, .is_inserted = true};
    insert_references({&row, 1}, id);
}

std::int64_t ResourceRows::last_id() {
    if (last_id_ == 0) {
        Statement row(database_, "SELECT MAX(id) FROM resource");
        row.step();
        last_id_ = row.integer(0);
    }
    return last_id_;
}

std::optional<ResourceRows::Place> ResourceRows::place_of(std::int64_t id) {
    Statement row(database_, "SELECT layer, kind, account, rest_status FROM resource WHERE id = ?");
    row.bind_all(id);
    if (!row.step()) return std::nullopt;
    return Place{row.integer(0), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3))};
}

bool ResourceRows::Counted::operator<(const Counted& other) const {
    return std::tie(layer, kind, account, stable_status) <
           std::tie(other.layer, other.kind, other.account, other.stable_status);
}

// Two statements, because SQLite keeps a journal for one with ON CONFLICT DO UPDATE.
void ResourceRows::count(const Counted& row, std::int64_t n) {
    {
        Statement add(database_, R"(
            UPDATE resource_count SET n = n + ? WHERE layer = ? AND kind = ? AND account = ? AND rest_status = ?)");
        add.bind_all(n, row.layer, row.kind, row.account, row.stable_status);
        add.run();
    }
    if (database_.changes() > 0) return;
    Statement first(database_, R"(
        INSERT INTO resource_count (n, layer, kind, account, rest_status) VALUES (?, ?, ?, ?, ?))");
    first.bind_all(n, row.layer, row.kind, row.account, row.stable_status);
    first.run();
}

void ResourceRows::mark_inserted(std::span<NewResource> resources, std::int64_t first_id, std::int64_t count) {
    const bool are_all = count == static_cast<std::int64_t>(resources.size());
    for (std::int64_t id = first_id; NewResource & resource : resources) {
        resource.is_inserted = are_all || place_of(id);
        ++id;
    }
}

void ResourceRows::count_inserted(std::span<const NewResource> resources) {
    std::map<Counted, std::int64_t> counts;
    for (const auto& [layer, record, references, is_inserted] : resources) {
        if (is_inserted) ++counts[{layer, record->kind, record->owner.account, record->stable.status}];
    }
    for (const auto& [counted, n] : counts) count(counted, n);
}

void ResourceRows::insert_references(std::span<const NewResource> resources, std::int64_t first_id) {
    struct Row {
        std::int64_t resource;
        const Reference* reference;
    };
    std::vector<Row> rows;
    for (std::int64_t id = first_id; const NewResource& resource : resources) {
        if (resource.is_inserted) {
            for (const Reference& reference : *resource.references) rows.push_back({id, &reference});
        }
        ++id;
    }
    sqlite::in_slices(std::span(rows), [&](std::span<Row> slice, std::size_t) {
        Statement insert(database_, slice.size() == many_rows ? insert_many_references : insert_reference);
        RowBinder binder(insert);
        for (const Row& row : slice) binder.add(row.resource, row.reference->arn, row.reference->assumed);
        insert.run();
    });
}

}  // namespace plocal::storage
