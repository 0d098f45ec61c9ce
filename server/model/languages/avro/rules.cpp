#include "server/model/languages/avro/rules.h"

#include <array>

// From https://docs.aws.amazon.com/personalize/latest/dg/custom-datasets-and-schemas.html,
// .../ECOMMERCE-datasets-and-schemas.html, .../VIDEO-ON-DEMAND-datasets-and-schemas.html and .../limits.html. Where
// those pages contradict each other, or say that a value may be missing, these tables take the more lenient reading.

namespace plocal::languages {
namespace {
namespace tables {

constexpr bool required = true;
constexpr bool reserved = false;
constexpr bool never_null = false;
constexpr bool or_null = true;

constexpr FieldRule user_id{"USER_ID", "string", required, never_null};
constexpr FieldRule item_id{"ITEM_ID", "string", required, never_null};
constexpr FieldRule action_id{"ACTION_ID", "string", required, never_null};
constexpr FieldRule timestamp{"TIMESTAMP", "long", required, never_null};
constexpr FieldRule event_type{"EVENT_TYPE", "string", reserved, never_null, Marking::not_categorical};
constexpr FieldRule needed_event_type{"EVENT_TYPE", "string", required, never_null, Marking::not_categorical};
constexpr FieldRule event_value{"EVENT_VALUE", "float", reserved, or_null};
constexpr FieldRule impression{"IMPRESSION", "string", reserved, or_null, Marking::not_categorical};
constexpr FieldRule recommendation_id{"RECOMMENDATION_ID", "string", reserved, or_null, Marking::not_categorical};
constexpr FieldRule event_source{"EVENT_ATTRIBUTION_SOURCE", "string", reserved, or_null, Marking::not_categorical};
constexpr FieldRule creation_timestamp{"CREATION_TIMESTAMP", "long", reserved, or_null};
constexpr FieldRule description{"PRODUCT_DESCRIPTION", "string", reserved, or_null, Marking::textual};

constexpr FieldRule needed_category(std::string_view name) {
    return {name, "string", required, never_null, Marking::categorical};
}

constexpr FieldRule category(std::string_view name) {
    return {name, "string", reserved, or_null, Marking::categorical};
}

constexpr std::array<FieldRule, 8> custom_interactions = {
    {user_id, item_id, timestamp, event_type, event_value, impression, recommendation_id, event_source}};

constexpr std::array<FieldRule, 8> domain_interactions = {
    {user_id, item_id, timestamp, needed_event_type, event_value, impression, recommendation_id, event_source}};

constexpr std::array<FieldRule, 1> users = {{user_id}};

constexpr std::array<FieldRule, 2> video_users = {{user_id, category("SUBSCRIPTION_MODEL")}};

constexpr std::array<FieldRule, 2> custom_items = {{item_id, creation_timestamp}};

constexpr std::array<FieldRule, 10> shop_items = {{
    item_id,
    {"PRICE", "float", required, never_null},
    needed_category("CATEGORY_L1"),
    category("CATEGORY_L2"),
    category("CATEGORY_L3"),
    description,
    {"CREATION_TIMESTAMP", "long", reserved, or_null, Marking::any, "float"},
    category("AGE_GROUP"),
    category("ADULT"),
    category("GENDER"),
}};

constexpr std::array<FieldRule, 11> video_items = {{
    item_id,
    needed_category("GENRES"),
    {"CREATION_TIMESTAMP", "long", required, or_null},
    {"PRICE", "float", reserved, or_null},
    {"DURATION", "float", reserved, or_null},
    category("GENRE_L2"),
    category("GENRE_L3"),
    {"AVERAGE_RATING", "float", reserved, or_null},
    description,
    category("CONTENT_OWNER"),
    category("CONTENT_CLASSIFICATION"),
}};

constexpr std::array<FieldRule, 7> actions = {{
    action_id,
    creation_timestamp,
    {"VALUE", "long", reserved, or_null},
    {"TYPE", "string", reserved, or_null, Marking::not_categorical},
    {"EXPIRATION_TIMESTAMP", "long", reserved, or_null},
    {"ACTION_EXPIRATION_TIMESTAMP", "long", reserved, or_null},  // the guide uses both names
    {"REPEAT_FREQUENCY", "long", reserved, or_null},
}};

constexpr std::array<FieldRule, 6> action_interactions = {
    {user_id, action_id, timestamp, needed_event_type, impression, recommendation_id}};

constexpr std::string_view shop = "ECOMMERCE";
constexpr std::string_view video = "VIDEO_ON_DEMAND";

// Items of a domain need no further metadata: their required fields are metadata already.
constexpr std::array<DatasetRules, 11> all_rules = {{
    {"INTERACTIONS", "", custom_interactions, false, 5},
    {"INTERACTIONS", shop, domain_interactions, false, 5},
    {"INTERACTIONS", video, domain_interactions, false, 5},
    {"USERS", "", users, true, 25},
    {"USERS", shop, users, true, 25},
    {"USERS", video, video_users, true, 25},
    {"ITEMS", "", custom_items, true, 100},
    {"ITEMS", shop, shop_items, false, 100},
    {"ITEMS", video, video_items, false, 100},
    {"ACTIONS", "", actions, true, 10},
    {"ACTION_INTERACTIONS", "", action_interactions, false, 5},
}};

}  // namespace tables
}  // namespace

const FieldRule* DatasetRules::field(std::string_view name) const {
    for (const FieldRule& rule : fields) {
        if (rule.name == name) return &rule;
    }
    return nullptr;
}

const DatasetRules* rules_of(std::string_view dataset_type, std::string_view domain) {
    if (domain != tables::shop && domain != tables::video) domain = "";
    for (const DatasetRules& rules : tables::all_rules) {
        if (rules.dataset_type == dataset_type && rules.domain == domain) return &rules;
    }
    return nullptr;
}

}  // namespace plocal::languages
