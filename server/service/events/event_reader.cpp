#include "server/service/events/event_reader.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/service/data/refusals.h"
#include "server/service/events/row_builder.h"

namespace plocal::events {
namespace {

using base::Json;

// From https://docs.aws.amazon.com/personalize/latest/dg/limits.html
constexpr std::size_t most_bytes_of_an_event = 10'240;

constexpr double farthest_seconds = 253'402'300'799.0;  // the end of the year 9999

constexpr std::string_view action_events[] = {"TAKEN", "NOT_TAKEN", "VIEWED"};

/// Returns false for a type of an action interaction that is none of the three in any of their spellings.
bool is_action_event(std::string_view type) {
    std::string folded = base::upper(type);
    std::ranges::replace(folded, ' ', '_');
    return std::ranges::find(action_events, folded) != std::end(action_events);
}

bool is_a_time(const Json& seconds) {
    return std::abs(seconds.get<double>()) <= farthest_seconds;
}

std::string joined(const Json& ids) {
    std::string text;
    for (const Json& id : ids) text.append(text.empty() ? "" : "|").append(id.get_ref<const std::string&>());
    return text;
}

/// Sets a column to a member of the record, which may be absent.
void set_member(RowBuilder& builder, std::string_view column, const Json& record, const char* member) {
    if (const auto found = record.find(member); found != record.end()) builder.set(column, *found);
}

std::optional<std::string> text_of(const Json& value, const char* member) {
    const std::string* const text = base::text_member(value, member);
    return text == nullptr ? std::nullopt : std::optional(*text);
}

}  // namespace

Json check_event(const EventForm& form, const Json& record, const std::string& place) {
    const std::size_t bytes = base::json_text(record).size();
    if (bytes > most_bytes_of_an_event) throw data::too_large(place, bytes, most_bytes_of_an_event);
    const std::string& type = *base::text_member(record, "eventType");
    if (form.is_of_an_action && !is_action_event(type)) throw data::unknown_action_event(place, type);
    if (!is_a_time(record.at(form.time))) throw data::impossible_time(place, form.time);
    Json properties = read_properties(record, place);
    forbid_event_keys(properties, place);
    return properties;
}

ReadEvent read_event(const EventForm& form, const data::Columns& columns, const Json& session, const Json& record,
                     const Json& properties, const std::string& place) {
    RowBuilder builder(columns, place);
    builder.take_properties(properties);
    const std::string* const user = base::text_member(session, "userId");
    builder.set("USER_ID", user == nullptr ? session.at("sessionId") : Json(*user));
    set_member(builder, form.item_column, record, form.item);
    builder.set("TIMESTAMP", static_cast<std::int64_t>(std::floor(record.at(form.time).get<double>())));
    set_member(builder, "EVENT_TYPE", record, "eventType");
    set_member(builder, "EVENT_VALUE", record, "eventValue");
    set_member(builder, "RECOMMENDATION_ID", record, "recommendationId");
    if (record.contains("impression")) builder.set("IMPRESSION", joined(record.at("impression")));
    if (record.contains("metricAttribution")) {
        set_member(builder, "EVENT_ATTRIBUTION_SOURCE", record.at("metricAttribution"), "eventAttributionSource");
    }
    data::Event event{builder.finish(), text_of(record, "eventType"), text_of(record, "eventId"),
                      text_of(session, "sessionId")};
    return {std::move(event), builder.ignored()};
}

}  // namespace plocal::events
