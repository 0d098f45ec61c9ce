// Measures requests for recommendations in process, beside a Describe: 100,000 interactions of 10,000 users with 10,000
// items, by recipe, with and without filters.
#include <string>
#include <utility>
#include <variant>

#include <benchmark/benchmark.h>

#include "server/app/engine/engine.h"
#include "server/base/json.h"
#include "tests/bench/film_world.h"

namespace {

using plocal::base::Json;
using plocal::bench::arn;
using plocal::bench::item_count;
using plocal::bench::user_count;
using plocal::protocol::Request;
namespace control = plocal::control;

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
        config.documents.emplace_back("world.json", plocal::bench::film_world().dump());
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
    server().answer(request);  // loads the world
    for (auto _ : state) server().answer(request);
}
BENCHMARK(describe);

void recommend(benchmark::State& state, const std::string& campaign, const Json& more) {
    int user = 0;
    const auto ask_for_next = [&] {
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
    };
    ask_for_next();  // trains, and reads the filter
    for (auto _ : state) ask_for_next();
}
BENCHMARK_CAPTURE(recommend, popular, "popular", Json::object());
BENCHMARK_CAPTURE(recommend, personal, "personal", Json::object());
BENCHMARK_CAPTURE(recommend, sims, "sims", Json::object());
BENCHMARK_CAPTURE(recommend, popular_filtered_by_rows, "popular",
                  Json({{"filterArn", arn("filter/genre")}, {"filterValues", {{"GENRE", "\"genre-3\""}}}}));
BENCHMARK_CAPTURE(recommend, popular_filtered_by_both, "popular", Json({{"filterArn", arn("filter/bought")}}));
BENCHMARK_CAPTURE(recommend, personal_filtered_by_both, "personal", Json({{"filterArn", arn("filter/bought")}}));

}  // namespace
