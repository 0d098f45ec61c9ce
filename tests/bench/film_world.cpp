#include "tests/bench/film_world.h"

#include <cstdint>
#include <utility>

namespace plocal::bench {
namespace {

using base::Json;

constexpr int interaction_count = 100'000;

Json column(const char* name, Json type, bool is_categorical = false) {
    Json json = {{"name", name}, {"type", std::move(type)}};
    if (is_categorical) json["categorical"] = true;
    return json;
}

Json schema(const std::string& name, Json fields) {
    const Json avro = {{"type", "record"}, {"name", name}, {"fields", std::move(fields)}};
    return {{"schemaArn", arn("schema/" + name)}, {"schema", avro.dump()}};
}

Json dataset(const std::string& type, const std::string& schema_name, Json rows) {
    return {{"datasetArn", arn("dataset/films/" + type)},
            {"datasetGroupArn", arn("dataset-group/films")},
            {"datasetType", type},
            {"schemaArn", arn("schema/" + schema_name)},
            {"_local", {{"rows", std::move(rows)}}}};
}

void add_campaign(Json& world, const std::string& name, const std::string& recipe) {
    const std::string version = arn("solution/" + name + "/1");
    world["solutionVersions"].push_back({{"solutionVersionArn", version},
                                         {"datasetGroupArn", arn("dataset-group/films")},
                                         {"recipeArn", "arn:aws:personalize:::recipe/" + recipe}});
    world["campaigns"].push_back({{"campaignArn", arn("campaign/" + name)}, {"solutionVersionArn", version}});
}

void add_filter(Json& world, const std::string& name, const std::string& expression) {
    world["filters"].push_back({{"filterArn", arn("filter/" + name)},
                                {"datasetGroupArn", arn("dataset-group/films")},
                                {"filterExpression", expression}});
}

Json items() {
    Json rows = Json::array();
    for (int i = 0; i < item_count; ++i) {
        const std::string genre = "genre-" + std::to_string(i % 20) + "|genre-" + std::to_string(i % 7 + 20);
        rows.push_back({{"ITEM_ID", "item-" + std::to_string(i)}, {"GENRES", genre}, {"PRICE", i % 100}});
    }
    return rows;
}

Json interactions() {
    Json rows = Json::array();
    std::uint64_t state = 1;
    for (int i = 0; i < interaction_count; ++i) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        const auto draw = static_cast<int>(state >> 33U) % item_count;
        rows.push_back({{"USER_ID", "user-" + std::to_string(i % user_count)},
                        {"ITEM_ID", "item-" + std::to_string(draw)},
                        {"TIMESTAMP", i},
                        {"EVENT_TYPE", i % 9 == 0 ? "Purchase" : "View"}});
    }
    return rows;
}

}  // namespace

std::string arn(const std::string& name) {
    return "arn:aws:personalize:us-east-1:000000000000:" + name;
}

Json film_world() {
    Json document = {
        {"schemas",
         {schema("Items", {column("ITEM_ID", "string"), column("GENRES", {"string", "null"}, true),
                           column("PRICE", {"float", "null"})}),
          schema("Interactions", {column("USER_ID", "string"), column("ITEM_ID", "string"), column("TIMESTAMP", "long"),
                                  column("EVENT_TYPE", "string")})}},
        {"datasetGroups", {{{"datasetGroupArn", arn("dataset-group/films")}}}},
        {"datasets", {dataset("ITEMS", "Items", items()), dataset("INTERACTIONS", "Interactions", interactions())}}};
    add_campaign(document, "personal", "aws-user-personalization");
    add_campaign(document, "popular", "aws-popularity-count");
    add_campaign(document, "sims", "aws-sims");
    add_filter(document, "genre", "INCLUDE ItemID WHERE Items.GENRES IN ($GENRE)");
    add_filter(
        document, "bought",
        "EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN (\"Purchase\") | INCLUDE ItemID WHERE Items.PRICE < 50");
    return document;
}

}  // namespace plocal::bench
