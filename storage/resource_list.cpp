#include <algorithm>
#include <limits>

#include "storage/resource_repository.h"
#include "storage/resource_row.h"
#include "storage/sqlite/statement.h"

namespace plocal::storage {

using base::Instant;
using sqlite::Statement;

namespace {

constexpr std::int64_t beyond_all = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t no_limit = std::numeric_limits<std::int64_t>::max();

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
            rest_status, rest_ms, latest_update, due_ms
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
            rest_status, rest_ms, latest_update, due_ms
        FROM resource
        WHERE kind = ?1 AND account = ?4 AND region = ?5 AND (created_ms, id) < (?2, ?3 COLLATE BINARY)
        UNION ALL
        SELECT id, account, region, kind, arn, name, parent, document, created_ms, timeline,
            rest_status, rest_ms, latest_update, due_ms
        FROM resource
        WHERE kind = ?1 AND account = '' AND region = '' AND (created_ms, id) < (?2, ?3 COLLATE BINARY)
        ORDER BY created_ms DESC, id DESC LIMIT ?6)");
    bind_walk(rows, page);
    return read_all(rows);
}

std::vector<Record> list_of_kind(sqlite::Database& database, const Page& page) {
    Statement rows(database, R"(
        SELECT id, account, region, kind, arn, name, parent, document, created_ms, timeline,
            rest_status, rest_ms, latest_update, due_ms
        FROM resource
        WHERE kind = ?1 AND (created_ms, id) < (?2, ?3 COLLATE BINARY)
            AND (account = '' OR ((?4 IS NULL OR account = ?4) AND (?5 IS NULL OR region = ?5)))
        ORDER BY created_ms DESC, id DESC LIMIT ?6)");
    bind_walk(rows, page);
    return read_all(rows);
}

}  // namespace

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
    Statement rows(database_, R"(
        SELECT id, account, region, kind, resource.arn, name, parent, document, created_ms, timeline,
            rest_status, rest_ms, latest_update, due_ms
        FROM resource_reference JOIN resource ON resource.id = resource_reference.resource
        WHERE resource_reference.arn = ? AND kind = ?
        ORDER BY resource_reference.assumed, resource_reference.resource)");
    rows.bind_all(arn, kind);
    return read_all(rows);
}

const std::map<std::string, Instant, std::less<>>& ResourceRepository::earliest_due() {
    if (earliest_due_) return *earliest_due_;
    earliest_due_.emplace();
    Statement rows(database_, "SELECT account, MIN(due_ms) FROM resource WHERE due_ms IS NOT NULL GROUP BY account");
    while (rows.step()) earliest_due_->emplace(rows.text(0), *moment_at(rows, 1));
    return *earliest_due_;
}

std::optional<Record> ResourceRepository::first_due(std::string_view account, Instant now) {
    earliest_due_.reset();
    Statement row(database_, R"(
        SELECT id, account, region, kind, arn, name, parent, document, created_ms, timeline,
            rest_status, rest_ms, latest_update, due_ms
        FROM resource WHERE account = ? AND due_ms IS NOT NULL AND due_ms <= ? ORDER BY due_ms, id LIMIT 1)");
    row.bind_all(account, to_ms(now));
    if (!row.step()) return std::nullopt;
    return read_record(row);
}

void ResourceRepository::note_due(const Record& record) {
    if (!record.due || !earliest_due_) return;
    const auto [at, is_new] = earliest_due_->try_emplace(record.owner.account, *record.due);
    if (!is_new) at->second = std::min(at->second, *record.due);
}

}  // namespace plocal::storage
