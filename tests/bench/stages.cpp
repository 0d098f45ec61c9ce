// Measures each stage of a DescribeBatchInferenceJob, and all of them together.
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

}  // namespace
