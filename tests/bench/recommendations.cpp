// Measures requests for recommendations in process, beside a Describe: 100,000 interactions of 10,000 users with 10,000
// items, by recipe, with and without filters.
#include <cstdint>
#include <string>
#include <utility>
#include <variant>

#include <benchmark/benchmark.h>

#include "server/app/engine/engine.h"
#include "server/base/json.h"

namespace {

using plocal::base::Json;
using plocal::protocol::Request;
namespace control = plocal::control;

constexpr int item_count = 10'000;
constexpr int user_count = 10'000;
constexpr int interaction_count = 100'000;

std::string arn(const std::string& name) {
    return "arn:aws:personalize:us-east-1:000000000000:" + name;
}

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

Json world() {
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

class Server {
public:
    Server() : engine_(config(), store_, log_) {}

    void answer(const Request& request) {
        control::Reply reply = engine_.answer(request);
        while (const auto* const waiting = std::get_if<control::Waiting>(&reply)) {
            reply = engine_.check(request, control::Waiting(*waiting), false);
        }
        benchmark::DoNotOptimize(reply);
    }

private:
    static plocal::world::WorldConfig config() {
        plocal::world::WorldConfig config;
        config.documents.emplace_back("world.json", world().dump());
        return config;
    }

    plocal::base::Log log_{plocal::base::Level::off, plocal::base::Format::text};
    plocal::storage::Store store_{":memory:"};
    plocal::engine::Engine engine_;
};

Server& server() {
    static Server server;
    return server;
}

void describe(benchmark::State& state) {
    const std::string body = Json({{"campaignArn", arn("campaign/personal")}}).dump();
    Request request{.method = "POST", .target = "/", .headers = {}, .body = body};
    request.headers = {{"content-type", "application/x-amz-json-1.1"},
                       {"x-amz-target", "AmazonPersonalize.DescribeCampaign"}};
    for (auto _ : state) server().answer(request);
}
BENCHMARK(describe);

void recommend(benchmark::State& state, const std::string& campaign, const Json& more) {
    int user = 0;
    for (auto _ : state) {
        Json input = {{"campaignArn", arn("campaign/" + campaign)},
                      {"userId", "user-" + std::to_string(user++ % user_count)},
                      {"itemId", "item-" + std::to_string(user % item_count)}};
        input.update(more);
        const std::string body = input.dump();
        const Request request{.method = "POST",
                              .target = "/recommendations",
                              .headers = {{"content-type", "application/json"}},
                              .body = body};
        server().answer(request);
    }
}
BENCHMARK_CAPTURE(recommend, popular, "popular", Json::object());
BENCHMARK_CAPTURE(recommend, personal, "personal", Json::object());
BENCHMARK_CAPTURE(recommend, sims, "sims", Json::object());
BENCHMARK_CAPTURE(recommend, popular_filtered_by_rows, "popular",
                  Json({{"filterArn", arn("filter/genre")}, {"filterValues", {{"GENRE", "\"genre-3\""}}}}));
BENCHMARK_CAPTURE(recommend, popular_filtered_by_both, "popular", Json({{"filterArn", arn("filter/bought")}}));
BENCHMARK_CAPTURE(recommend, personal_filtered_by_both, "personal", Json({{"filterArn", arn("filter/bought")}}));

}  // namespace
