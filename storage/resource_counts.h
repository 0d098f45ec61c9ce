// How many resources there are, and where time takes them. Reads the tables resource_count and resource. For the one
// thread that owns the database. Every call may throw SqlError.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/instant.h"
#include "storage/timeline.h"

namespace plocal::storage {

namespace sqlite {
class Database;
}

struct StatusCount {
    std::string kind;
    std::string account;
    std::string status;
    std::int64_t count = 0;
};

/// A resource that time still changes.
struct Moving {
    std::string kind;
    Timeline timeline;
    std::string stable_status;
};

class ResourceCounts {
public:
    /// The database must outlive the counts.
    explicit ResourceCounts(sqlite::Database& database) : database_(database) {}

    /// How many resources there are, by kind. Kinds without any are left out. The cost does not grow with the
    /// resources.
    std::map<std::string, std::int64_t> by_kind();

    /// How many resources there are together. The cost does not grow with the resources.
    std::int64_t total();

    /// How many resources there are, by the status that time takes them to. The cost does not grow with the resources.
    std::vector<StatusCount> by_stable_status();

    /// The accounts that own resources, in order. "" is AWS itself.
    std::vector<std::string> accounts();

    /// At most `limit` of an account's resources that are not stable yet, ordered by when they will be. Throws
    /// std::invalid_argument for a timeline that is damaged in the file.
    std::vector<Moving> moving(std::string_view account, base::Instant now, std::size_t limit);

    /// When the last of an account's resources becomes stable, or became so. A resource of one of the kinds that are
    /// removed with their parents counts until its parent is DELETED at most. Nothing where none has a timed step.
    std::optional<base::Instant> latest_stable(std::string_view account,
                                               const std::vector<std::string_view>& removed_with_parent);

private:
    sqlite::Database& database_;
};

}  // namespace plocal::storage
