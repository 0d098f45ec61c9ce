// Measures each stage of a DescribeBatchInferenceJob, and all of them together; beside it a PutEvents of one event.
#include <cstdint>
#include <string>
#include <utility>

#include <benchmark/benchmark.h>

#include "server/app/engine/engine.h"
#include "server/base/json.h"
#include "server/model/render.h"
#include "server/model/service.h"
#include "server/model/validate.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/resources/resource_view.h"
#include "tests/bench/jobs.h"

namespace {

using plocal::base::Json;
using plocal::protocol::Request;

constexpr int job_count = 1'000;

plocal::storage::Store& filled_store() {
    static plocal::storage::Store store(":memory:");
    static const bool filled = (plocal::bench::fill(store, job_count), true);
    benchmark::DoNotOptimize(filled);
    return store;
}

void parse(benchmark::State& state) {
    const std::string body = plocal::bench::describe_body(7);
    for (auto _ : state) benchmark::DoNotOptimize(plocal::base::parse_json(body));
}
BENCHMARK(parse);

void validate(benchmark::State& state) {
    const Json input = Json::parse(plocal::bench::describe_body(7));
    const auto& shape = *plocal::model::personalize().operation("DescribeBatchInferenceJob")->input;
    for (auto _ : state) {
        benchmark::DoNotOptimize(plocal::model::find_type_clash(shape, input));
        benchmark::DoNotOptimize(plocal::model::find_violations(shape, input));
    }
}
BENCHMARK(validate);

void find_in_store(benchmark::State& state) {
    auto& resources = filled_store().resources();
    int number = 0;
    for (auto _ : state) benchmark::DoNotOptimize(resources.find(plocal::bench::job_arn(number++ % job_count)));
}
BENCHMARK(find_in_store);

void splice_document(benchmark::State& state) {
    const auto record = *filled_store().resources().find(plocal::bench::job_arn(7));
    const auto& kind = plocal::resources::kind_named("batchInferenceJob");
    for (auto _ : state) {
        benchmark::DoNotOptimize(plocal::resources::current_document(kind, record, record.created,
                                                                     plocal::resources::StatusNames::documented));
    }
}
BENCHMARK(splice_document);

void render_from_scratch(benchmark::State& state) {
    const auto record = *filled_store().resources().find(plocal::bench::job_arn(7));
    const auto& kind = plocal::resources::kind_named("batchInferenceJob");
    const auto& shape = *plocal::model::personalize().shape("BatchInferenceJob");
    for (auto _ : state) {
        const Json value =
            plocal::resources::current_value(kind, record, record.created, plocal::resources::StatusNames::documented);
        benchmark::DoNotOptimize(plocal::model::render(shape, value));
    }
}
BENCHMARK(render_from_scratch);

void whole_request(benchmark::State& state) {
    plocal::base::Log log(plocal::base::Level::off, plocal::base::Format::text);
    plocal::engine::Engine engine({}, filled_store(), log);
    const std::string body = plocal::bench::describe_body(7);
    Request request{.method = "POST", .target = "/", .headers = {}, .body = body};
    request.headers = {{"host", "127.0.0.1:7377"},
                       {"content-type", "application/x-amz-json-1.1"},
                       {"x-amz-target", "AmazonPersonalize.DescribeBatchInferenceJob"}};
    for (auto _ : state) benchmark::DoNotOptimize(engine.answer(request));
}
BENCHMARK(whole_request);

constexpr const char* world_of_events = R"({
    "schema": {"schemaArn": "arn:aws:personalize:us-east-1:000000000000:schema/views", "schema":
        "{\"type\":\"record\",\"name\":\"Interactions\",\"fields\":[{\"name\":\"USER_ID\",\"type\":\"string\"},
         {\"name\":\"ITEM_ID\",\"type\":\"string\"},{\"name\":\"TIMESTAMP\",\"type\":\"long\"}]}"},
    "datasetGroup": {"datasetGroupArn": "arn:aws:personalize:us-east-1:000000000000:dataset-group/movies"},
    "dataset": {"datasetArn": "arn:aws:personalize:us-east-1:000000000000:dataset/movies/INTERACTIONS",
                "datasetGroupArn": "arn:aws:personalize:us-east-1:000000000000:dataset-group/movies",
                "datasetType": "INTERACTIONS", "schemaArn": "arn:aws:personalize:us-east-1:000000000000:schema/views"},
    "eventTracker": {"eventTrackerArn": "arn:aws:personalize:us-east-1:000000000000:event-tracker/1a2b3c4d",
                     "trackingId": "movies",
                     "datasetGroupArn": "arn:aws:personalize:us-east-1:000000000000:dataset-group/movies"}})";

void put_one_event(benchmark::State& state) {
    plocal::base::Log log(plocal::base::Level::off, plocal::base::Format::text);
    plocal::storage::Store store(":memory:");
    plocal::world::WorldConfig config;
    std::string world = world_of_events;
    std::erase(world, '\n');
    config.documents.emplace_back("world.json", std::move(world));
    plocal::engine::Engine engine(std::move(config), store, log);
    std::int64_t second = 0;
    for (auto _ : state) {
        const std::string body =
            R"({"trackingId":"movies","userId":"u","sessionId":"s","eventList":[{"eventType":"watch",)"
            R"("itemId":"a","sentAt":)" +
            std::to_string(++second) + "}]}";
        Request request{.method = "POST", .target = "/events", .headers = {}, .body = body};
        request.headers = {{"host", "127.0.0.1:7377"}, {"content-type", "application/json"}};
        benchmark::DoNotOptimize(engine.answer(request));
    }
}
BENCHMARK(put_one_event);

}  // namespace
