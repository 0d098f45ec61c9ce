#include "tests/support/deployment.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <utility>

#include <gtest/gtest.h>

#include "server/base/text.h"
#include "server/model/service.h"

namespace plocal::support {
namespace {

using base::Json;
using resources::Kind;

constexpr const char* role = "arn:aws:iam::000000000000:role/personalize";
constexpr std::chrono::seconds usual_duration(3);

Json bucket(std::string_view path) {
    return {{"path", "s3://bucket/" + std::string(path)}};
}

Json column(std::string_view name, const Json& type) {
    return {{"name", name}, {"type", type}};
}

std::string schema(std::string_view name, Json fields) {
    return Json{{"type", "record"},
                {"name", name},
                {"namespace", "com.amazonaws.personalize.schema"},
                {"fields", std::move(fields)},
                {"version", "1.0"}}
        .dump();
}

std::string recipe_arn(std::string_view name) {
    return "arn:aws:personalize:::recipe/" + std::string(name);
}

Json solution_input(std::string_view name, std::string_view recipe) {
    // No training may start by itself when a test advances the clock.
    return {{"name", name}, {"recipeArn", recipe_arn(recipe)}, {"performAutoTraining", false}};
}

Json import_input(std::string_view name) {
    return {{"jobName", name}, {"dataSource", {{"dataLocation", "s3://bucket/data.csv"}}}, {"roleArn", role}};
}

Json batch_input(const char* name, const char* output) {
    return {{"jobName", name},
            {"jobInput", {{"s3DataSource", bucket("users.json")}}},
            {"jobOutput", {{"s3DataDestination", bucket(output)}}},
            {"roleArn", role}};
}

std::vector<Part> data_parts() {
    const std::string interactions = interactions_schema();
    return {
        {"schema", "schema", {}, {}, {{"name", "movies-interactions"}, {"schema", interactions}}},
        {"datasetGroup", "datasetGroup", {}, {}, {{"name", "movies"}}},
        {"dataset",
         "dataset",
         {{"schemaArn", "schema"}, {"datasetGroupArn", "datasetGroup"}},
         {},
         {{"name", "ratings"}, {"datasetType", "Interactions"}}},
        {"itemsSchema",
         "schema",
         {},
         {},
         {{"name", "movies-items"}, {"schema", items_schema(column("PRICE", "float"))}}},
        {"items",
         "dataset",
         {{"schemaArn", "itemsSchema"}, {"datasetGroupArn", "datasetGroup"}},
         {},
         {{"name", "films"}, {"datasetType", "Items"}}},
        {"datasetImportJob", "datasetImportJob", {{"datasetArn", "dataset"}}, {}, import_input("ratings-import")},
        {"datasetExportJob",
         "datasetExportJob",
         {{"datasetArn", "dataset"}},
         {},
         {{"jobName", "ratings-export"}, {"roleArn", role}, {"jobOutput", {{"s3DataDestination", bucket("export/")}}}}},
        {"eventTracker", "eventTracker", {{"datasetGroupArn", "datasetGroup"}}, {}, {{"name", "clicks"}}},
        {"metricAttribution",
         "metricAttribution",
         {{"datasetGroupArn", "datasetGroup"}},
         {"dataset"},
         {{"name", "sales"},
          {"metrics",
           {{{"eventType", "watch"}, {"metricName", "watched"}, {"expression", "SAMPLECOUNT()"}},
            {{"eventType", "buy"}, {"metricName", "sold"}, {"expression", "SUM(Items.PRICE)"}}}},
          {"metricsOutputConfig", {{"s3DataDestination", bucket("metrics/")}, {"roleArn", role}}}}},
        {"dataDeletionJob",
         "dataDeletionJob",
         {{"datasetGroupArn", "datasetGroup"}},
         {},
         {{"jobName", "forget-users"}, {"dataSource", {{"dataLocation", "s3://bucket/users.csv"}}}, {"roleArn", role}}},
        {"videoGroup", "datasetGroup", {}, {}, {{"name", "videos"}, {"domain", "VIDEO_ON_DEMAND"}}},
        {"videoSchema",
         "schema",
         {},
         {},
         {{"name", "videos-interactions"}, {"schema", interactions}, {"domain", "VIDEO_ON_DEMAND"}}},
        {"videoDataset",
         "dataset",
         {{"schemaArn", "videoSchema"}, {"datasetGroupArn", "videoGroup"}},
         {},
         {{"name", "views"}, {"datasetType", "Interactions"}}},
        {"videoImport", "datasetImportJob", {{"datasetArn", "videoDataset"}}, {}, import_input("views-import")},
    };
}

std::vector<Part> model_parts() {
    return {
        {"solution",
         "solution",
         {{"datasetGroupArn", "datasetGroup"}},
         {},
         solution_input("movies", "aws-user-personalization")},
        {"solutionVersion", "solutionVersion", {{"solutionArn", "solution"}}, {"datasetImportJob"}, Json::object()},
        {"segmentSolution",
         "solution",
         {{"datasetGroupArn", "datasetGroup"}},
         {},
         solution_input("segments", "aws-item-affinity")},
        {"segmentVersion",
         "solutionVersion",
         {{"solutionArn", "segmentSolution"}},
         {"datasetImportJob"},
         Json::object()},
        {"recommender",
         "recommender",
         {{"datasetGroupArn", "videoGroup"}},
         {"videoImport"},
         {{"name", "top-picks"}, {"recipeArn", recipe_arn("aws-vod-top-picks")}}},
        {"campaign", "campaign", {{"solutionVersionArn", "solutionVersion"}}, {}, {{"name", "tonight"}}},
        {"filter",
         "filter",
         {{"datasetGroupArn", "datasetGroup"}},
         {"dataset"},
         {{"name", "unseen"}, {"filterExpression", R"(EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("watch"))"}}},
        {"userFilter",
         "filter",
         {{"datasetGroupArn", "datasetGroup"}},
         {"dataset"},
         {{"name", "watchers"}, {"filterExpression", R"(INCLUDE UserID WHERE Interactions.EVENT_TYPE IN ("watch"))"}}},
        {"batchInferenceJob",
         "batchInferenceJob",
         {{"solutionVersionArn", "solutionVersion"}},
         {},
         batch_input("nightly", "nightly/")},
        {"batchSegmentJob",
         "batchSegmentJob",
         {{"solutionVersionArn", "segmentVersion"}},
         {},
         batch_input("weekly", "weekly/")},
    };
}

}  // namespace

std::string interactions_schema() {
    return schema("Interactions", {column("USER_ID", "string"), column("ITEM_ID", "string"),
                                   column("EVENT_TYPE", "string"), column("TIMESTAMP", "long")});
}

std::string items_schema(const Json& column_of_items) {
    return schema("Items", {column("ITEM_ID", "string"), column_of_items});
}

const std::vector<Part>& parts() {
    static const std::vector<Part> all = [] {
        std::vector<Part> parts = data_parts();
        for (Part& part : model_parts()) parts.push_back(std::move(part));
        return parts;
    }();
    return all;
}

const Part& part_named(std::string_view name) {
    const auto part = std::ranges::find(parts(), name, &Part::name);
    if (part == parts().end()) throw std::logic_error("no part is named " + std::string(name));
    return *part;
}

std::vector<std::string_view> creatable_kinds() {
    std::vector<std::string_view> names;
    for (const Part& part : parts()) {
        if (part.name == part.kind) names.push_back(part.kind);
    }
    return names;
}

std::string operation_on(std::string_view verb, std::string_view kind) {
    return std::string(verb) + base::with_capital(kind);
}

const Kind& kind_of(std::string_view arn) {
    const auto parsed = resources::parse_arn(arn);
    const auto kinds = resources::kinds();
    const auto kind = std::ranges::find_if(
        kinds, [&parsed](const Kind& each) { return parsed && resources::is_arn_of(each, *parsed); });
    if (kind == kinds.end()) throw std::logic_error("no kind has an ARN such as " + std::string(arn));
    return *kind;
}

Json sorted(const Json& value) {
    return Json::parse(nlohmann::json::parse(value.dump()).dump());
}

std::string Deployment::make(std::string_view part) {
    if (const auto known = made_.find(part); known != made_.end()) return known->second;
    std::string arn = created(part);
    advance(usual_duration);
    made_.emplace(part, arn);
    return arn;
}

std::string Deployment::load_bare_group() {
    const std::string group = support::arn("dataset-group/bare");
    load({{"datasetGroup", {{"datasetGroupArn", group}}}});
    return group;
}

void Deployment::forget() {
    made_.clear();
}

Json Deployment::input(std::string_view name) {
    const Part& part = part_named(name);
    Json input = part.input;
    for (const auto& [member, named] : part.members) input[std::string(member)] = make(named);
    for (const std::string_view needed : part.needs) make(needed);
    return input;
}

Answer Deployment::create(std::string_view part, const Json& members) {
    Json whole = input(part);
    whole.update(members);
    return call(operation_on("Create", part_named(part).kind), whole);
}

std::string Deployment::created(std::string_view part, const Json& members) {
    const Answer answer = create(part, members);
    EXPECT_EQ(outcome(answer), "200") << part;
    const Kind& kind = resources::kind_named(part_named(part).kind);
    return answer.body.is_object() ? answer.body.value(std::string(kind.arn_member), "") : std::string();
}

Answer Deployment::call_on(std::string_view verb, const std::string& arn, const Json& members) {
    const Kind& kind = kind_of(arn);
    Json input = {{std::string(kind.arn_member), arn}};
    input.update(members);
    return call(operation_on(verb, kind.name), input);
}

Json Deployment::described(const std::string& arn) {
    const Answer answer = call_on("Describe", arn);
    return answer.status == 200 ? answer.body[std::string(kind_of(arn).name)] : Json(answer.error());
}

std::string Deployment::status(const std::string& arn) {
    const Json resource = described(arn);
    return resource.is_object() ? resource.value("status", "none") : resource.get<std::string>();
}

std::vector<std::string> Deployment::listed(std::string_view kind_name, const Json& input) {
    const Kind& kind = resources::kind_named(kind_name);
    const Answer answer = call(operation_on("List", kind.plural), input);
    EXPECT_EQ(outcome(answer), "200") << kind_name;
    std::vector<std::string> arns;
    for (const Json& each : answer.body.value(std::string(kind.member_in_list()), Json::array())) {
        arns.push_back(each.at(std::string(kind.arn_member)));
    }
    return arns;
}

void Deployment::force(const std::string& arn, std::string_view status) {
    const Answer answer = control("POST", "transition", {{"arn", arn}, {"to", status}, {"force", true}});
    EXPECT_EQ(answer.status, 200) << answer.text;
}

Answer Deployment::control(std::string_view method, std::string_view path, const Json& body) {
    const std::string target = "/_local/" + std::string(path);
    const std::string text = body.is_null() ? "" : body.dump();
    return send({.method = method, .target = target, .headers = {}, .body = text});
}

}  // namespace plocal::support
