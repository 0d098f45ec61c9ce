// Stores interactions of users with items or actions, which are appended and never replaced. On the thread that owns
// the database. Every call may throw SqlError.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "storage/interaction_row.h"
#include "storage/row_set.h"

namespace plocal::storage {

namespace sqlite {
class Database;
}

class InteractionRepository {
public:
    /// The database must outlive the repository.
    explicit InteractionRepository(sqlite::Database& database) : database_(database) {}

    /// Adds interactions to an open batch.
    void add(RowBatch& batch, std::span<const InteractionRow> rows);
    void add(RowBatch& batch, const InteractionRow& row) { add(batch, std::span(&row, 1)); }

    /// Calls `visit` for at most `limit` interactions that are seen behind `after`, oldest first, or newest first.
    /// Stops where it returns false. Returns the number of calls. `visit` must not write.
    using Visit = std::function<bool(const InteractionRow& row, const InteractionPosition& position)>;
    std::size_t oldest_first(const RowView& view, const InteractionFilter& filter,
                             const std::optional<InteractionPosition>& after, std::size_t limit, const Visit& visit);
    std::size_t newest_first(const RowView& view, const InteractionFilter& filter,
                             const std::optional<InteractionPosition>& before, std::size_t limit, const Visit& visit);

    /// Reads at most `most` interactions behind `after`, oldest first, and calls `visit` for those that are seen.
    /// Returns where to go on, or nothing at the end: so a walk takes short steps also where it passes many that are
    /// not seen. `visit` must not write.
    using VisitOne = std::function<void(const InteractionRow& row)>;
    std::optional<InteractionPosition> read_on(const RowView& view, const std::optional<InteractionPosition>& after,
                                               std::size_t most, const VisitOne& visit);

    /// Calls `visit` for all interactions of a user that are seen, in no order, without value, event id and cells: an
    /// index has the rest. `visit` must not write.
    void history(const RowView& view, std::string_view user_id, const VisitOne& visit);

    /// Like oldest_first() for all of them user by user, in order of the bytes of their ids, each user's oldest first.
    /// Equal ones come close to each other.
    std::size_t user_by_user(const RowView& view, const UserPosition& after, std::size_t limit, const Visit& visit);

    /// Calls `visit` for at most `limit` interactions of one batch, seen or not, that came behind the place `after`, in
    /// the order in which they came. Returns the number of calls. `visit` must not write.
    std::size_t scan_batch(std::int64_t batch, std::int64_t after, std::size_t limit, const Visit& visit);

    /// Returns true if an interaction with this event id is seen.
    bool has_event(const RowView& view, std::string_view event_id);

private:
    sqlite::Database& database_;
};

}  // namespace plocal::storage
