// Counts resources, by kind and by the status that they reach with time. Reads the tables resource_count and resource.
// On the thread that owns the database. Every call may throw SqlError.
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

/// A resource whose status still changes with time.
struct ResourceInTransition {
    std::string kind;
    Timeline timeline;
    std::string stable_status;
};

class ResourceCounts {
public:
    /// The database must outlive the counts.
    explicit ResourceCounts(sqlite::Database& database) : database_(database) {}

    /// Returns the number of resources by kind, without kinds that have none. The cost does not grow with the number of
    /// resources.
    std::map<std::string, std::int64_t> by_kind();

    /// Returns the number of all resources. The cost does not grow with the number of resources.
    std::int64_t total();

    /// Returns the number of resources by kind, account and stable status. The cost does not grow with the number of
    /// resources.
    std::vector<StatusCount> by_stable_status();

    /// Returns the accounts that own resources, in order. "" is AWS itself.
    std::vector<std::string> accounts();

    /// Returns at most `limit` of an account's resources that are not stable at `now`, ordered by the time when they
    /// become stable. Throws std::invalid_argument if a timeline is damaged in the file.
    std::vector<ResourceInTransition> in_transition(std::string_view account, base::Instant now, std::size_t limit);

    /// Returns when the last of an account's resources becomes or became stable, or nothing if none has a timed step.
    /// `removed_with_parent` lists kinds whose resources do not outlive their parent: such a resource counts at most
    /// until its parent is DELETED, or its parent's parent if that takes the parent with it.
    std::optional<base::Instant> latest_stable(std::string_view account,
                                               const std::vector<std::string_view>& removed_with_parent);

private:
    sqlite::Database& database_;
};

}  // namespace plocal::storage
