// Removes the rows of a user from a row set: from every batch, seen or hidden, so that nothing trained knows them any
// more. On the thread that owns the database. Every call may throw SqlError.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "storage/row_set.h"
#include "storage/row_sets.h"

namespace plocal::storage {

/// What a step has removed.
struct Erased {
    std::int64_t rows = 0;  // that were seen
    bool has_more = false;
    std::vector<std::string> sessions = {};  // that were the user's: of them there may be events without a user
};

class UserErasure {
public:
    /// Both must outlive it.
    UserErasure(sqlite::Database& database, RowSets& sets) : database_(database), sets_(sets) {}

    /// Returns true if a set shows rows of a user that must not be removed where they are: others show them too, or a
    /// reset brings them back.
    bool has_shared(const RowSet& set, std::string_view user);

    /// Removes at most `limit` interactions of a user, or the user's own row, from a set's own batches. Needs a
    /// transaction, and no import into the set may be open.
    Erased erase(const RowSet& set, std::string_view user, std::size_t limit);

    /// Removes at most `limit` events without a user from a set's own batches that are of this session. The same is
    /// needed.
    Erased erase_session(const RowSet& set, std::string_view session, std::size_t limit);

    /// Counts how often rows were removed from a set: a view of it at a revision shows other rows since then. Starts at
    /// 0 with the process.
    std::int64_t generation(std::int64_t set) const;

private:
    Erased erase_row(RowSet set, std::string_view user);
    Erased erase_interactions(RowSet set, std::string_view user, bool are_of_session, std::size_t limit);
    bool has_rows(std::int64_t set, bool are_interactions, std::string_view user);
    bool is_session_of(const RowSet& set, std::string_view session, std::string_view user);

    sqlite::Database& database_;
    RowSets& sets_;
    std::map<std::int64_t, std::int64_t> generations_;  // by set
};

}  // namespace plocal::storage
