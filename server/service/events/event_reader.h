// Reads the events and action interactions of a request into typed rows. Pure.
#pragma once

#include <string>
#include <string_view>

#include "server/base/json.h"
#include "server/service/data/columns.h"
#include "server/service/data/row_batches.h"

namespace plocal::events {

/// What differs between events and action interactions.
struct EventForm {
    const char* list;
    const char* item;
    std::string_view item_column;
    const char* time;
    bool names_session;    // each record names its session and user, else the request does
    bool is_of_an_action;  // its type is one of three
};

inline constexpr EventForm form_of_events{"eventList", "itemId", "ITEM_ID", "sentAt", false, false};
inline constexpr EventForm form_of_action_interactions{"actionInteractions", "actionId", "ACTION_ID",
                                                       "timestamp",          true,       true};

struct ReadEvent {
    data::Event event;
    std::string ignored;  // what of it is ignored; empty for nothing
};

/// Checks what does not depend on a schema: size, type, time and properties, which are returned. Throws ApiError.
base::Json check_event(const EventForm& form, const base::Json& record, const std::string& place);

/// Reads a record that was checked. `session` is the value that names session and user. An event without a user is one
/// of a user whose id is that of the session, so that it counts where a caller recommends to the session. Throws
/// ApiError.
ReadEvent read_event(const EventForm& form, const data::Columns& columns, const base::Json& session,
                     const base::Json& record, const base::Json& properties, const std::string& place);

}  // namespace plocal::events
