#include "storage/resource_rows.h"

#include "storage/resource_row.h"
#include "storage/sqlite/statement.h"

namespace plocal::storage {

using sqlite::Statement;

bool ResourceRows::insert(std::int64_t layer, const Record& record, const std::vector<Reference>& references) {
    const std::string timeline = to_text(record.timeline);
    const std::optional<std::int64_t> stable_ms = to_ms(record.stable.at);
    const std::optional<std::int64_t> due_ms = to_ms(record.due);
    const std::optional<std::int64_t> work_ms = to_ms(record.work);
    const std::int64_t id = last_id() + 1;
    {
        Statement insert(database_, R"(
            INSERT INTO resource (id, place, layer, account, region, kind, arn, name, parent, document, created_ms,
                timeline, rest_status, rest_ms, latest_update, due_ms, work_ms)
            VALUES (?1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
            ON CONFLICT (arn, layer) DO NOTHING)");
        insert.bind_all(id, layer, record.owner.account, record.owner.region, record.kind, record.arn, record.name,
                        record.parent, record.document, to_ms(record.created), timeline, record.stable.status,
                        stable_ms, record.update, due_ms, work_ms);
        insert.run();
    }
    if (database_.changes() == 0) return false;
    last_id_ = id;
    insert_references(id, references);
    return true;
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
    insert_references(id, references);
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
    Statement row(database_, "SELECT layer, account FROM resource WHERE id = ?");
    row.bind_all(id);
    if (!row.step()) return std::nullopt;
    return Place{row.integer(0), std::string(row.text(1))};
}

void ResourceRows::insert_references(std::int64_t id, const std::vector<Reference>& references) {
    for (const Reference& reference : references) {
        Statement insert(database_, R"(
            INSERT INTO resource_reference (resource, arn, assumed)
            VALUES (?, ?, ?) ON CONFLICT (resource, arn) DO NOTHING)");
        insert.bind_all(id, reference.arn, reference.assumed);
        insert.run();
    }
}

}  // namespace plocal::storage
