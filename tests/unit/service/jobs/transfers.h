// A world whose jobs read and write objects in a folder, and a dataset group "films" with datasets of every type. The
// test runs the jobs by hand.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/service/s3/folder_store.h"
#include "tests/support/hand_jobs.h"
#include "tests/support/objects.h"
#include "tests/support/world.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::jobs {

using base::Json;
using support::Answer;
using support::arn;

inline Json schema_of(std::string_view name, std::string_view record, Json fields) {
    const Json avro = {{"type", "record"},
                       {"name", record},
                       {"namespace", "com.amazonaws.personalize.schema"},
                       {"fields", std::move(fields)},
                       {"version", "1.0"}};
    return {{"schemaArn", arn("schema/" + std::string(name))}, {"schema", avro.dump()}};
}

/// The group and its datasets; `rows` are those of a dataset by its type.
inline Json films(const Json& rows = Json::object()) {
    const Json text_or_null = {"string", "null"};
    const Json number_or_null = {"float", "null"};
    Json schemas = {
        schema_of("items", "Items",
                  {{{"name", "ITEM_ID"}, {"type", "string"}},
                   {{"name", "GENRES"}, {"type", text_or_null}, {"categorical", true}},
                   {{"name", "PRICE"}, {"type", number_or_null}}}),
        schema_of("users", "Users",
                  {{{"name", "USER_ID"}, {"type", "string"}},
                   {{"name", "AGE"}, {"type", {"int", "null"}}},
                   {{"name", "MEMBER"}, {"type", text_or_null}, {"categorical", true}}}),
        schema_of("interactions", "Interactions",
                  {{{"name", "USER_ID"}, {"type", "string"}},
                   {{"name", "ITEM_ID"}, {"type", "string"}},
                   {{"name", "TIMESTAMP"}, {"type", "long"}},
                   {{"name", "EVENT_TYPE"}, {"type", "string"}},
                   {{"name", "EVENT_VALUE"}, {"type", number_or_null}},
                   {{"name", "DEVICE"}, {"type", text_or_null}},
                   {{"name", "RECOMMENDATION_ID"}, {"type", text_or_null}},
                   {{"name", "EVENT_ATTRIBUTION_SOURCE"}, {"type", text_or_null}}}),
        schema_of("actions", "Actions",
                  {{{"name", "ACTION_ID"}, {"type", "string"}}, {{"name", "KIND"}, {"type", text_or_null}}}),
        schema_of("actioninteractions", "ActionInteractions",
                  {{{"name", "USER_ID"}, {"type", "string"}},
                   {{"name", "ACTION_ID"}, {"type", "string"}},
                   {{"name", "EVENT_TYPE"}, {"type", "string"}},
                   {{"name", "TIMESTAMP"}, {"type", "long"}}})};
    Json datasets = Json::array();
    for (const char* type : {"ITEMS", "USERS", "INTERACTIONS", "ACTIONS", "ACTION_INTERACTIONS"}) {
        std::string schema = base::lower(type);
        std::erase(schema, '_');
        Json dataset = {{"datasetArn", arn("dataset/films/" + std::string(type))},
                        {"datasetGroupArn", arn("dataset-group/films")},
                        {"schemaArn", arn("schema/" + schema)}};
        if (rows.contains(type)) dataset["_local"] = {{"rows", rows[type]}};
        datasets.push_back(std::move(dataset));
    }
    return {{"datasetGroups", {{{"datasetGroupArn", arn("dataset-group/films")}}}},
            {"schemas", std::move(schemas)},
            {"datasets", std::move(datasets)}};
}

inline const std::string interaction_header =
    "USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE,EVENT_VALUE,DEVICE,RECOMMENDATION_ID,EVENT_ATTRIBUTION_SOURCE\n";

class Transfers : public testing::Test {
protected:
    explicit Transfers(const Json& rows = Json::object()) {
        std::filesystem::create_directories(folder_.file("bucket"));
        world_.load(films(rows));
    }

    static std::string dataset(const std::string& type) { return arn("dataset/films/" + type); }

