// A world with a dataset of each type, an event tracker, and requests to Personalize Events.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/model/languages/avro/record.h"
#include "server/service/data/dataset.h"
#include "server/service/data/row_pages.h"
#include "server/service/data/row_writer.h"
#include "tests/support/world.h"

namespace plocal::events {

using base::Json;
using support::Answer;
using support::arn;
using support::World;

inline const std::string tracking_id = "0f8b9f0e-1111-4222-8333-123456789012";
inline const std::string action_tracking_id = "7c1d2e3f-4444-4555-8666-210987654321";

inline std::string schema_text(const std::string& name, const std::vector<std::pair<std::string, Json>>& columns) {
    Json fields = Json::array();
    for (const auto& [column, type] : columns) fields.push_back({{"name", column}, {"type", type}});
    return Json{{"type", "record"}, {"name", name}, {"fields", fields}}.dump();
}

inline const Json or_null = {"string", "null"};

inline std::string schema_of(const std::string& type) {
    if (type == "ITEMS") {
        return schema_text("Items", {{"ITEM_ID", "string"},
                                     {"GENRES", or_null},
                                     {"CREATION_TIMESTAMP", "long"},
                                     {"NUM_RATINGS", {"int", "null"}}});
    }
    if (type == "USERS") return schema_text("Users", {{"USER_ID", "string"}, {"AGE", {"int", "null"}}});
    if (type == "ACTIONS")
        return schema_text("Actions", {{"ACTION_ID", "string"}, {"VALUE", {"null", "long"}}, {"CATEGORY", or_null}});
    if (type == "ACTION_INTERACTIONS") {
        return schema_text("ActionInteractions", {{"USER_ID", "string"},
                                                  {"ACTION_ID", "string"},
                                                  {"TIMESTAMP", "long"},
                                                  {"EVENT_TYPE", "string"},
                                                  {"CHANNEL", or_null}});
    }
    return schema_text("Interactions", {{"USER_ID", "string"},
                                        {"ITEM_ID", "string"},
                                        {"TIMESTAMP", "long"},
                                        {"EVENT_TYPE", "string"},
                                        {"EVENT_VALUE", {"float", "null"}},
                                        {"IMPRESSION", or_null},
                                        {"RECOMMENDATION_ID", or_null},
                                        {"EVENT_ATTRIBUTION_SOURCE", or_null},
                                        {"DISCOUNT", or_null}});
}

inline std::string dataset_arn(const std::string& type) {
    return arn("dataset/movies/" + type);
}

inline Json movie_world() {
    Json world = {{"datasetGroups", {{{"datasetGroupArn", arn("dataset-group/movies")}}}},
                  {"eventTrackers",
                   {{{"eventTrackerArn", arn("event-tracker/1a2b3c4d")},
                     {"name", "clicks"},
                     {"trackingId", tracking_id},
                     {"datasetGroupArn", arn("dataset-group/movies")}}}}};
    for (const std::string type : {"INTERACTIONS", "ITEMS", "USERS", "ACTIONS", "ACTION_INTERACTIONS"}) {
        world["schemas"].push_back({{"schemaArn", arn("schema/" + type)}, {"schema", schema_of(type)}});
        Json dataset = {{"datasetArn", dataset_arn(type)},
                        {"datasetGroupArn", arn("dataset-group/movies")},
                        {"schemaArn", arn("schema/" + type)},
                        {"datasetType", type}};
        if (type == "ACTION_INTERACTIONS") dataset["trackingId"] = action_tracking_id;
        world["datasets"].push_back(dataset);
    }
    return world;
}

/// An event with these members beside the required ones.
inline Json event(Json more = Json::object()) {
    Json event = {{"eventType", "watch"}, {"sentAt", 1'700'000'000}};
    if (!more.contains("itemId") && !more.contains("properties")) event["itemId"] = "a";
    event.update(more);
    return event;
}

/// A list of records, or of the only one.
inline Json list_of(Json records) {
    return records.is_array() ? records : Json::array({std::move(records)});
}

inline Json events_of(Json list, Json more = Json::object()) {
    Json input = {
        {"trackingId", tracking_id}, {"userId", "u"}, {"sessionId", "s"}, {"eventList", list_of(std::move(list))}};
    input.update(more);
    return input;
}

inline std::string properties(const Json& members) {
    return members.dump();
}

class PutRequests : public testing::Test {
protected:
    PutRequests() { begin(); }

    /// Begins with a new world.
    void begin(const std::string& database = ":memory:") {
        world_ = std::make_unique<World>(resources::ServiceSettings(), database);
        world_->load(movie_world());
    }

    /// Sends a request, without a signature or with this access key.
    Answer put(std::string_view path, const Json& input, std::string_view access_key = {}) {
        const std::string body = input.dump();
        const std::string authorization = "AWS4-HMAC-SHA256 Credential=" + std::string(access_key) +
                                          "/20260131/us-east-1/personalize/aws4_request, SignedHeaders=host, "
                                          "Signature=00";
        protocol::Request request{.method = "POST", .target = path, .headers = {}, .body = body};
        request.headers = {{"content-type", "application/json"}};
        if (!access_key.empty()) request.headers.push_back({"authorization", authorization});
        return world_->send(request);
    }

    Answer put_event(Json more = Json::object()) { return put("/events", events_of(event(std::move(more)))); }

    Answer put_items(Json list) {
        return put("/items", {{"datasetArn", dataset_arn("ITEMS")}, {"items", list_of(std::move(list))}});
    }

    /// The rows of a dataset as JSON Lines.
    std::string rows(const std::string& type, const std::string& account = "000000000000") {
        std::string name = dataset_arn(type);
        name.replace(name.find("000000000000"), account.size(), account);
        const auto record = world_->store().resources().find(name);
        if (!record) return "no dataset";
        const data::Columns columns(languages::read_avro_record(schema_of(type)));
        data::RowWriter writer(data::RowFormat::json_lines, columns);
        std::string text;
        data::read_page(world_->store(), data::view_of(world_->store(), data::owner_of(*record)), columns, {},
                        [&](const data::Row& row) { writer.add(row, text); });
        return text;
    }

    Json logged(std::string_view query = {}) {
        const std::string target = "/_local/events" + std::string(query);
        return world_->send({.method = "GET", .target = target, .headers = {}, .body = {}}).body;
    }

    /// "OUTCOME why" of the newest entry of the log.
    std::string newest() {
        const Json log = logged("?limit=1");
        if (log.at("events").empty()) return "nothing";
        const Json& entry = log["events"][0];
        return entry.value("outcome", "") + ' ' + entry.value("why", "");
    }

    std::unique_ptr<World> world_;
};

}  // namespace plocal::events
