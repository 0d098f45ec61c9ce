#include "server/service/runtime/refusals.h"

#include <utility>

namespace plocal::runtime::refusals {
namespace {

using model::ApiError;
using model::Evidence;

ApiError invalid(std::string message, std::string why, Evidence evidence = Evidence::inferred) {
    return {"InvalidInputException", std::move(message), std::move(why), evidence};
}

std::string text(std::string_view view) {
    return std::string(view);
}

}  // namespace

ApiError not_active(std::string_view arn, std::string why) {
    return invalid(text(arn) + " does not exist or is not active yet.", std::move(why), Evidence::seen);
}

ApiError one_source() {
    return invalid("Exactly one of campaignArn and recommenderArn must be provided.",
                   "the request names no campaign or recommender, or both", Evidence::documented);
}

ApiError other_operation(std::string_view recipe) {
    return invalid("The operation is not supported for the recipe " + text(recipe) + ".",
                   "each recipe answers one of the three Get operations", Evidence::documented);
}

ApiError missing_id(std::string_view member, std::string_view of) {
    return invalid("The given " + text(of) + " requires " + text(member) + ".",
                   "its recipe needs " + text(member) + ", which is absent or empty", Evidence::documented);
}

ApiError too_many_results(std::size_t most, bool is_metadata) {
    return invalid(
        "numResults must be at most " + std::to_string(most) + (is_metadata ? " with metadataColumns." : "."),
        "numResults is too large", Evidence::documented);
}

ApiError bad_list(std::size_t most) {
    return invalid("inputList must have between 1 and " + std::to_string(most) + " items.", "the length of inputList",
                   Evidence::documented);
}

ApiError filter_not_found(std::string_view arn) {
    return {"ResourceNotFoundException", "The given filter does not exist: " + text(arn),
            "no such filter is visible to the caller", Evidence::inferred, 404};
}

ApiError filter_not_active(std::string_view arn, std::string_view status) {
    return invalid("The given filter is not active: " + text(arn), "the filter is " + text(status));
}

ApiError filter_of_other_group(std::string_view arn) {
    return invalid("The given filter belongs to another dataset group: " + text(arn),
                   "filter and campaign or recommender must share a dataset group");
}

ApiError filter_of_other_ids(std::string_view arn, std::string_view wanted) {
    return invalid("The given filter does not filter by " + text(wanted) + ": " + text(arn),
                   "the operation needs a filter of " + text(wanted));
}

ApiError filter_needs_item(std::string_view arn) {
    return invalid("CurrentItem is only supported for recipes of related items: " + text(arn),
                   "the filter reads CurrentItem, and the recipe takes no itemId", Evidence::documented);
}

ApiError promotions_not_supported(std::string_view recipe) {
    return invalid("Promotions are not supported for the recipe " + text(recipe) + ".",
                   "the recipe takes no promotions", Evidence::documented);
}

ApiError bad_promotion(std::string_view member) {
    return invalid("A promotion requires " + text(member) + ".", "the promotion lacks " + text(member));
}

ApiError bad_member(std::string_view member, std::string_view expected) {
    return invalid(text(member) + " must be " + text(expected) + ".", "a member of the line has another type");
}

ApiError unknown_item(std::string_view item) {
    return invalid("The given solution version does not know the item " + text(item) + ".",
                   "the item was in no dataset when the training began");
}

ApiError unknown_attribute(std::string_view column) {
    return invalid("The Items dataset has no field " + text(column) + ".", "itemAttributes names an unknown column");
}

ApiError no_such_items(std::string_view attributes) {
    return invalid("No item has the attributes " + text(attributes) + ".",
                   "no item had them when the training began, so no user has an affinity to them");
}

ApiError metadata_not_enabled() {
    return invalid("Metadata is not enabled for the given campaign or recommender.",
                   "metadataColumns needs enableMetadataWithRecommendations in its configuration",
                   Evidence::documented);
}

ApiError bad_metadata(std::string message, std::string why) {
    return invalid(std::move(message), std::move(why));
}

}  // namespace plocal::runtime::refusals
