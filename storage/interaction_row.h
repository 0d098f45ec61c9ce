// One interaction of a user with an item or action, and its places in the orders in which they are read. Plain values.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

namespace plocal::storage {

/// One interaction. Its texts belong to the caller, or live as long as the call of a visitor.
struct InteractionRow {
    std::string_view user_id;
    std::string_view item_id;  // or of an action
    std::optional<std::string_view> event_type;
    std::optional<double> event_value;
    std::int64_t time_s = 0;
    std::optional<std::string_view> event_id;
    std::optional<std::string_view> session_id;
    std::string_view cells;     // a JSON object of the further columns that are not null, or ""
    std::int64_t revision = 0;  // of its batch, and whether that is one of events: set by the repository
    bool is_event = false;
};

/// The place of an interaction in the order of time and then arrival.
struct InteractionPosition {
    std::int64_t time_s = 0;
    std::int64_t batch = 0;
    std::int64_t place = 0;

    bool operator==(const InteractionPosition&) const = default;
    bool operator<(const InteractionPosition& other) const {
        return std::tie(time_s, batch, place) < std::tie(other.time_s, other.batch, other.place);
    }
};

/// The place of an interaction in the order of user, time and then arrival.
struct UserPosition {
    std::string user_id;  // "" is before all users
    InteractionPosition position = {std::numeric_limits<std::int64_t>::min(), 0, 0};

    bool operator<(const UserPosition& other) const {
        return std::tie(user_id, position) < std::tie(other.user_id, other.position);
    }
};

/// Which interactions are read: of a user, of an item, or all of them.
struct InteractionFilter {
    std::optional<std::string_view> user_id;
    std::optional<std::string_view> item_id;
};

}  // namespace plocal::storage
