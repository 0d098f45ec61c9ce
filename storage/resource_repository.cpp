#include "storage/resource_repository.h"

#include <stdexcept>
#include <utility>

#include "storage/resource_row.h"
#include "storage/sqlite/statement.h"

namespace plocal::storage {

using base::Instant;
using sqlite::Statement;

namespace {

constexpr std::int64_t no_position = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t no_limit = std::numeric_limits<std::int64_t>::max();

std::vector<Record> read_all(Statement& rows) {
    std::vector<Record> records;
    while (rows.step()) records.push_back(read_record(rows));
    return records;
}

// Binds the parameters that all lists share. Each list starts at its position in the index by created_ms and place. The
// COLLATE changes no comparison of numbers; without it, SQLite would scan all rows created at the same time.
void bind_page(Statement& rows, const Page& page) {
    rows.bind(1, page.kind);
    rows.bind(2, page.after ? to_ms(page.after->created) : no_position);
    rows.bind(3, page.after ? page.after->place : no_position);
    rows.bind(4, page.scope.account);
    rows.bind(5, page.scope.region);
    rows.bind(6, page.limit);
}

std::vector<Record> list_children(sqlite::Database& database, const Page& page) {
    Statement rows(database, "SELECT " RESOURCE_COLUMNS R"(
        FROM visible_resource AS resource
        WHERE parent = ?7 AND kind = ?1 AND (created_ms, place) < (?2, ?3 COLLATE BINARY)
            AND (account = '' OR ((?4 IS NULL OR account = ?4) AND (?5 IS NULL OR region = ?5)))
        ORDER BY created_ms DESC, place DESC LIMIT ?6)");
    bind_page(rows, page);
    rows.bind(7, page.parent);
    return read_all(rows);
}

// One owner's resources and those of AWS are two index scans, merged row by row. With IN or OR, SQLite would sort all
// rows.
std::vector<Record> list_of_owner(sqlite::Database& database, const Page& page) {
    Statement rows(database, "SELECT " RESOURCE_COLUMNS R"(
        FROM visible_resource AS resource
        WHERE kind = ?1 AND account = ?4 AND region = ?5 AND (created_ms, place) < (?2, ?3 COLLATE BINARY)
        UNION ALL
        SELECT )" RESOURCE_COLUMNS R"(
        FROM visible_resource AS resource
        WHERE kind = ?1 AND account = '' AND region = '' AND (created_ms, place) < (?2, ?3 COLLATE BINARY)
        ORDER BY created_ms DESC, place DESC LIMIT ?6)");
    bind_page(rows, page);
    return read_all(rows);
}

std::vector<Record> list_of_kind(sqlite::Database& database, const Page& page) {
    Statement rows(database, "SELECT " RESOURCE_COLUMNS R"(
        FROM visible_resource AS resource
        WHERE kind = ?1 AND (created_ms, place) < (?2, ?3 COLLATE BINARY)
            AND (account = '' OR ((?4 IS NULL OR account = ?4) AND (?5 IS NULL OR region = ?5)))
        ORDER BY created_ms DESC, place DESC LIMIT ?6)");
    bind_page(rows, page);
    return read_all(rows);
}

}  // namespace

ResourceRepository::ResourceRepository(sqlite::Database& database, LayerRepository& layers, DueRepository& due,
                                       WorkRepository& work)
    : database_(database), layers_(layers), due_(due), work_(work) {}

bool ResourceRepository::insert(const Record& record, const std::vector<Reference>& references) {
    if (visible_id(record.arn)) return false;
    if (!insert_into(layers_.of_changes(record.owner.account), record, references)) return false;
    due_.note(record);
    work_.note(record);
    return true;
}

bool ResourceRepository::stage(std::int64_t layer, const Record& record, const std::vector<Reference>& references) {
    return insert_into(layer, record, references);
}

bool ResourceRepository::insert_into(std::int64_t layer, const Record& record,
                                     const std::vector<Reference>& references) {
    const std::string timeline = to_text(record.timeline);
    const std::optional<std::int64_t> stable_ms = to_ms(record.stable.at);
    const std::optional<std::int64_t> due_ms = to_ms(record.due);
    const std::optional<std::int64_t> work_ms = to_ms(record.work);
    const std::int64_t id = next_id();
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
    insert_references(id, references);
    return true;
}

std::int64_t ResourceRepository::next_id() {
    return last_id_ = last_id() + 1;
}

std::int64_t ResourceRepository::last_id() {
    if (last_id_ == 0) {
        Statement row(database_, "SELECT MAX(id) FROM resource");
        row.step();
        last_id_ = row.integer(0);
    }
    return last_id_;
}

std::optional<std::int64_t> ResourceRepository::visible_id(std::string_view arn) {
    Statement row(database_, "SELECT id FROM visible_resource WHERE arn = ?");
    row.bind_all(arn);
    if (!row.step()) return std::nullopt;
    return row.integer(0);
}

/// Makes a row one that may be changed: if its layer is restorable, moves it to a plain layer, and leaves a hidden copy
/// in its former layer.
void ResourceRepository::preserve(std::int64_t id) {
    std::int64_t former = 0;
    std::string account;
    {
        Statement row(database_, "SELECT layer, account FROM resource WHERE id = ? AND layer < 0");
        row.bind_all(id);
        if (!row.step()) return;
        former = row.integer(0);
        account = row.text(1);
    }
    const std::int64_t layer = layers_.of_changes(account);
    const std::int64_t copy = next_id();
    {
        Statement move(database_, "UPDATE resource SET layer = ?, hidden_by = 0 WHERE id = ?");
        move.bind_all(layer, id);
        move.run();
    }
    Statement keep(database_, R"(
        INSERT INTO resource (id, place, layer, hidden_by, account, region, kind, arn, name, parent, document,
            created_ms, timeline, rest_status, rest_ms, latest_update, due_ms, work_ms)
        SELECT ?1, place, ?2, ?3, account, region, kind, arn, name, parent, document,
            created_ms, timeline, rest_status, rest_ms, latest_update, due_ms, work_ms
        FROM resource WHERE id = ?4)");
    keep.bind_all(copy, former, layer, id);
    keep.run();
    Statement references(database_, R"(
        INSERT INTO resource_reference (resource, arn, assumed)
        SELECT ?1, arn, assumed FROM resource_reference WHERE resource = ?2)");
    references.bind_all(copy, id);
    references.run();
}

void ResourceRepository::insert_references(std::int64_t id, const std::vector<Reference>& references) {
    for (const Reference& reference : references) {
        Statement insert(database_, R"(
            INSERT INTO resource_reference (resource, arn, assumed)
            VALUES (?, ?, ?) ON CONFLICT (resource, arn) DO NOTHING)");
        insert.bind_all(id, reference.arn, reference.assumed);
        insert.run();
    }
}

bool ResourceRepository::is_in_layer(std::string_view arn, std::int64_t layer) {
    Statement row(database_, "SELECT 1 FROM resource WHERE arn = ? AND layer = ?");
    row.bind_all(arn, layer);
    return row.step();
}

std::optional<std::string> ResourceRepository::find_twin(std::int64_t layer, std::int64_t id) {
    Statement row(database_, R"(
        SELECT visible.arn FROM visible_resource AS visible JOIN resource AS staged ON staged.arn = visible.arn
        WHERE visible.id > ? AND staged.layer = ? LIMIT 1)");
    row.bind_all(id, layer);
    if (!row.step()) return std::nullopt;
    return std::string(row.text(0));
}

std::size_t ResourceRepository::confirm_references(std::int64_t layer, std::string_view arn, std::size_t limit) {
    Statement confirm(database_, R"(
        UPDATE resource_reference SET assumed = 0
        WHERE arn = ?2 AND resource IN (
            SELECT reference.resource FROM resource_reference AS reference
            JOIN resource ON resource.id = reference.resource
            WHERE reference.arn = ?2 AND reference.assumed = 1 AND resource.layer = ?1 LIMIT ?3))");
    confirm.bind_all(layer, arn, limit);
    confirm.run();
    return static_cast<std::size_t>(database_.changes());
}

std::optional<Record> ResourceRepository::find(std::string_view arn) {
    Statement row(database_, "SELECT " RESOURCE_COLUMNS R"(
        FROM visible_resource AS resource WHERE arn = ?)");
    row.bind_all(arn);
    if (!row.step()) return std::nullopt;
    return read_record(row);
}

void ResourceRepository::save(const Record& record) {
    preserve(record.id);
    const std::string timeline = to_text(record.timeline);
    const std::optional<std::int64_t> stable_ms = to_ms(record.stable.at);
    const std::optional<std::int64_t> due_ms = to_ms(record.due);
    const std::optional<std::int64_t> work_ms = to_ms(record.work);
    Statement save(database_, R"(
        UPDATE resource SET parent = ?, document = ?, timeline = ?, rest_status = ?, rest_ms = ?, latest_update = ?, due_ms = ?,
            work_ms = ?
        WHERE id = ?)");
    save.bind_all(record.parent, record.document, timeline, record.stable.status, stable_ms, record.update, due_ms,
                  work_ms, record.id);
    save.run();
    if (database_.changes() == 0) throw std::logic_error("no resource to save: " + record.arn);
    changed_.push_back(record.arn);
    due_.note(record);
    work_.note(record);
}

void ResourceRepository::replace_references(std::int64_t id, const std::vector<Reference>& references) {
    preserve(id);
    Statement clear(database_, "DELETE FROM resource_reference WHERE resource = ?");
    clear.bind_all(id);
    clear.run();
    insert_references(id, references);
}

void ResourceRepository::remove(const Record& record) {
    std::int64_t layer = 0;
    {
        Statement row(database_, "SELECT layer FROM resource WHERE id = ?");
        row.bind_all(record.id);
        if (!row.step()) return;
        layer = row.integer(0);
    }
    if (layer < 0) {
        Statement hide(database_, "UPDATE resource SET hidden_by = ? WHERE id = ?");
        hide.bind_all(layers_.of_changes(record.owner.account), record.id);
        hide.run();
    } else {
        Statement remove(database_, "DELETE FROM resource WHERE id = ?");
        remove.bind_all(record.id);
        remove.run();
    }
    changed_.push_back(record.arn);
}

std::vector<std::string> ResourceRepository::take_changed() {
    return std::exchange(changed_, {});
}

std::vector<Reference> ResourceRepository::references(std::string_view arn) {
    Statement rows(database_, R"(
        SELECT arn, assumed FROM resource_reference
        WHERE resource = (SELECT id FROM visible_resource WHERE arn = ?) ORDER BY arn)");
    rows.bind_all(arn);
    std::vector<Reference> references;
    while (rows.step()) references.push_back({std::string(rows.text(0)), rows.integer(1) != 0});
    return references;
}

bool ResourceRepository::is_assumed(std::string_view arn) {
    Statement row(database_, R"(
        SELECT 1 FROM resource_reference AS reference JOIN visible_resource ON visible_resource.id = reference.resource
        WHERE reference.arn = ? AND assumed = 1 LIMIT 1)");
    row.bind_all(arn);
    return row.step();
}

std::vector<Record> ResourceRepository::list(const Page& page) {
    if (page.parent) return list_children(database_, page);
    if (page.scope.account && page.scope.region) return list_of_owner(database_, page);
    return list_of_kind(database_, page);
}

std::vector<Record> ResourceRepository::children(std::string_view parent, std::string_view kind) {
    return list(
        {.scope = {}, .kind = std::string(kind), .parent = std::string(parent), .after = {}, .limit = no_limit});
}

std::vector<Record> ResourceRepository::all_of(const Scope& scope, std::string_view kind) {
    return list({.scope = scope, .kind = std::string(kind), .parent = {}, .after = {}, .limit = no_limit});
}

std::vector<Record> ResourceRepository::referrers(std::string_view arn, std::string_view kind) {
    Statement rows(database_, "SELECT " RESOURCE_COLUMNS R"(
        FROM resource_reference JOIN visible_resource AS resource ON resource.id = resource_reference.resource
        WHERE resource_reference.arn = ? AND kind = ?
        ORDER BY resource_reference.assumed, resource_reference.resource)");
    rows.bind_all(arn, kind);
    return read_all(rows);
}

}  // namespace plocal::storage
