#include "server/service/operations/training_columns.h"

#include <string>

#include "server/base/decimal.h"
#include "server/base/text.h"
#include "server/service/resources/lookup.h"

namespace plocal::operations {
namespace {

using base::Json;
using base::text_member;
using model::Evidence;
using resources::invalid_input;

constexpr const char* training_member = "trainingDataConfig";
constexpr std::string_view interactions = "INTERACTIONS";

/// Checks one list of columns by dataset type.
void check_column_lists(const Json& lists, const std::string& member, const GroupColumns& columns) {
    for (const auto& [dataset, names] : lists.items()) {
        const std::string type = base::upper(dataset);
        std::string why = member + " names a dataset of type ";
        columns.require(type, {}, why += type);
        for (const Json& name : names) {
            columns.require_column(type, name.get<std::string>(), member + " names a column that is not there");
        }
    }
}

bool is_threshold(const Json& value) {
    if (value.is_number()) return true;
    return base::parse_decimal(value.get<std::string>()).has_value();
}

/// Checks an event type and its threshold. Both may be null.
void check_threshold(const std::string* event_type, const Json& threshold, const GroupColumns& columns) {
    if (event_type != nullptr) {
        columns.require_column(interactions, "EVENT_TYPE", "an event type needs a column that holds it");
    }
    if (threshold.is_null()) return;
    if (event_type == nullptr) {
        throw invalid_input("eventType is required when eventValueThreshold is specified.",
                            "a threshold is that of an event type", Evidence::documented);
    }
    if (!is_threshold(threshold)) {
        throw invalid_input("eventValueThreshold must be a number: " + threshold.get<std::string>(),
                            "values of events are numbers", Evidence::documented);
    }
    columns.require_column(interactions, "EVENT_VALUE", "a threshold needs a column with the values of events");
}

}  // namespace

void check_training_columns(const Json& config, const GroupColumns& columns) {
    const Json training = config.is_object() ? config.value(training_member, Json()) : Json();
    if (!training.is_object()) return;
    for (const char* const member : {"excludedDatasetColumns", "includedDatasetColumns"}) {
        const Json lists = training.value(member, Json());
        if (lists.is_object()) check_column_lists(lists, member, columns);
    }
}

void check_training_events(const std::string* event_type, const Json& config, const GroupColumns& columns) {
    check_threshold(event_type, config.is_object() ? config.value("eventValueThreshold", Json()) : Json(), columns);
    check_events_config(config, columns);
}

void check_events_config(const Json& config, const GroupColumns& columns) {
    const Json events = config.is_object() ? config.value("eventsConfig", Json()) : Json();
    const Json list = events.is_object() ? events.value("eventParametersList", Json()) : Json();
    if (!list.is_array()) return;
    for (const Json& event : list) {
        check_threshold(text_member(event, "eventType"), event.value("eventValueThreshold", Json()), columns);
    }
}

}  // namespace plocal::operations
