#include "storage/due_repository.h"

#include <algorithm>
#include <utility>

#include "storage/resource_row.h"
#include "storage/sqlite/statement.h"

namespace plocal::storage {

using base::Instant;
using sqlite::Statement;

const std::map<std::string, Instant, std::less<>>& DueRepository::earliest() {
    if (earliest_) return *earliest_;
    std::map<std::string, Instant, std::less<>> found;
    Statement rows(database_,
                   "SELECT account, MIN(due_ms) FROM visible_resource WHERE due_ms IS NOT NULL GROUP BY account");
    while (rows.step()) found.emplace(rows.text(0), *instant_at(rows, 1));
    return earliest_.emplace(std::move(found));
}

std::optional<Record> DueRepository::first(std::string_view account, Instant now) {
    Statement row(database_, "SELECT " RESOURCE_COLUMNS R"(
        FROM visible_resource AS resource
        WHERE account = ? AND due_ms IS NOT NULL AND due_ms <= ? ORDER BY due_ms, place LIMIT 1)");
    row.bind_all(account, to_ms(now));
    if (!row.step()) return std::nullopt;
    return read_record(row);
}

void DueRepository::refresh(const std::string& account) {
    if (!earliest_) return;
    Statement row(database_, "SELECT MIN(due_ms) FROM visible_resource WHERE account = ? AND due_ms IS NOT NULL");
    row.bind_all(account);
    const auto first = row.step() ? instant_at(row, 0) : std::nullopt;
    if (first) {
        earliest_->insert_or_assign(account, *first);
    } else {
        earliest_->erase(account);
    }
}

void DueRepository::note(const Record& record) {
    if (!record.due || !earliest_) return;
    const auto [at, is_new] = earliest_->try_emplace(record.owner.account, *record.due);
    if (!is_new) at->second = std::min(at->second, *record.due);
}

}  // namespace plocal::storage
