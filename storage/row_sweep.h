// Removes rows that no view shows any more, some at a time: sets without a layer that are no base, batches that were
// dropped or that a former process left unfinished, and batches that are hidden from all that is trained and from all
// copies. On the thread that owns the database. Calls throw SqlError.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>

#include "storage/sqlite/database.h"

namespace plocal::storage {

class RowSweep {
public:
    /// The database must outlive it.
    explicit RowSweep(sqlite::Database& database) : database_(database) {}

    /// Looks for what a former process left. To be called once, before any other function.
    void resume();

    /// Leaves a batch alone that has no revision yet, until it is released, or until the owner is gone if it has one.
    void spare(std::int64_t batch, const std::shared_ptr<const void>& owner = nullptr);
    void release(std::int64_t batch) { staged_.erase(batch); }
    bool is_spared(std::int64_t batch) const;

    /// Keeps all hidden batches for as long as what is returned lives, so that a reader finds the rows of its revision
    /// page after page. That may end on any thread, and after the store.
    std::shared_ptr<const void> hold();
    bool is_held() const { return !readers_.expired(); }

    /// Says that there may be something to remove.
    void note() { may_have_dropped_ = true; }

    /// Says that batches may have been hidden, or that what knew hidden ones may be gone.
    void note_hidden() { may_have_hidden_ = true; }

    /// Returns false if `sweep` has nothing to do.
    bool may_have_dropped() const;

    /// Lets go of the sets and revisions of a layer that is being removed.
    void forget_layer(std::int64_t layer);

    /// Removes at most about `limit` rows. Returns false if nothing was left to do. Several statements: call it inside
    /// a transaction.
    bool sweep(std::size_t limit);

private:
    struct Staged {
        bool has_owner = false;
        std::weak_ptr<const void> owner;

        bool is_given_up() const { return has_owner && owner.expired(); }
    };

    void forget_given_up();
    void drop_unknown();
    void sweep_set(std::int64_t set, std::size_t limit);
    void sweep_batch(std::int64_t batch, std::size_t limit);
    bool removes_some(sqlite::Sql sql, std::int64_t id, std::size_t limit);
    std::optional<std::int64_t> dropped_batch();

    sqlite::Database& database_;
    std::map<std::int64_t, Staged> staged_;  // by batch
    std::weak_ptr<const void> readers_;
    bool may_have_dropped_ = false;
    bool may_have_hidden_ = false;
    std::int64_t failures_ = 0;  // of the database, when these were set: afterwards nothing is sure
};

}  // namespace plocal::storage
