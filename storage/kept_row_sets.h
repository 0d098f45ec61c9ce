// What was read of row sets and revisions, kept as long as it holds. For RowSets alone, on the thread that owns the
// database.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "storage/row_set.h"
#include "storage/sqlite/database.h"

namespace plocal::storage {

class KeptRowSets {
public:
    /// The database must outlive this.
    explicit KeptRowSets(const sqlite::Database& database) : database_(database) {}

    /// Forgets all. To be called where sets were added or dropped, or have become visible.
    void forget() {
        shown_.clear();
        sets_.clear();
        revisions_.clear();
    }

    /// Each returns what `read` returns, which is called where nothing is kept. The set that a dataset shows:
    template <typename Read>
    const std::optional<RowSet>& shown(std::string_view arn, Read read) {
        return find(shown_, arn, read);
    }

    /// A set by its id:
    template <typename Read>
    const RowSet& set(std::int64_t id, Read read) {
        return find(sets_, id, read);
    }

    /// The revision of a dataset group:
    template <typename Read>
    std::int64_t revision(std::string_view dataset_group, Read read) {
        return find(revisions_, dataset_group, read);
    }

    /// Says that a set was changed.
    void replace(const RowSet& set) {
        if (const auto kept = sets_.find(set.id); kept != sets_.end()) kept->second = set;
        const auto kept = shown_.find(set.arn);
        if (kept != shown_.end() && kept->second && kept->second->id == set.id) kept->second = set;
    }

    void forget_revision(std::string_view dataset_group) {
        if (const auto kept = revisions_.find(dataset_group); kept != revisions_.end()) revisions_.erase(kept);
    }

private:
    template <typename Map, typename Key, typename Read>
    const typename Map::mapped_type& find(Map& map, const Key& key, Read read) {
        constexpr std::size_t most_kept = 10'000;
        // What was read inside a transaction that was rolled back may never have been.
        if (roll_backs_ != database_.roll_backs()) forget();
        roll_backs_ = database_.roll_backs();
        if (const auto kept = map.find(key); kept != map.end()) return kept->second;
        if (map.size() >= most_kept) map.clear();
        return map.emplace(key, read()).first->second;
    }

    const sqlite::Database& database_;
    std::map<std::string, std::optional<RowSet>, std::less<>> shown_;  // by dataset
    std::map<std::int64_t, RowSet> sets_;                              // by id
    std::map<std::string, std::int64_t, std::less<>> revisions_;       // by group
    std::int64_t roll_backs_ = 0;                                      // of the database when these were read
};

}  // namespace plocal::storage
