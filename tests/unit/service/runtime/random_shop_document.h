// The document of a random shop.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "server/service/recommender/recipe_table.h"
#include "tests/unit/service/runtime/random_shop.h"

namespace plocal::runtime {

inline bool is_of_a_domain(const recommender::Recipe& recipe) {
    return recipe.name.starts_with("aws-ecomm") || recipe.name.starts_with("aws-vod");
}

inline Json row_json(const TinyRow& row) {
    Json json = Json::object();
    for (const auto& [column, cell] : row) {
        std::visit(
            [&json, &name = column](const auto& value) {
                if constexpr (!std::is_same_v<std::decay_t<decltype(value)>, std::monostate>) json[name] = value;
            },
            cell);
    }
    return json;
}

inline Json rows_json(const ShopTable& table, const char* id_column) {
    Json list = Json::array();
    for (const auto& [id, row] : table.rows) {
        list.push_back(row_json(row));
        list.back()[id_column] = id;
    }
    return list;
}

inline Json events_json(const std::vector<ShopEvent>& all, const char* id_column) {
    Json list = Json::array();
    for (const ShopEvent& each : all) {
        list.push_back(
            {{"USER_ID", each.user}, {id_column, each.id}, {"EVENT_TYPE", each.type}, {"TIMESTAMP", each.time_s}});
    }
    return list;
}

inline Json shop_schema(const char* name, const char* record, const char* id, const ShopTable& table) {
    Json fields = {field(id, "string")};
    for (const auto& [column, type] : table.types) {
        const Json categorical = type == "string" ? Json{{"categorical", true}} : Json::object();
        fields.push_back(field(column, nullable(type), categorical));
    }
    if (std::string_view(record) == "Actions") {
        for (const char* const column : {"VALUE", "REPEAT_FREQUENCY", "ACTION_EXPIRATION_TIMESTAMP"}) {
            fields.push_back(field(column, nullable("long")));
        }
    }
    return schema(name, record, fields);
}

inline Json shop_event_schema(const char* name, const char* record, const char* id) {
    return schema(
        name, record,
        {field("USER_ID", "string"), field(id, "string"), field("TIMESTAMP", "long"), field("EVENT_TYPE", "string")});
}

/// The shop with a campaign or recommender for every recipe, named like it.
inline Json document_of(const RandomShop& shop) {
    Json json = {
        {"schemas",
         {shop_schema("items", "Items", "ITEM_ID", shop.items), shop_schema("users", "Users", "USER_ID", shop.users),
          shop_schema("actions", "Actions", "ACTION_ID", shop.actions),
          shop_event_schema("interactions", "Interactions", "ITEM_ID"),
          shop_event_schema("actioninteractions", "ActionInteractions", "ACTION_ID")}},
        {"datasetGroups", {{{"datasetGroupArn", arn("dataset-group/films")}}}},
        {"datasets",
         {dataset("ITEMS", "items", rows_json(shop.items, "ITEM_ID")),
          dataset("USERS", "users", rows_json(shop.users, "USER_ID")),
          dataset("ACTIONS", "actions", rows_json(shop.actions, "ACTION_ID")),
          dataset("INTERACTIONS", "interactions", events_json(shop.events, "ITEM_ID")),
          dataset("ACTION_INTERACTIONS", "actioninteractions", events_json(shop.action_events, "ACTION_ID"))}},
        {"eventTrackers",
         {{{"eventTrackerArn", arn("event-tracker/1a2b3c4d")},
           {"trackingId", "films"},
           {"datasetGroupArn", arn("dataset-group/films")}}}}};
    for (const recommender::Recipe& recipe : recommender::all_recipes()) {
        const std::string name(recipe.name);
        if (recipe.answers == recommender::Answers::none) continue;
        if (is_of_a_domain(recipe)) {
            add_recommender(json, name, name);
        } else {
            add_campaign(json, name, name);
        }
    }
    for (const auto& [filter, text] : shop.filter_texts()) add_filter(json, filter.substr(filter.find('/') + 1), text);
    return json;
}

}  // namespace plocal::runtime
