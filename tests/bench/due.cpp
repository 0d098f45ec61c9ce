// Measures what one automatic training costs while few and while many versions exist: the ratio is about 1 as long as
// due work is linear. Prints "VERSIONS: US us a training" for both, and the ratio.
#include <chrono>
#include <cstdint>
#include <iostream>
#include <string>
#include <variant>

#include "server/app/engine/engine.h"
#include "server/base/iso8601.h"
#include "server/base/json.h"
#include "server/base/log.h"

namespace {

using plocal::base::Json;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr int solutions = 50;
constexpr std::int64_t few = 1'000;
constexpr std::int64_t many = 20'000;
constexpr std::int64_t measured = 1'000;

std::string arn(const std::string& type_and_id) {
    return "arn:aws:personalize:us-east-1:000000000000:" + type_and_id;
}

/// Solutions that train daily in a group whose only dataset has an event tracker, the longest look-up of data.
plocal::world::WorldConfig config() {
    Json list = Json::array();
    for (int i = 0; i < solutions; ++i) {
        list.push_back({{"solutionArn", arn("solution/daily-" + std::to_string(i))},
                        {"datasetGroupArn", arn("dataset-group/movies")},
                        {"recipeArn", "arn:aws:personalize:::recipe/aws-user-personalization"},
                        {"performAutoTraining", true},
                        {"solutionConfig", {{"autoTrainingConfig", {{"schedulingExpression", "rate(1 day)"}}}}}});
    }
    const Json document = {
        {"datasetGroups", {{{"datasetGroupArn", arn("dataset-group/movies")}}}},
        {"schemas", {{{"schemaArn", arn("schema/clicks")}}}},
        {"datasets", {{{"datasetArn", arn("dataset/movies/INTERACTIONS")}, {"schemaArn", arn("schema/clicks")}}}},
        {"eventTrackers",
         {{{"eventTrackerArn", arn("event-tracker/1a2b3c4d")}, {"datasetGroupArn", arn("dataset-group/movies")}}}},
        {"solutions", list}};
    plocal::world::WorldConfig config{
        .clock = plocal::lifecycle::Clock::frozen(*plocal::base::parse_iso8601("2026-01-31T12:00:00Z"))};
    config.settings.due.slice_pieces = measured;
    config.settings.due.slice_time = std::chrono::hours(1);
    config.documents.push_back({"bench.json", document.dump()});
    return config;
}

/// Moves the clock by days, and returns the time of one training in microseconds.
double advance(plocal::engine::Engine& engine, std::int64_t days) {
    const std::string body = Json{{"by", std::to_string(days * 24) + "h"}}.dump();
    const plocal::protocol::Request request{
        .method = "POST", .target = "/_local/clock/advance", .headers = {}, .body = body};
    const auto began = std::chrono::steady_clock::now();
    plocal::control::Reply reply = engine.answer(request);
    while (const auto* const waiting = std::get_if<plocal::control::Waiting>(&reply)) {
        reply = engine.check(request, plocal::control::Waiting(*waiting), false);
    }
    const Milliseconds took = std::chrono::steady_clock::now() - began;
    const Json answer = Json::parse(std::get<plocal::protocol::Response>(reply).body);
    constexpr double us_in_ms = 1'000;
    return took.count() * us_in_ms / answer.at("done").at("trainings").get<double>();
}

}  // namespace

int main(int argc, char** argv) {
    plocal::base::Log log(plocal::base::Level::off, plocal::base::Format::text);
    plocal::storage::Store store(argc > 1 ? argv[1] : ":memory:");
    plocal::engine::Engine engine(config(), store, log);
    advance(engine, few / solutions);
    const double at_few = advance(engine, measured / solutions);
    advance(engine, (many - few - measured) / solutions);
    const double at_many = advance(engine, measured / solutions);
    std::cout << few << " versions: " << at_few << " us a training\n"
              << many << " versions: " << at_many << " us a training\n"
              << "ratio " << at_many / at_few << '\n';
}
