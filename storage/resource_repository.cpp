#include "storage/resource_repository.h"

#include <stdexcept>
#include <utility>

#include "storage/resource_row.h"
#include "storage/sqlite/statement.h"

namespace plocal::storage {

using base::Instant;
using sqlite::Statement;

ResourceRepository::ResourceRepository(sqlite::Database& database) : database_(database) {}

bool ResourceRepository::insert(const Record& record, const std::vector<Reference>& references) {
    const std::string timeline = to_text(record.timeline);
    const std::optional<std::int64_t> rest_ms = to_ms(record.rest.at);
    const std::optional<std::int64_t> due_ms = to_ms(record.due);
    {
        Statement insert(database_, R"(
            INSERT INTO resource (account, region, kind, arn, name, parent, document, created_ms, timeline,
                rest_status, rest_ms, latest_update, due_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (arn) DO NOTHING)");
        insert.bind_all(record.owner.account, record.owner.region, record.kind, record.arn, record.name, record.parent,
                        record.document, to_ms(record.created), timeline, record.rest.status, rest_ms, record.update,
                        due_ms);
        insert.run();
    }
    if (database_.changes() == 0) return false;
    refer(database_.last_insert_id(), references);
    note_due(record);
    return true;
}

void ResourceRepository::refer(std::int64_t id, const std::vector<Reference>& references) {
    for (const Reference& reference : references) {
        Statement refer(database_, R"(
            INSERT INTO resource_reference (resource, arn, assumed)
            VALUES (?, ?, ?) ON CONFLICT (resource, arn) DO NOTHING)");
        refer.bind_all(id, reference.arn, reference.assumed);
        refer.run();
    }
}

std::optional<Record> ResourceRepository::find(std::string_view arn) {
    Statement row(database_, R"(
        SELECT id, account, region, kind, arn, name, parent, document, created_ms, timeline,
            rest_status, rest_ms, latest_update, due_ms
        FROM resource WHERE arn = ?)");
    row.bind_all(arn);
    if (!row.step()) return std::nullopt;
    return read_record(row);
}

void ResourceRepository::save(const Record& record) {
    const std::string timeline = to_text(record.timeline);
    const std::optional<std::int64_t> rest_ms = to_ms(record.rest.at);
    const std::optional<std::int64_t> due_ms = to_ms(record.due);
    Statement save(database_, R"(
        UPDATE resource SET parent = ?, document = ?, timeline = ?, rest_status = ?, rest_ms = ?, latest_update = ?, due_ms = ?
        WHERE id = ?)");
    save.bind_all(record.parent, record.document, timeline, record.rest.status, rest_ms, record.update, due_ms,
                  record.id);
    save.run();
    if (database_.changes() == 0) throw std::logic_error("no resource to save: " + record.arn);
    changed_.push_back(record.arn);
    note_due(record);
}

void ResourceRepository::replace_references(std::int64_t id, const std::vector<Reference>& references) {
    Statement clear(database_, "DELETE FROM resource_reference WHERE resource = ?");
    clear.bind_all(id);
    clear.run();
    refer(id, references);
}

void ResourceRepository::remove(std::string_view arn) {
    Statement remove(database_, "DELETE FROM resource WHERE arn = ?");
    remove.bind_all(arn);
    remove.run();
    changed_.emplace_back(arn);
}

std::vector<std::string> ResourceRepository::take_changed() {
    return std::exchange(changed_, {});
}

std::vector<Reference> ResourceRepository::references(std::string_view arn) {
    Statement rows(database_, R"(
        SELECT arn, assumed FROM resource_reference
        WHERE resource = (SELECT id FROM resource WHERE arn = ?) ORDER BY arn)");
    rows.bind_all(arn);
    std::vector<Reference> references;
    while (rows.step()) references.push_back({std::string(rows.text(0)), rows.integer(1) != 0});
    return references;
}

bool ResourceRepository::is_assumed(std::string_view arn) {
    Statement row(database_, "SELECT 1 FROM resource_reference WHERE arn = ? AND assumed = 1 LIMIT 1");
    row.bind_all(arn);
    return row.step();
}

std::map<std::string, std::int64_t> ResourceRepository::counts() {
    Statement rows(database_, "SELECT kind, SUM(n) FROM resource_count GROUP BY kind ORDER BY kind");
    std::map<std::string, std::int64_t> counts;
    while (rows.step()) counts.emplace(rows.text(0), rows.integer(1));
    return counts;
}

std::vector<std::string> ResourceRepository::accounts() {
    Statement rows(database_, "SELECT DISTINCT account FROM resource_count ORDER BY account");
    std::vector<std::string> accounts;
    while (rows.step()) accounts.emplace_back(rows.text(0));
    return accounts;
}

std::vector<StatusCount> ResourceRepository::counts_by_stable_status() {
    Statement rows(database_, "SELECT kind, account, rest_status, n FROM resource_count ORDER BY kind, account");
    std::vector<StatusCount> counts;
    while (rows.step()) {
        counts.push_back(
            {std::string(rows.text(0)), std::string(rows.text(1)), std::string(rows.text(2)), rows.integer(3)});
    }
    return counts;
}

std::vector<Moving> ResourceRepository::moving(std::string_view account, Instant now, std::size_t limit) {
    Statement rows(database_, R"(
        SELECT kind, timeline, rest_status FROM resource
        WHERE account = ? AND rest_ms IS NOT NULL AND rest_ms > ? ORDER BY rest_ms LIMIT ?)");
    rows.bind_all(account, to_ms(now), limit);
    std::vector<Moving> moving;
    while (rows.step()) {
        moving.push_back({std::string(rows.text(0)), timeline_from_text(rows.text(1)), std::string(rows.text(2))});
    }
    return moving;
}

std::optional<Instant> ResourceRepository::latest_stable(std::string_view account) {
    Statement row(database_, "SELECT MAX(rest_ms) FROM resource WHERE account = ? AND rest_ms IS NOT NULL");
    row.bind_all(account);
    if (!row.step()) return std::nullopt;
    return moment_at(row, 0);
}

void ResourceRepository::clear(std::string_view account) {
    Statement clear(database_, "DELETE FROM resource WHERE account = ?");
    clear.bind_all(account);
    clear.run();
}

// References and counts follow by themselves: a foreign key and a trigger see to it.
void ResourceRepository::clear() {
    Statement(database_, "DELETE FROM resource").run();
}

}  // namespace plocal::storage
