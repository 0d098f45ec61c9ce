// The errors of the three Get operations. Where the service's text is unknown, the text is ours. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "server/model/api_error.h"

namespace plocal::runtime::refusals {

/// "ARN does not exist or is not active yet." (seen)
model::ApiError not_active(std::string_view arn, std::string why);

model::ApiError one_source();                              // campaignArn and recommenderArn: one of them
model::ApiError other_operation(std::string_view recipe);  // the recipe answers another operation
model::ApiError missing_id(std::string_view member,        // userId or itemId
                           std::string_view of = "campaign or recommender");
model::ApiError too_many_results(std::size_t most, bool is_metadata);  // numResults
model::ApiError bad_list(std::size_t most);                            // inputList

model::ApiError filter_not_found(std::string_view arn);
model::ApiError filter_not_active(std::string_view arn, std::string_view status);
model::ApiError filter_of_other_group(std::string_view arn);
model::ApiError filter_of_other_ids(std::string_view arn, std::string_view wanted);
model::ApiError filter_needs_item(std::string_view arn);

model::ApiError promotions_not_supported(std::string_view recipe);
model::ApiError bad_promotion(std::string_view member);

model::ApiError bad_member(std::string_view member, std::string_view expected);  // of a line of a batch

model::ApiError unknown_item(std::string_view item);  // of a segment
model::ApiError unknown_attribute(std::string_view column);
model::ApiError no_such_items(std::string_view attributes);

model::ApiError metadata_not_enabled();
model::ApiError bad_metadata(std::string message, std::string why);

}  // namespace plocal::runtime::refusals
