// Resources with open work: what a job queue has to do. Reads the column work_ms, which is saved with each record. For
// the one thread that owns the database. Every call may throw SqlError.
#pragma once

#include <string>
#include <string_view>
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

    /// The resources of an account whose open work has begun by `now`, in order of that moment. Throws
    /// std::invalid_argument for a timeline that is damaged in the file.
    std::vector<Record> begun(std::string_view account, base::Instant now);

private:
    sqlite::Database& database_;
};

}  // namespace plocal::storage
