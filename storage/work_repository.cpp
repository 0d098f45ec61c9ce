#include "storage/work_repository.h"

#include "storage/resource_row.h"
#include "storage/sqlite/statement.h"

namespace plocal::storage {

using sqlite::Statement;

std::vector<WorkStart> WorkRepository::all() {
    Statement rows(
        database_,
        "SELECT arn, account, work_ms FROM visible_resource WHERE work_ms IS NOT NULL ORDER BY work_ms, place");
    std::vector<WorkStart> starts;
    while (rows.step()) starts.push_back({std::string(rows.text(0)), std::string(rows.text(1)), *instant_at(rows, 2)});
    return starts;
}

void WorkRepository::note_layer(std::int64_t layer) {
    Statement rows(database_, R"(
        SELECT arn, account, work_ms FROM visible_resource
        WHERE layer = ? AND work_ms IS NOT NULL ORDER BY work_ms, place)");
    rows.bind_all(layer);
    while (rows.step()) {
        noted_.push_back({std::string(rows.text(0)), std::string(rows.text(1)), *instant_at(rows, 2)});
    }
}

bool WorkRepository::any_begun(std::string_view account, base::Instant now, bool (*condition)(const Record&)) {
    Statement rows(database_, "SELECT " RESOURCE_COLUMNS R"(
        FROM visible_resource AS resource WHERE account = ? AND work_ms IS NOT NULL AND work_ms <= ? ORDER BY work_ms, place)");
    rows.bind_all(account, to_ms(now));
    while (rows.step()) {
        if (condition(read_record(rows))) return true;
    }
    return false;
}

}  // namespace plocal::storage
