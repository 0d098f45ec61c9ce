// Imports rows in bulk, in steps short enough to let requests in between. None of it is seen before the last step,
// which shows all of it at once. On the thread that owns the store, but for the destructor; every call may throw
// SqlError.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>

#include "server/base/instant.h"
#include "server/service/data/cell.h"
#include "server/service/data/dataset.h"
#include "server/service/data/row_batches.h"
#include "server/service/data/row_source.h"
#include "storage/row_set.h"
#include "storage/store.h"

namespace plocal::data {

/// So many rows take about 1 ms.
inline constexpr std::size_t rows_in_a_step = 100;

/// The rows of the dataset were dropped or replaced by others during an import into them.
class RowsAreGone : public std::runtime_error {
public:
    RowsAreGone();
};

struct Imported {
    std::int64_t rows = 0;      // that were read
    std::int64_t revision = 0;  // of the dataset group from now on
};

class RowImport {
public:
    /// Store and dataset, or columns, must outlive the import. A dataset takes one import at a time: see `is_busy`.
    RowImport(storage::Store& store, const Dataset& dataset, storage::ImportMode mode, base::Instant at);

    /// The same into a set of an invisible layer.
    RowImport(storage::Store& store, storage::RowSet set, const Columns& columns, base::Instant at);

    /// The same for a batch that was shown before.
    RowImport(storage::Store& store, storage::RowSet set, const Columns& columns, const storage::ShownBatch& shown);

    RowImport(const RowImport&) = delete;
    RowImport& operator=(const RowImport&) = delete;

    /// Drops what was not shown. On any thread, and also after the store.
    ~RowImport() = default;

    /// Returns true if an import into the dataset is not over.
    static bool is_busy(storage::Store& store, const storage::RowSetOwner& owner);

    /// Reads and stores the next rows of a source, in one transaction. Returns false once there are no more. Throws
    /// BadRow, RowsAreGone, and what the source throws.
    bool step(RowSource& source);

    /// Takes the dataset, so that no other import into it begins. Needs a transaction.
    void open() { add(std::span<const Row>()); }

    /// Stores rows that were read elsewhere. Needs a transaction. Throws RowsAreGone.
    void add(std::span<const Row> rows);
    void add(std::span<const StoredRow> rows);

    /// The same with what only events have.
    void add(std::span<const Event> events);

    /// Shows all rows at once, as those of this moment or, without one, of that in which the import began. Needs a
    /// transaction: nothing is seen before it is committed. Throws RowsAreGone.
    Imported finish(std::optional<base::Instant> at = std::nullopt);

    /// The number of rows so far.
    std::int64_t rows() const { return count_; }

private:
    void begin();
    void give_up();
    bool add_from(RowSource& source);
    template <typename Part>
    bool guarded(Part part);
    template <typename Added>
    void add_all(std::span<const Added> all);

    storage::Store& store_;
    const Columns& columns_;
    const storage::RowSetOwner* owner_ = nullptr;  // null for a set of an invisible layer
    std::optional<storage::RowSet> set_ = {};      // nothing for a dataset that is seen
    storage::ImportMode mode_ = storage::ImportMode::incremental;
    storage::RowOrigin origin_ = storage::RowOrigin::bulk;
    base::Instant at_;
    std::optional<storage::ShownBatch> shown_ = {};  // of a batch that was shown before
    storage::RowBatch* batch_ = nullptr;             // null before the first rows and after the last step
    std::shared_ptr<const void> owner_of_batch_ = std::make_shared<const char>('\0');
    std::int64_t count_ = 0;
    std::vector<Row> rows_;  // that were read last
};

}  // namespace plocal::data
