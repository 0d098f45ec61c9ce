#include "storage/resource_walk.h"

#include "storage/resource_row.h"
#include "storage/sqlite/statement.h"

namespace plocal::storage {

using sqlite::Statement;

// The index ends with layer and hidden_by before the id, so rows of one time are sorted; they are few.
std::vector<Record> ResourceWalk::in_transition(std::string_view account, const Stable& after, std::size_t limit) {
    Statement rows(database_, "SELECT " RESOURCE_COLUMNS R"(
        FROM visible_resource AS resource
        WHERE account = ?1 AND rest_ms IS NOT NULL AND rest_ms >= ?2 AND (rest_ms > ?2 OR id > ?3)
        ORDER BY rest_ms, id LIMIT ?4)");
    rows.bind_all(account, to_ms(after.at), after.id, limit);
    return read_records(rows);
}

std::vector<Record> ResourceWalk::of_layer(std::int64_t layer, std::int64_t id, std::size_t limit) {
    Statement rows(database_, "SELECT " RESOURCE_COLUMNS R"(
        FROM resource INDEXED BY resource_by_layer
        WHERE layer = ?1 AND id > ?2 AND layer IN (SELECT id FROM live_layer)
            AND +hidden_by NOT IN (SELECT id FROM live_layer)
        ORDER BY id LIMIT ?3)");
    rows.bind_all(layer, id, limit);
    return read_records(rows);
}

std::map<std::string, std::int64_t> ResourceWalk::children(std::string_view arn) {
    Statement rows(database_, R"(
        SELECT kind, COUNT(*) FROM (SELECT kind FROM visible_resource WHERE parent = ? LIMIT ?)
        GROUP BY kind ORDER BY kind)");
    rows.bind_all(arn, most_children);
    std::map<std::string, std::int64_t> counts;
    while (rows.step()) counts.emplace(rows.text(0), rows.integer(1));
    return counts;
}

bool ResourceWalk::exists(std::string_view arn) {
    Statement row(database_, "SELECT 1 FROM visible_resource WHERE arn = ?");
    row.bind_all(arn);
    return row.step();
}

std::vector<std::string> ResourceWalk::regions(std::string_view account, std::string_view kind) {
    std::vector<std::string> regions;
    for (std::string last;; last = regions.back()) {
        Statement row(database_, R"(
            SELECT region FROM visible_resource WHERE kind = ?1 AND account = ?2 AND region > ?3
            ORDER BY region LIMIT 1)");
        row.bind_all(kind, account, last);
        if (!row.step()) return regions;
        regions.emplace_back(row.text(0));
    }
}

}  // namespace plocal::storage
