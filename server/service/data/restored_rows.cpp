#include "server/service/data/restored_rows.h"

#include <optional>

#include "server/base/problem.h"
#include "server/service/data/row_pages.h"
#include "server/service/data/row_writer.h"

namespace plocal::data {
namespace {

using base::Json;

constexpr const char* local_member = "_local";

struct Extra {
    const char* name;
    std::optional<std::string> Event::*member;
};

constexpr Extra extras[] = {
    {"eventType", &Event::event_type}, {"eventId", &Event::event_id}, {"sessionId", &Event::session_id}};

void read_extras(const Json& local, std::size_t number, Event& event) {
    for (const Extra& extra : extras) {
        const auto found = local.is_object() ? local.find(extra.name) : local.end();
        if (!local.is_object() || (found != local.end() && !found->is_string())) {
            throw BadRow({number, local_member, base::mismatch("an object of texts", base::excerpt(local))});
        }
        if (found != local.end()) event.*extra.member = found->get<std::string>();
    }
}

}  // namespace

bool RestoredRows::next(Row& row) {
    Event event;
    const bool is_read = next(event);
    row = std::move(event.row);
    return is_read;
}

bool RestoredRows::next(Event& event) {
    event = {};
    Json value;
    if (!next_value(value)) return false;
    if (value.is_object() && value.contains(local_member)) {
        read_extras(value[local_member], number(), event);
        value.erase(local_member);
    }
    read_stored_members(columns(), value, number(), event.row);
    return true;
}

void append_restorable(const Columns& columns, std::string_view id, std::string_view cells, std::string& out) {
    Row row;
    fill(columns, id, cells, row);
    append_json_row(columns, row, out);
}

void append_restorable(const Columns& columns, const storage::InteractionRow& interaction, std::string& out) {
    Row row;
    fill(columns, interaction, row);
    append_json_row(columns, row, out);
    Json local = Json::object();
    if (interaction.event_type && !columns.event_type()) local["eventType"] = *interaction.event_type;
    if (interaction.event_id) local["eventId"] = *interaction.event_id;
    if (interaction.session_id) local["sessionId"] = *interaction.session_id;
    if (local.empty()) return;
    out.pop_back();
    out.append(",\"_local\":").append(local.dump()).append("}");
}

}  // namespace plocal::data
