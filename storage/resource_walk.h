// Walks through resources in pages that no List of the service has. On the thread that owns the database. Every call
// may throw SqlError, and std::invalid_argument if a timeline is damaged in the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/instant.h"
#include "storage/record.h"

namespace plocal::storage {

namespace sqlite {
class Database;
}

class ResourceWalk {
public:
    /// The database must outlive this.
    explicit ResourceWalk(sqlite::Database& database) : database_(database) {}

    /// A position in the order of `in_transition`.
    struct Stable {
        base::Instant at{};
        std::int64_t id = 0;
    };

    /// Returns at most `limit` visible resources of an account that become stable after this position, in the order of
    /// that time and then of their ids. The cost does not grow with the number of stable resources.
    std::vector<Record> in_transition(std::string_view account, const Stable& after, std::size_t limit);

    /// Returns at most `limit` visible resources of a layer with ids above `id`, in order of id.
    std::vector<Record> of_layer(std::int64_t layer, std::int64_t id, std::size_t limit);

    /// The most children that are counted.
    static constexpr std::int64_t most_children = 10'001;

    /// Returns the number of visible resources that have this parent, by kind. Counts at most `most_children`.
    std::map<std::string, std::int64_t> children(std::string_view arn);

    /// Returns true for a visible resource.
    bool exists(std::string_view arn);

    /// Returns the regions in which an account has resources of a kind, in order. The cost grows with their number
    /// alone.
    std::vector<std::string> regions(std::string_view account, std::string_view kind);

private:
    sqlite::Database& database_;
};

}  // namespace plocal::storage
