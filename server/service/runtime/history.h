// The interactions of one user, as filters and real-time recipes see them. On the thread that owns the store.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/service/runtime/kept.h"
#include "storage/row_set.h"
#include "storage/store.h"

namespace plocal::runtime {

struct PastEvent {
    std::string item;        // or an action
    std::string event_type;  // empty for none
    std::int64_t time_s = 0;
    std::int64_t revision = 0;
    bool is_event = false;  // it was put as an event
    bool is_own = true;     // it names the user, not only a session of the user
};

using History = std::vector<PastEvent>;

/// An empty one, always the same.
std::shared_ptr<const History> no_history();

/// Returns all interactions of a user that are seen, newest first and then by item, and those of sessions that events
/// of the user name. An id of a session may stand in the user's place. An empty id has none. Throws SqlError.
History read_history(storage::Store& store, const storage::RowView& view, std::string_view user);

/// The same, kept until the rows that the view shows change. Never null.
std::shared_ptr<const History> find_history(Kept& kept, storage::Store& store, const storage::RowView& view,
                                            std::string_view user);

/// Returns the levels of a view that have changed since a revision of its group: all interactions that came later are
/// in them. Throws SqlError.
storage::RowView changed_since(storage::Store& store, storage::RowView view, std::int64_t revision);

}  // namespace plocal::runtime
