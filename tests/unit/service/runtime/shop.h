// A dataset group with rows for tests of the runtime: films with genres and prices, users, and who watched what.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/world.h"

namespace plocal::runtime {

using base::Json;
using support::Answer;
using support::arn;
using support::outcome;
using support::World;

constexpr std::int64_t day_s = 24 * 60 * 60;

inline Json field(std::string_view name, Json type, Json more = Json::object()) {
    Json json = {{"name", name}, {"type", std::move(type)}};
    json.update(more);
    return json;
}

inline Json schema(std::string_view name, std::string_view record, Json fields) {
    const Json avro = {{"type", "record"},
                       {"name", record},
                       {"namespace", "com.amazonaws.personalize.schema"},
                       {"fields", std::move(fields)},
                       {"version", "1.0"}};
    return {{"schemaArn", arn("schema/" + std::string(name))}, {"schema", avro.dump()}};
}

inline Json nullable(std::string_view type) {
    return {type, "null"};
}

inline Json schemas() {
    const Json categorical = {{"categorical", true}};
    return {schema("items", "Items",
                   {field("ITEM_ID", "string"), field("GENRES", nullable("string"), categorical),
                    field("PRICE", nullable("float")), field("YEAR", nullable("int"))}),
            schema("users", "Users",
                   {field("USER_ID", "string"), field("MEMBERSHIP", nullable("string"), categorical),
                    field("AGE", nullable("int"))}),
            schema("interactions", "Interactions",
                   {field("USER_ID", "string"), field("ITEM_ID", "string"), field("TIMESTAMP", "long"),
                    field("EVENT_TYPE", "string"), field("EVENT_VALUE", nullable("float"))}),
            schema("actions", "Actions",
                   {field("ACTION_ID", "string"), field("CATEGORY", nullable("string"), categorical),
                    field("VALUE", nullable("long")), field("ACTION_EXPIRATION_TIMESTAMP", nullable("long")),
                    field("REPEAT_FREQUENCY", nullable("long"))}),
            schema("actioninteractions", "ActionInteractions",
                   {field("USER_ID", "string"), field("ACTION_ID", "string"), field("EVENT_TYPE", "string"),
                    field("TIMESTAMP", "long")})};
}

/// A dataset of the group "films" with rows.
inline Json dataset(std::string_view type, std::string_view schema_name, Json rows) {
    return {{"datasetArn", arn("dataset/films/" + std::string(type))},
            {"datasetGroupArn", arn("dataset-group/films")},
            {"datasetType", type},
            {"schemaArn", arn("schema/" + std::string(schema_name))},
            {"_local", {{"rows", std::move(rows)}}}};
}

inline Json film(std::string_view id, Json genres, Json price, Json year = 2000) {
    return {{"ITEM_ID", id}, {"GENRES", std::move(genres)}, {"PRICE", std::move(price)}, {"YEAR", std::move(year)}};
}

inline Json seen(std::string_view user, std::string_view item, int time = 1, Json type = "Watch") {
    return {{"USER_ID", user}, {"ITEM_ID", item}, {"TIMESTAMP", time}, {"EVENT_TYPE", std::move(type)}};
}

inline Json films() {
    return {film("a", "Drama", 130.0, 1930), film("b", "Drama|Music", 20.5, 1935), film("c", "Horror", 5, 1941),
            film("d", nullptr, nullptr), film("e", "Drama film", 13000.0, 1950)};
}

inline Json people() {
    return {{{"USER_ID", "ann"}, {"MEMBERSHIP", "gold"}, {"AGE", 30}},
            {{"USER_ID", "bob"}, {"MEMBERSHIP", "none"}, {"AGE", 16}}};
}

/// Popularity: a 4 users, b 3, c 2, d 1, e 0.
inline Json views() {
    return {seen("ann", "a"),    seen("ann", "b", 2), seen("ann", "c", 3, "Purchase"),
            seen("bob", "a"),    seen("bob", "b", 2), seen("cid", "a", 1),
            seen("cid", "c", 2), seen("dan", "a"),    seen("dan", "b", 2),
            seen("eve", "d", 4)};
}

/// A solution version and a campaign of this name and recipe, ACTIVE.
inline void add_campaign(Json& document, const std::string& name, std::string_view recipe, Json config = nullptr,
                         Json version_more = Json::object()) {
    const std::string version = arn("solution/" + name + "/1");
    Json members = {{"solutionVersionArn", version},
                    {"solutionArn", arn("solution/" + name)},
                    {"datasetGroupArn", arn("dataset-group/films")},
                    {"recipeArn", "arn:aws:personalize:::recipe/" + std::string(recipe)}};
    members.update(version_more);
    document["solutionVersions"].push_back(members);
    Json campaign = {{"campaignArn", arn("campaign/" + name)}, {"solutionVersionArn", version}};
    if (!config.is_null()) campaign["campaignConfig"] = config;
    document["campaigns"].push_back(campaign);
}

inline void add_recommender(Json& document, const std::string& name, std::string_view recipe) {
    document["recommenders"].push_back({{"recommenderArn", arn("recommender/" + name)},
                                        {"datasetGroupArn", arn("dataset-group/films")},
                                        {"recipeArn", "arn:aws:personalize:::recipe/" + std::string(recipe)}});
}

inline void add_filter(Json& document, std::string_view name, std::string_view expression,
                       std::string_view group = "films") {
    document["filters"].push_back({{"filterArn", arn("filter/" + std::string(name))},
                                   {"datasetGroupArn", arn("dataset-group/" + std::string(group))},
                                   {"filterExpression", expression}});
}

/// The group "films" with all of its rows.
inline Json film_document() {
    return {{"schemas", schemas()},
            {"datasetGroups", {{{"datasetGroupArn", arn("dataset-group/films")}}}},
            {"datasets",
             {dataset("ITEMS", "items", films()), dataset("USERS", "users", people()),
              dataset("INTERACTIONS", "interactions", views())}}};
}

/// Sends a request of the runtime.
inline Answer ask(World& world, std::string_view path, const Json& input) {
    const std::string body = input.dump();
    return world.send(
        {.method = "POST", .target = path, .headers = {{"content-type", "application/json"}}, .body = body});
}

/// Lets a solution version or recommender know the rows of this moment.
inline void train(World& world, const std::string& trained) {
    const std::string body = Json{{"arn", trained}}.dump();
    const Answer answer = world.send({.method = "POST", .target = "/_local/train", .headers = {}, .body = body});
    EXPECT_EQ(answer.status, 200) << trained << answer.text;
}

inline Answer recommend(World& world, const std::string& campaign, Json more) {
    Json input = {{"campaignArn", arn("campaign/" + campaign)}};
    input.update(more);
    return ask(world, "/recommendations", input);
}

/// The ids of an answer: "a b c", or what was refused.
inline std::string ids(const Answer& answer) {
    if (answer.status != 200) return outcome(answer);
    std::string text;
    for (const auto& [list, member] : {std::pair{"itemList", "itemId"}, std::pair{"personalizedRanking", "itemId"},
                                       std::pair{"actionList", "actionId"}}) {
        if (!answer.body.contains(list)) continue;
        for (const Json& item : answer.body[list]) text += (text.empty() ? "" : " ") + item[member].get<std::string>();
    }
    return text;
}

}  // namespace plocal::runtime
