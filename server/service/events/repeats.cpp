#include "server/service/events/repeats.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string_view>

#include "server/service/data/row_pages.h"

namespace plocal::events {
namespace {

using data::Event;
using storage::InteractionPosition;
using storage::InteractionRow;

/// The type of an event where the schema has no column for it.
std::string_view type_beside(const data::Columns& columns, const std::optional<std::string>& type) {
    return columns.event_type() || !type ? std::string_view() : std::string_view(*type);
}

}  // namespace

Repeats::Repeats(storage::Store& store, const data::Dataset& dataset)
    : store_(store), dataset_(dataset), view_(data::view_of(store, dataset.owner)) {}

std::string Repeats::find(const Event& event, const std::vector<Event>& taken) {
    const auto has_id = [&](const Event& other) { return event.event_id && other.event_id == event.event_id; };
    if (std::ranges::any_of(taken, has_id) ||
        (event.event_id && store_.interactions().has_event(view_, *event.event_id))) {
        return "an event with this eventId is there already";
    }
    const auto is_equal = [&](const Event& other) {
        return other.row == event.row && other.event_type == event.event_type;
    };
    if (!std::ranges::any_of(taken, is_equal) && !is_stored(event)) return {};
    return "an event with the same time and the same properties is there already";
}

bool Repeats::is_stored(const Event& event) {
    constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max();
    const data::Columns& columns = dataset_.columns;
    const auto time_s = std::get<std::int64_t>(event.row[columns.time()]);
    const storage::InteractionFilter of_user{.user_id = std::get<std::string>(event.row[columns.user()]),
                                             .item_id = std::get<std::string>(event.row[columns.item()])};
    bool is_found = false;
    data::Row row;
    const auto compare = [&](const InteractionRow& stored, const InteractionPosition&) {
        if (stored.time_s != time_s) return false;
        data::fill(columns, stored, row);
        is_found = row == event.row &&
                   (columns.event_type() || stored.event_type.value_or("") == type_beside(columns, event.event_type));
        return !is_found;
    };
    store_.interactions().oldest_first(view_, of_user, InteractionPosition{time_s - 1, last, last},
                                       std::numeric_limits<std::size_t>::max(), compare);
    return is_found;
}

}  // namespace plocal::events
