// Removes rows that no dataset shows any more, some at a time: sets without a layer that are no base, and batches that
// were dropped or that a former process left unfinished. On the thread that owns the database. Calls throw SqlError.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>

namespace plocal::storage {

namespace sqlite {
class Database;
}

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

    /// Returns false if `sweep` has nothing to do.
    bool may_have_dropped() const { return may_have_dropped_; }

    /// Lets go of the sets and revisions of a layer that is being removed.
    void forget_layer(std::int64_t layer);

    /// Removes at most about `limit` rows, or passes over as many. Returns false if nothing was left to do. Several
    /// statements: call it inside a transaction.
    bool sweep(std::size_t limit);

private:
    /// A dropped batch whose set is walked, and how far.
    struct Walk {
        std::int64_t batch = 0;
        std::int64_t set = 0;
        bool is_among_rows = true;  // and then among interactions
        std::string last_id = {};
        std::int64_t last_s = 0;
        std::int64_t last_batch = 0;
        std::int64_t last_place = 0;
    };

    void sweep_set(std::int64_t set, std::size_t limit);
    void sweep_batch(std::size_t limit);
    bool pass_rows(std::size_t limit);
    bool pass_interactions(std::size_t limit);
    std::optional<Walk> dropped_batch();

    sqlite::Database& database_;
    std::set<std::int64_t> staged_;
    std::optional<Walk> walk_;
    bool may_have_dropped_ = false;
};

}  // namespace plocal::storage
