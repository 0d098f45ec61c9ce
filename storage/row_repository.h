// Stores items, users and actions: rows by id. Of the rows of an id, the one of the newest batch that is seen counts.
// On the thread that owns the database. Every call may throw SqlError.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/batches.h"
#include "storage/row_set.h"

namespace plocal::storage {

struct DataRow {
    std::string id;
    std::string cells;  // a JSON object of the columns that are not null, without the id

    bool operator==(const DataRow&) const = default;
};

class RowRepository {
public:
    /// Both must outlive the repository.
    RowRepository(sqlite::Database& database, Batches& batches) : database_(database), batches_(batches) {}

    /// Adds a row to an open batch, where the last row of an id counts. Several statements: needs a transaction.
    void add(RowBatch& batch, std::string_view id, std::string_view cells);

    /// Returns the cells of an id that are seen, or nothing.
    std::optional<std::string> find(const RowView& view, std::string_view id);

    /// Calls `visit` for at most `limit` rows that are seen behind the id `after`, in order of their bytes. The texts
    /// live during the call. Returns the number of rows: less than `limit` at the end. `visit` must not write.
    using Visit = std::function<void(std::string_view id, std::string_view cells)>;
    std::size_t scan(const RowView& view, std::string_view after, std::size_t limit, const Visit& visit);

    /// Calls `visit` for at most `limit` rows that are seen behind a row, of each id one from each batch that has it,
    /// in order of id and batch. Returns the number of rows.
    struct Version {
        std::string id;  // "" is before all ids
        std::int64_t batch = 0;
    };
    using VisitVersion = std::function<void(std::string_view id, std::string_view cells, std::int64_t batch)>;
    std::size_t scan_versions(const RowView& view, const Version& after, std::size_t limit, const VisitVersion& visit);

    /// The same as `scan` for the rows of one batch, seen or not.
    std::size_t scan_batch(std::int64_t batch, std::string_view after, std::size_t limit, const Visit& visit);

    /// The same as `scan` as a list.
    std::vector<DataRow> page(const RowView& view, std::string_view after, std::size_t limit);

private:
    sqlite::Database& database_;
    Batches& batches_;
};

}  // namespace plocal::storage
