// Worlds with datasets of films, and the calls about their rows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "tests/support/world.h"

namespace plocal::control {

/// The ARN of a resource of the film world: film_arn("dataset/films/ITEMS").
inline std::string film_arn(std::string_view rest, std::string_view account = "111111111111") {
    return "arn:aws:personalize:us-east-1:" + std::string(account) + ":" + std::string(rest);
}

inline const std::string items_arn = film_arn("dataset/films/ITEMS");
inline const std::string views_arn = film_arn("dataset/films/INTERACTIONS");
inline const std::string unknown_users_arn = film_arn("dataset/films/USERS");

/// Datasets of items and interactions with schemas, and one of users whose schema is not known.
inline base::Json film_world() {
    const auto schema = [](const std::string& type, const std::string& fields) {
        return base::Json{{"schemaArn", film_arn("schema/" + type)},
                          {"schema", R"({"type":"record","name":")" + type + R"(","fields":[)" + fields + "]}"}};
    };
    const auto dataset = [](const std::string& type, const std::string& of) {
        return base::Json{{"datasetArn", film_arn("dataset/films/" + type)},
                          {"datasetGroupArn", film_arn("dataset-group/films")},
                          {"schemaArn", film_arn("schema/" + of)},
                          {"datasetType", type}};
    };
    const std::string text = R"("type":"string"})";
    const std::string item = R"({"name":"ITEM_ID",)" + text;
    const std::string views = R"({"name":"USER_ID",)" + text + "," + item + R"(,{"name":"TIMESTAMP","type":"long"})";
    return {{"schemas",
             {schema("Items", item + R"(,{"name":"PRICE","type":["null","float"]})"), schema("Interactions", views)}},
            {"datasetGroups", {{{"datasetGroupArn", film_arn("dataset-group/films")}}}},
            {"datasets",
             {dataset("ITEMS", "Items"), dataset("INTERACTIONS", "Interactions"), dataset("USERS", "Unknown")}}};
}

/// With `slice_time` 0 every step of a long call ends its turn.
inline world::WorldConfig film_config(std::chrono::milliseconds slice_time = std::chrono::milliseconds(1000)) {
    world::WorldConfig config{.clock = lifecycle::Clock::frozen(support::World::start_time())};
    config.settings.due.slice_time = slice_time;
    config.documents.push_back({"films.json", film_world().dump()});
    return config;
}

/// Makes a call about the rows of a dataset. `type` is the Content-Type of what is sent, or the Accept of a GET.
inline support::Answer data_call(support::World& world, std::string_view method, const std::string& dataset_and_more,
                                 std::string_view body = "", std::string_view type = "") {
    const std::string target = "/_local/data?dataset=" + dataset_and_more;
    const std::string_view header = method == "GET" ? "accept" : "content-type";
    return world.send({.method = method, .target = target, .headers = {{header, type}}, .body = body});
}

/// The rows of a dataset as JSON Lines.
inline std::string lines_of(support::World& world, const std::string& dataset_and_more) {
    return data_call(world, "GET", dataset_and_more, "", "application/x-ndjson").text;
}

}  // namespace plocal::control
