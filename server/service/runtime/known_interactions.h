// The interactions of a dataset as trainings take them: an event of a session counts as its user's, which is known once
// all rows are read. For one thread at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/service/recommender/trainer.h"
#include "server/service/runtime/session_users.h"
#include "storage/interaction_repository.h"

namespace plocal::runtime {

class KnownInteractions {
public:
    /// Takes in a row, oldest first. Calls `take(interaction)` unless its user may not be known yet.
    template <typename Take>
    void add(const storage::InteractionRow& row, Take take) {
        sessions_.add(row);
        if (is_of_session(row)) {
            events_.push_back({std::string(row.user_id), std::string(row.item_id),
                               std::string(row.event_type.value_or("")), row.event_value, row.time_s});
            return;
        }
        take(recommender::Interaction{row.user_id, row.item_id, row.event_type.value_or(""), row.event_value,
                                      row.time_s});
    }

    /// Calls `take(interaction)` for all that were left, once no row comes any more.
    template <typename Take>
    void finish(Take take) {
        for (const Event& event : std::exchange(events_, {})) {
            const std::string* const user = sessions_.find(event.session);
            take(recommender::Interaction{user == nullptr ? event.session : *user, event.item, event.event_type,
                                          event.event_value, event.time_s});
        }
    }

private:
    struct Event {
        std::string session;
        std::string item;
        std::string event_type;
        std::optional<double> event_value;
        std::int64_t time_s = 0;
    };

    SessionUsers sessions_;
    std::vector<Event> events_;
};

}  // namespace plocal::runtime
