#include "server/service/lifecycle/data_delays.h"

#include <string>
#include <string_view>

#include "server/base/duration.h"

namespace plocal::lifecycle {

using base::Json;

DataDelays DataDelays::over(const DataDelays& other) const {
    return {events ? events : other.events, rows ? rows : other.rows};
}

DataDelays read_data_delays(const Json& json, std::vector<base::Problem>& problems) {
    DataDelays delays;
    base::read_members(json, {"events", "rows"}, "is no kind of what is put", problems,
                       [&delays](std::string_view name, const Json& value) -> std::string_view {
                           const auto* const text = value.get_ptr<const std::string*>();
                           auto& delay = name == "events" ? delays.events : delays.rows;
                           delay = text == nullptr ? std::nullopt : base::parse_duration(*text);
                           return delay ? std::string_view() : base::duration_form;
                       });
    return delays;
}

Json to_json(const DataDelays& delays) {
    Json json = Json::object();
    if (delays.events) json["events"] = base::duration_text(*delays.events);
    if (delays.rows) json["rows"] = base::duration_text(*delays.rows);
    return json;
}

}  // namespace plocal::lifecycle
