#include "storage/resource_repository.h"

#include <limits>
#include <stdexcept>
#include <utility>

#include "storage/sqlite/statement.h"

namespace plocal::storage {

using sqlite::Statement;

namespace {

constexpr std::int64_t beyond_all = std::numeric_limits<std::int64_t>::max();

std::int64_t to_ms(Instant instant) {
    return instant.time_since_epoch().count();
}

std::optional<std::int64_t> to_ms(const std::optional<Instant>& instant) {
    return instant ? std::optional(to_ms(*instant)) : std::nullopt;
}

/// The current row of a statement that selects the columns of resource in their order.
Record read_record(const Statement& row) {
    Record record;
    record.id = row.integer(0);
    record.owner.account = row.text(1);
    record.owner.region = row.text(2);
    record.kind = row.text(3);
    record.arn = row.text(4);
    record.name = row.text(5);
    record.parent = row.text(6);
    record.document = row.text(7);
    record.created = Instant(std::chrono::milliseconds(row.integer(8)));
    record.timeline = timeline_from_text(row.text(9));
    record.rest.status = row.text(10);
    if (!row.is_null(11)) record.rest.at = Instant(std::chrono::milliseconds(row.integer(11)));
    return record;
}

std::vector<Record> read_all(Statement& rows) {
    std::vector<Record> records;
    while (rows.step()) records.push_back(read_record(rows));
    return records;
}

// What the walks share. Each starts at its place in the index by created_ms and id both; without the COLLATE, which
// means nothing to a number, SQLite would step over all that was created at the same moment.
void bind_walk(Statement& rows, const Page& page) {
    rows.bind(1, page.kind);
    rows.bind(2, page.after ? to_ms(page.after->created) : beyond_all);
    rows.bind(3, page.after ? page.after->id : beyond_all);
    rows.bind(4, page.scope.account);
    rows.bind(5, page.scope.region);
    rows.bind(6, page.limit);
}

std::vector<Record> list_children(sqlite::Database& database, const Page& page) {
    Statement rows(database, R"(
        SELECT id, account, region, kind, arn, name, parent, document, created_ms, timeline,
            rest_status, rest_ms
        FROM resource
        WHERE parent = ?7 AND kind = ?1 AND (created_ms, id) < (?2, ?3 COLLATE BINARY)
            AND (account = '' OR ((?4 IS NULL OR account = ?4) AND (?5 IS NULL OR region = ?5)))
        ORDER BY created_ms DESC, id DESC LIMIT ?6)");
    bind_walk(rows, page);
    rows.bind(7, page.parent);
    return read_all(rows);
}

// One owner's resources and those of AWS are two walks, merged row by row: an IN or an OR would sort them all.
std::vector<Record> list_of_owner(sqlite::Database& database, const Page& page) {
    Statement rows(database, R"(
        SELECT id, account, region, kind, arn, name, parent, document, created_ms, timeline,
            rest_status, rest_ms
        FROM resource
        WHERE kind = ?1 AND account = ?4 AND region = ?5 AND (created_ms, id) < (?2, ?3 COLLATE BINARY)
        UNION ALL
        SELECT id, account, region, kind, arn, name, parent, document, created_ms, timeline,
            rest_status, rest_ms
        FROM resource
        WHERE kind = ?1 AND account = '' AND region = '' AND (created_ms, id) < (?2, ?3 COLLATE BINARY)
        ORDER BY created_ms DESC, id DESC LIMIT ?6)");
    bind_walk(rows, page);
    return read_all(rows);
}

std::vector<Record> list_of_kind(sqlite::Database& database, const Page& page) {
    Statement rows(database, R"(
        SELECT id, account, region, kind, arn, name, parent, document, created_ms, timeline,
            rest_status, rest_ms
        FROM resource
        WHERE kind = ?1 AND (created_ms, id) < (?2, ?3 COLLATE BINARY)
            AND (account = '' OR ((?4 IS NULL OR account = ?4) AND (?5 IS NULL OR region = ?5)))
        ORDER BY created_ms DESC, id DESC LIMIT ?6)");
    bind_walk(rows, page);
    return read_all(rows);
}

}  // namespace

ResourceRepository::ResourceRepository(sqlite::Database& database) : database_(database) {}

bool ResourceRepository::insert(const Record& record, const std::vector<Reference>& references) {
    const std::string timeline = to_text(record.timeline);
    const std::optional<std::int64_t> rest_ms = to_ms(record.rest.at);
    {
        Statement insert(database_, R"(
            INSERT INTO resource (account, region, kind, arn, name, parent, document, created_ms, timeline,
                rest_status, rest_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (arn) DO NOTHING)");
        insert.bind_all(record.owner.account, record.owner.region, record.kind, record.arn, record.name, record.parent,
                        record.document, to_ms(record.created), timeline, record.rest.status, rest_ms);
        insert.run();
    }
    if (database_.changes() == 0) return false;
    const std::int64_t id = database_.last_insert_id();
    for (const Reference& reference : references) {
        Statement refer(database_, R"(
            INSERT INTO resource_reference (resource, arn, assumed)
            VALUES (?, ?, ?) ON CONFLICT (resource, arn) DO NOTHING)");
        refer.bind_all(id, reference.arn, reference.assumed);
        refer.run();
    }
    return true;
}

std::optional<Record> ResourceRepository::find(std::string_view arn) {
    Statement row(database_, R"(
        SELECT id, account, region, kind, arn, name, parent, document, created_ms, timeline,
            rest_status, rest_ms
        FROM resource WHERE arn = ?)");
    row.bind_all(arn);
    if (!row.step()) return std::nullopt;
    return read_record(row);
}

std::vector<Record> ResourceRepository::list(const Page& page) {
    if (page.parent) return list_children(database_, page);
    if (page.scope.account && page.scope.region) return list_of_owner(database_, page);
    return list_of_kind(database_, page);
}

void ResourceRepository::save_timeline(std::string_view arn, const Timeline& timeline, const Rest& rest) {
    const std::string text = to_text(timeline);
    const std::optional<std::int64_t> rest_ms = to_ms(rest.at);
    Statement save(database_, "UPDATE resource SET timeline = ?, rest_status = ?, rest_ms = ? WHERE arn = ?");
    save.bind_all(text, rest.status, rest_ms, arn);
    save.run();
    if (database_.changes() == 0) throw std::logic_error("no resource to save a timeline of: " + std::string(arn));
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

std::vector<StatusCount> ResourceRepository::counts_at_rest() {
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

std::optional<Instant> ResourceRepository::latest_rest(std::string_view account) {
    Statement row(database_, "SELECT MAX(rest_ms) FROM resource WHERE account = ? AND rest_ms IS NOT NULL");
    row.bind_all(account);
    if (!row.step() || row.is_null(0)) return std::nullopt;
    return Instant(std::chrono::milliseconds(row.integer(0)));
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
