#include "storage/visible_rows.h"

#include "storage/sqlite/statement.h"

namespace plocal::storage {

std::map<std::string, std::int64_t> VisibleRows::counts(std::string_view account) {
    sqlite::Statement rows(database_, R"(
        SELECT kind, SUM(bulk_rows + put_rows - both_rows) FROM row_set
        WHERE layer IN (SELECT id FROM live_layer) AND
            (?1 = '' OR layer IN (SELECT id FROM layer WHERE account = ?1)) AND NOT EXISTS (
            SELECT 1 FROM row_set AS above WHERE above.arn = row_set.arn AND above.layer <> 0
                AND above.layer > row_set.layer AND above.layer IN (SELECT id FROM live_layer))
        GROUP BY kind ORDER BY kind)");
    rows.bind_all(account);
    std::map<std::string, std::int64_t> counts;
    while (rows.step()) counts.emplace(rows.text(0), rows.integer(1));
    return counts;
}

}  // namespace plocal::storage
