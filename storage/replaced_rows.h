// Removes records that later puts have replaced and that nothing can read any more: a program that puts the same ids
// again and again would fill its disk. On the thread that owns the database. Calls throw SqlError and need a
// transaction.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "storage/row_set.h"
#include "storage/row_sweep.h"
#include "storage/sqlite/database.h"

namespace plocal::storage {

class ReplacedRows {
public:
    /// An export of what was put has all rows of an id, so the newest of them stay.
    static constexpr std::size_t kept_for_exports = 10;

    /// Both must outlive this.
    ReplacedRows(sqlite::Database& database, const RowSweep& sweep) : database_(database), sweep_(sweep) {}

    /// To be called after a record of this id was put into a set, `delay` being how long records are not seen. Removes
    /// the older ones but for those that stay for exports, that a training knows or is expected to know, and that a
    /// copy shows. Removes none while a reader holds the rows of its revision.
    void remove(const RowSet& set, std::string_view id, base::Instant now, std::chrono::milliseconds delay);

private:
    struct Version {
        std::int64_t batch = 0;
        std::int64_t revision = 0;
        std::int64_t made_ms = 0;
    };

    std::vector<Version> versions_of(std::int64_t set, std::string_view id);
    bool is_known(const RowSet& set, const Version& version, const Version& next, std::chrono::milliseconds delay);
    void remove_from(std::int64_t set, std::string_view id, std::int64_t batch);

    sqlite::Database& database_;
    const RowSweep& sweep_;
};

}  // namespace plocal::storage
