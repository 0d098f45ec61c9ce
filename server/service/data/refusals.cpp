#include "server/service/data/refusals.h"

#include "server/base/problem.h"
#include "server/service/data/columns.h"

namespace plocal::data {
namespace {

using model::ApiError;
using model::Evidence;

ApiError refused(std::string message, std::string why, Evidence evidence) {
    return {"InvalidInputException", std::move(message), std::move(why), evidence};
}

std::string quoted(std::string_view text) {
    return base::excerpt(base::Json(text));
}

}  // namespace

std::string record_place(std::string_view list, std::size_t index) {
    return std::string(list) + '.' + std::to_string(index + 1) + ".member";
}

ApiError no_event_tracker(std::string_view tracking_id, std::string why) {
    return refused(
        "The event tracker with the tracking ID " + std::string(tracking_id) + " does not exist or is not active yet.",
        std::move(why), Evidence::inferred);
}

ApiError no_action_tracker(std::string_view tracking_id, std::string why) {
    return {"ResourceNotFoundException",
            "The Action interactions dataset with the tracking ID " + std::string(tracking_id) + " does not exist.",
            std::move(why), Evidence::inferred};
}

ApiError no_dataset(std::string_view type, std::string_view dataset_group) {
    return refused("The dataset group has no dataset of type " + std::string(type) + ": " + std::string(dataset_group),
                   "what is put becomes rows of this dataset", Evidence::documented);
}

ApiError other_dataset_type(std::string_view type, std::string_view arn) {
    return refused("The given dataset is not of type " + std::string(type) + ": " + std::string(arn),
                   "each operation puts rows of one type of dataset", Evidence::inferred);
}

ApiError unreadable_properties(const std::string& place, const std::string& why) {
    return refused("Error parsing properties json",
                   place + ".properties must be the text of one JSON object, encoded once: " + why, Evidence::seen);
}

ApiError forbidden_key(const std::string& place, std::string_view key) {
    return refused("The properties at " + place + " must not have the key " + std::string(key) + ".",
                   "userId, sessionId, eventType, timestamp, recommendationId and impression are no keys of properties",
                   Evidence::documented);
}

ApiError unfit_value(const std::string& place, const Column& column, const std::string& problem) {
    return refused("The value of " + column.name + " at " + place + " is invalid: " + problem,
                   "values have the types of the dataset's schema", Evidence::inferred);
}

ApiError missing_column(const std::string& place, const Column& column) {
    return refused(column.name + " at " + place + " must not be null.",
                   "the dataset's schema has no null among the types of this column", Evidence::inferred);
}

ApiError impossible_time(const std::string& place, std::string_view member) {
    return refused("The value of " + std::string(member) + " at " + place + " is not a time in seconds since 1970.",
                   "it is beyond the year 9999; milliseconds are divided by 1000 first", Evidence::inferred);
}

ApiError too_large(const std::string& place, std::size_t bytes, std::size_t most_bytes) {
    return refused("The event at " + place + " is larger than " + std::to_string(most_bytes) + " bytes.",
                   "it has " + std::to_string(bytes) + " bytes as JSON", Evidence::documented);
}

ApiError unknown_action_event(const std::string& place, std::string_view type) {
    return refused("The value of eventType at " + place + " is invalid: expected Taken, Not Taken or Viewed, found " +
                       quoted(type),
                   "action interactions have one of three types", Evidence::documented);
}

}  // namespace plocal::data
