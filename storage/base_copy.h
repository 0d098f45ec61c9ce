// Copies the rows that a set shows of its bases into the set itself, in steps, so that some of them can be removed:
// each batch with its revisions, so that every view shows what it showed. On the thread that owns the database, but for
// the destructor. Every call may throw SqlError.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "storage/batches.h"
#include "storage/row_sets.h"
#include "storage/row_sweep.h"

namespace plocal::storage {

class BaseCopy {
public:
    /// All must outlive its use. The set may take new batches meanwhile. Without an end nothing has changed.
    BaseCopy(sqlite::Database& database, RowSets& sets, Batches& batches, RowSweep& sweep, std::int64_t set)
        : database_(database), sets_(sets), batches_(batches), sweep_(sweep), set_(set) {}

    /// Copies at most `limit` rows. Returns false once the set has no base. Needs a transaction, after whose failure
    /// it must not be called again.
    bool step(std::size_t limit);

private:
    struct Copy {
        std::int64_t source = 0;
        std::int64_t target = 0;  // 0 until it is begun
    };

    std::vector<ListedBatch> batches_of_bases();
    std::int64_t begin_batch(std::int64_t source);
    bool copy_rows(const Copy& copy, std::size_t limit);
    void finish();

    sqlite::Database& database_;
    RowSets& sets_;
    Batches& batches_;
    RowSweep& sweep_;
    std::int64_t set_;
    std::optional<std::vector<Copy>> copies_;  // nothing before the first step
    std::size_t next_ = 0;
    std::shared_ptr<const void> owner_ = std::make_shared<const char>('\0');  // of the batches
};

}  // namespace plocal::storage
