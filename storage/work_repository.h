// Resources with open work: what a job queue has to do. Reads the column work_ms, which is saved with each record. For
// the one thread that owns the database. Every call but note(record) and take_noted() may throw SqlError.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/base/instant.h"
#include "storage/record.h"

namespace plocal::storage {

namespace sqlite {
class Database;
}

/// When the open work of a resource begins or began.
struct WorkStart {
    std::string arn;
    std::string account;
    base::Instant at{};

    bool operator==(const WorkStart&) const = default;
};

class WorkRepository {
public:
    /// The database must outlive the repository.
    explicit WorkRepository(sqlite::Database& database) : database_(database) {}

    /// All open work whose beginning is known, in order of that moment.
    std::vector<WorkStart> all();

    /// Whether a resource of the account whose open work has begun by `now` fulfils the condition. Throws
    /// std::invalid_argument for a timeline that is damaged in the file.
    bool any_begun(std::string_view account, base::Instant now, bool (*condition)(const Record&));

    /// Must be called with each record that is inserted or saved.
    void note(const Record& record) {
        if (record.work) noted_.push_back({record.arn, record.owner.account, *record.work});
    }

    /// Notes the open work of a layer that became visible.
    void note_layer(std::int64_t layer);

    /// The open work of records that were inserted or saved since the last call, committed or not; some more than once.
    std::vector<WorkStart> take_noted() { return std::exchange(noted_, {}); }

private:
    sqlite::Database& database_;
    std::vector<WorkStart> noted_;
};

}  // namespace plocal::storage
