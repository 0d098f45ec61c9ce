#include "storage/work_repository.h"

#include "storage/resource_row.h"
#include "storage/sqlite/statement.h"

namespace plocal::storage {

using sqlite::Statement;

std::vector<WorkStart> WorkRepository::all() {
    Statement rows(database_,
                   "SELECT arn, account, work_ms FROM resource WHERE work_ms IS NOT NULL ORDER BY work_ms, id");
    std::vector<WorkStart> starts;
    while (rows.step()) starts.push_back({std::string(rows.text(0)), std::string(rows.text(1)), *instant_at(rows, 2)});
    return starts;
}

bool WorkRepository::any_begun(std::string_view account, base::Instant now, bool (*condition)(const Record&)) {
    Statement rows(database_, "SELECT " RESOURCE_COLUMNS R"(
        FROM resource WHERE account = ? AND work_ms IS NOT NULL AND work_ms <= ? ORDER BY work_ms, id)");
    rows.bind_all(account, to_ms(now));
    while (rows.step()) {
        if (condition(read_record(rows))) return true;
    }
    return false;
}

}  // namespace plocal::storage
