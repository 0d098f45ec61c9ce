// The lists of resources.
#include <limits>

#include "storage/resource_repository.h"
#include "storage/resource_row.h"
#include "storage/sqlite/statement.h"

namespace plocal::storage {

using sqlite::Statement;

namespace {

constexpr std::int64_t no_position = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t no_limit = std::numeric_limits<std::int64_t>::max();

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
    return read_records(rows);
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
    return read_records(rows);
}

std::vector<Record> list_of_kind(sqlite::Database& database, const Page& page) {
    Statement rows(database, "SELECT " RESOURCE_COLUMNS R"(
        FROM visible_resource AS resource
        WHERE kind = ?1 AND (created_ms, place) < (?2, ?3 COLLATE BINARY)
            AND (account = '' OR ((?4 IS NULL OR account = ?4) AND (?5 IS NULL OR region = ?5)))
        ORDER BY created_ms DESC, place DESC LIMIT ?6)");
    bind_page(rows, page);
    return read_records(rows);
}

}  // namespace

std::vector<Record> ResourceRepository::list(const Page& page) {
    if (page.parent) return list_children(database_, page);
    if (page.scope.account && page.scope.region) return list_of_owner(database_, page);
    return list_of_kind(database_, page);
}

std::vector<Record> ResourceRepository::oldest_first(std::string_view kind, const std::optional<Position>& after,
                                                     std::size_t limit) {
    constexpr std::int64_t before_all = std::numeric_limits<std::int64_t>::min();
    Statement rows(database_, "SELECT " RESOURCE_COLUMNS R"(
        FROM visible_resource AS resource
        WHERE kind = ?1 AND (created_ms, place) > (?2, ?3 COLLATE BINARY)
        ORDER BY created_ms, place LIMIT ?4)");
    rows.bind_all(kind, after ? to_ms(after->created) : before_all, after ? after->place : before_all, limit);
    return read_records(rows);
}

std::vector<Record> ResourceRepository::children(std::string_view parent, std::string_view kind) {
    return list(
        {.scope = {}, .kind = std::string(kind), .parent = std::string(parent), .after = {}, .limit = no_limit});
}

std::vector<Record> ResourceRepository::all_of(const Scope& scope, std::string_view kind) {
    return list({.scope = scope, .kind = std::string(kind), .parent = {}, .after = {}, .limit = no_limit});
}

}  // namespace plocal::storage
