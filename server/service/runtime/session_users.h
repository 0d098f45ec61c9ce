// The users of sessions: an event without a user belongs to its session, whose id stands in the user's place, until an
// event names both. Plain values.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "storage/interaction_repository.h"

namespace plocal::runtime {

class SessionUsers {
public:
    /// Takes in an interaction, oldest first.
    void add(const storage::InteractionRow& row) {
        if (row.session_id && *row.session_id != row.user_id) {
            users_.try_emplace(std::string(*row.session_id), row.user_id);
        }
    }

    /// Returns the user of a session, or null where no event names both.
    const std::string* find(std::string_view session) const {
        const auto found = users_.find(session);
        return found == users_.end() ? nullptr : &found->second;
    }

private:
    std::map<std::string, std::string, std::less<>> users_;
};

/// Returns true for an event without a user.
inline bool is_of_session(const storage::InteractionRow& row) {
    return row.session_id && *row.session_id == row.user_id;
}

}  // namespace plocal::runtime