    void put(const std::string& key, std::string_view content) { s3::put(objects_, {"bucket", key}, content); }
    std::string content(const std::string& key) { return s3::content_of(objects_, {"bucket", key}); }
    std::vector<std::string> objects(const std::string& prefix = "") {
        return s3::listed(objects_, {"bucket", prefix});
    }

    Answer create_import(const std::string& name, const std::string& type, const std::string& key, Json more = {}) {
        Json input = {{"jobName", name},
                      {"datasetArn", dataset(type)},
                      {"dataSource", {{"dataLocation", "s3://bucket/" + key}}},
                      {"roleArn", "arn:aws:iam::000000000000:role/personalize"}};
        if (more.is_object()) input.update(more);
        return world_.call("CreateDatasetImportJob", input);
    }

    Answer create_export(const std::string& name, const std::string& type, const std::string& mode) {
        return world_.call("CreateDatasetExportJob",
                           {{"jobName", name},
                            {"datasetArn", dataset(type)},
                            {"ingestionMode", mode},
                            {"roleArn", "arn:aws:iam::000000000000:role/personalize"},
                            {"jobOutput", {{"s3DataDestination", {{"path", "s3://bucket/out"}}}}}});
    }

    /// Lets the work of what was created begin.
    void begin_work() {
        world_.advance(std::chrono::hours(1));
        world_.call("ListDatasets", Json::object());
    }

    void run() {
        begin_work();
        work_.run();
    }

    Json import_job(const std::string& name) {
        const Json input = {{"datasetImportJobArn", arn("dataset-import-job/" + name)}};
        return world_.call("DescribeDatasetImportJob", input).body["datasetImportJob"];
    }

    Json export_job(const std::string& name) {
        const Json input = {{"datasetExportJobArn", arn("dataset-export-job/" + name)}};
        return world_.call("DescribeDatasetExportJob", input).body["datasetExportJob"];
    }

    /// "ACTIVE", or "CREATE FAILED: " and the reason.
    static std::string outcome(const Json& job) {
        const std::string status = job.value("status", "");
        return job.contains("failureReason") ? status + ": " + job.value("failureReason", "") : status;
    }

    std::string import(const std::string& name, const std::string& type, const std::string& key, Json more = {}) {
        const Answer answer = create_import(name, type, key, std::move(more));
        if (answer.status != 200) return support::outcome(answer);
        run();
        return outcome(import_job(name));
    }

    std::string export_rows(const std::string& name, const std::string& type, const std::string& mode) {
        const Answer answer = create_export(name, type, mode);
        if (answer.status != 200) return support::outcome(answer);
        run();
        return outcome(export_job(name));
    }

    /// The content of an export.
    std::string exported(const std::string& name) { return content("out/" + name + "/part-00000.csv"); }

    Answer control(const std::string& method, const std::string& target, const std::string& body = "",
                   const std::string& type = "application/json") {
        return world_.send({.method = method, .target = target, .headers = {{"content-type", type}}, .body = body});
    }

    /// The rows of a dataset as JSON Lines.
    std::string rows(const std::string& type) {
        return world_
            .send({.method = "GET",
                   .target = "/_local/data?dataset=" + dataset(type),
                   .headers = {{"accept", "application/x-ndjson"}},
                   .body = {}})
            .text;
    }

    Json put_items(const Json& items) {
        Json list = Json::array();
        for (const auto& [id, properties] : items.items()) {
            list.push_back({{"itemId", id}, {"properties", properties.dump()}});
        }
        const Json input = {{"datasetArn", dataset("ITEMS")}, {"items", list}};
        return world_.send({.method = "POST", .target = "/items", .headers = {}, .body = input.dump()}).body;
    }

    Json work_of(const std::string& job_arn) {
        const Json history = control("GET", "/_local/history?arn=" + job_arn).body["history"];
        return history.empty() ? Json() : history.back().value("work", Json());
    }

    storage::TemporaryFolder folder_;
    s3::FolderStore objects_{folder_.path()};
    support::World world_{support::HandJobs::settings(true)};
    support::HandJobs work_{world_, &objects_};
};

}  // namespace plocal::jobs
