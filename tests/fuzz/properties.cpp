// The `properties` of events: what is taken is a row that reads the same when it is written, and all else is refused
// with the place of the record.
#include <string>

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/model/api_error.h"
#include "server/service/data/json_rows.h"
#include "server/service/data/row_writer.h"
#include "server/service/events/event_reader.h"
#include "tests/fuzz/target.h"

namespace plocal::fuzz {
namespace {

using base::Json;

const data::Columns& event_columns() {
    static const data::Columns columns({"INTERACTIONS",
                                        {{"USER_ID", {"string"}},
                                         {"ITEM_ID", {"string", "null"}},
                                         {"TIMESTAMP", {"long"}},
                                         {"EVENT_VALUE", {"float", "null"}},
                                         {"DEVICE", {"string", "null"}},
                                         {"FLOOR", {"int", "null"}},
                                         {"IS_NEW", {"boolean", "null"}},
                                         {"ANY", {"null", "double", "string"}}},
                                        {}});
    return columns;
}

void run_properties(std::string_view input) {
    if (!base::is_utf8(input)) return;  // the text comes from JSON
    const Json record = {{"eventType", "click"}, {"sentAt", 1'700'000'000.5}, {"properties", std::string(input)}};
    const Json session = {{"sessionId", "s"}};
    try {
        const Json properties = events::check_event(events::form_of_events, record, "eventList.1.member");
        const events::ReadEvent read = events::read_event(events::form_of_events, event_columns(), session, record,
                                                          properties, "eventList.1.member");
        require(read.event.row.size() == event_columns().size(), "a row has a cell for each column");
        std::string text;
        data::append_json_row(event_columns(), read.event.row, text);
        data::Row again;
        data::read_members(event_columns(), base::parse_json(text), 1, again);
        require(again == read.event.row, "a row is the same when it is read again", text);
    } catch (const model::ApiError& error) {
        require(!error.message().empty(), "a refusal has a message");
        require(base::is_utf8(error.message()), "a message is a text", error.message());
    }
}

}  // namespace
}  // namespace plocal::fuzz

PLOCAL_FUZZ_TARGET(properties, plocal::fuzz::run_properties)
