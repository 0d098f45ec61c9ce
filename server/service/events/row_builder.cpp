#include "server/service/events/row_builder.h"

#include <algorithm>
#include <utility>

#include "server/base/text.h"
#include "server/service/data/refusals.h"

namespace plocal::events {
namespace {

using base::Json;

constexpr std::string_view keys_of_events[] = {"userid",    "sessionid",        "eventtype",
                                               "timestamp", "recommendationid", "impression"};

std::string folded_key(std::string_view key) {
    std::string text = base::lower(key);
    std::erase(text, '_');
    return text;
}

}  // namespace

Json read_properties(const Json& record, const std::string& place) {
    const std::string* const text = base::text_member(record, "properties");
    if (text == nullptr) return Json::object();
    try {
        Json properties = base::parse_json(*text);
        if (properties.is_object()) return properties;
        throw data::unreadable_properties(place, "it holds " + std::string(properties.type_name()));
    } catch (const base::JsonError& error) {
        throw data::unreadable_properties(place, error.what());
    }
}

void forbid_event_keys(const Json& properties, const std::string& place) {
    for (const auto& [key, value] : properties.items()) {
        if (std::ranges::find(keys_of_events, folded_key(key)) == std::end(keys_of_events)) continue;
        throw data::forbidden_key(place, key);
    }
}

void RowBuilder::take_properties(const Json& properties) {
    for (const auto& [key, value] : properties.items()) {
        const auto index = columns_.find(key);
        if (!index) unknown_.push_back(key);
        if (index && !value.is_null()) read(*index, value);
    }
}

void RowBuilder::set(std::string_view column, const Json& value) {
    if (const auto index = columns_.find(column)) read(*index, value);
}

data::Row RowBuilder::finish() {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (data::is_null(row_[i]) && !columns_[i].may_be_null) throw data::missing_column(place_, columns_[i]);
    }
    return std::move(row_);
}

std::string RowBuilder::ignored() const {
    std::string text;
    for (const std::string& key : unknown_) text.append(text.empty() ? "" : ", ").append(key);
    if (text.empty()) return text;
    return "keys of properties that the schema does not have are ignored: " + text;
}

void RowBuilder::read(std::size_t index, const Json& value) {
    const std::string problem = data::read_json(columns_[index], value, row_[index]);
    if (!problem.empty()) throw data::unfit_value(place_, columns_[index], problem);
}

}  // namespace plocal::events
