// The refusals of the data plane: what the runtime and the events service answer to input that fits the model and
// cannot be served. Each text stands here once, with the evidence for it; where the service's own words are not known,
// the text says what must change. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "server/model/api_error.h"
#include "server/service/data/cell.h"

namespace plocal::data {

/// Returns the place of a record in the list of a request, as the service names it: "eventList.1.member".
std::string record_place(std::string_view list, std::size_t index);

/// No event tracker of this tracking id is ACTIVE. `why` says which one there is.
model::ApiError no_event_tracker(std::string_view tracking_id, std::string why);

/// No Action interactions dataset has this tracking id.
model::ApiError no_action_tracker(std::string_view tracking_id, std::string why);

/// The dataset group has no dataset of the type to which the records go.
model::ApiError no_dataset(std::string_view type, std::string_view dataset_group);

/// The dataset that the request names has another type.
model::ApiError other_dataset_type(std::string_view type, std::string_view arn);

/// The properties at this place are not the text of one JSON object.
model::ApiError unreadable_properties(const std::string& place, const std::string& why);

/// The properties have a key that they must not have.
model::ApiError forbidden_key(const std::string& place, std::string_view key);

/// The value of a column does not fit the schema of the dataset.
model::ApiError unfit_value(const std::string& place, const Column& column, const std::string& problem);

/// A column that the schema requires is not given.
model::ApiError missing_column(const std::string& place, const Column& column);

/// A moment is beyond the year 9999.
model::ApiError impossible_time(const std::string& place, std::string_view member);

/// An event is larger than the service takes.
model::ApiError too_large(const std::string& place, std::size_t bytes, std::size_t most_bytes);

/// An action interaction is of none of the types that there are.
model::ApiError unknown_action_event(const std::string& place, std::string_view type);

}  // namespace plocal::data
