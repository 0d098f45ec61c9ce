// Removes rows that no view shows any more, some at a time: sets without a layer that are no base, batches that were
// dropped or that a former process left unfinished, and batches that are hidden from all that is trained and from all
// copies. On the thread that owns the database. Calls throw SqlError.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>

#include "storage/sqlite/database.h"

namespace plocal::storage {

class RowSweep {
public:
    /// The database must outlive it.
    explicit RowSweep(sqlite::Database& database) : database_(database) {}

    /// Looks for what a former process left. To be called once, before any other function.
    void resume();

    /// Leaves a batch alone that has no revision yet, until it is released.
    void spare(std::int64_t batch) { staged_.insert(batch); }
    void release(std::int64_t batch) { staged_.erase(batch); }

    /// Says that there may be something to remove.
    void note() { may_have_dropped_ = true; }

    /// Says that batches may have been hidden, or that what knew hidden ones may be gone.
    void note_hidden() { may_have_hidden_ = true; }

    /// Returns false if `sweep` has nothing to do.
    bool may_have_dropped() const { return may_have_dropped_ || may_have_hidden_; }

    /// Lets go of the sets and revisions of a layer that is being removed.
    void forget_layer(std::int64_t layer);

    /// Removes at most about `limit` rows. Returns false if nothing was left to do. Several statements: call it inside
    /// a transaction.
    bool sweep(std::size_t limit);

private:
    void drop_unknown();
    void sweep_set(std::int64_t set, std::size_t limit);
    void sweep_batch(std::int64_t batch, std::size_t limit);
    bool removes_some(sqlite::Sql sql, std::int64_t id, std::size_t limit);
    std::optional<std::int64_t> dropped_batch();

    sqlite::Database& database_;
    std::set<std::int64_t> staged_;
    bool may_have_dropped_ = false;
    bool may_have_hidden_ = false;
};

}  // namespace plocal::storage
