// Deletes users from one dataset, some rows at a time. A world task calls it; it may be destroyed on any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <utility>

#include "storage/base_copy.h"
#include "storage/row_sets.h"
#include "storage/store.h"

namespace plocal::jobs {

class UserDeletion {
public:
    explicit UserDeletion(storage::RowSetOwner dataset) : dataset_(std::move(dataset)) {}

    /// Adds a user whose rows are to be deleted.
    void add(const std::string& user) { users_.push_back(user); }

    /// Does about a millisecond of work. Returns false once all users that were added are deleted. Does nothing, and
    /// returns true, while an import into the dataset is not over. Throws SqlError.
    bool step(storage::Store& store);

    /// Returns true if the last step has waited for an import.
    bool is_waiting() const { return is_waiting_; }

    /// How many of the deleted rows were seen.
    std::int64_t deleted() const { return deleted_; }

private:
    bool step_in(storage::Store& store);
    void erase_some(storage::Store& store, const storage::RowSet& set);

    storage::RowSetOwner dataset_;
    std::deque<std::string> users_;            // the first one is being deleted
    std::deque<std::string> sessions_;         // of users that are deleted
    std::unique_ptr<storage::BaseCopy> copy_;  // null unless the set is getting rows of its own
    std::int64_t set_ = 0;                     // that gets them
    std::int64_t deleted_ = 0;
    bool is_waiting_ = false;
};

}  // namespace plocal::jobs
