#include "tests/bench/jobs.h"

#include <string_view>
#include <vector>

#include "server/base/iso8601.h"
#include "server/base/json.h"
#include "server/local/snapshot/document_set.h"
#include "server/service/operations/registry.h"
#include "server/service/resources/life.h"

namespace plocal::bench {
namespace {

constexpr std::string_view account = "arn:aws:personalize:us-east-1:000000000000:";

}  // namespace

std::string job_arn(int number) {
    return std::string(account).append("batch-inference-job/job-").append(std::to_string(number));
}

std::string describe_body(int number) {
    return R"({"batchInferenceJobArn":")" + job_arn(number) + R"("})";
}

void fill(storage::Store& store, int count) {
    const auto now = *base::parse_iso8601("2026-01-31T12:00:00.123Z");
    lifecycle::Clocks clocks(lifecycle::Clock::frozen(now));
    lifecycle::ClockReadings readings(clocks);
    const base::Json job = {{"batchInferenceJobArn", job_arn(0)},
                            {"filterArn", std::string(account) + "filter/comedies"},
                            {"solutionVersionArn", std::string(account) + "solution/movies/0a1b2c3d"},
                            {"numResults", 25},
                            {"jobInput", {{"s3DataSource", {{"path", "s3://movies-example/input/users.json"}}}}},
                            {"jobOutput", {{"s3DataDestination", {{"path", "s3://movies-example/output/"}}}}},
                            {"batchInferenceJobConfig", {{"itemExplorationConfig", {{"explorationWeight", "0.3"}}}}},
                            {"roleArn", "arn:aws:iam::000000000000:role/personalize"},
                            {"batchInferenceJobMode", "BATCH_INFERENCE"},
                            {"status", "ACTIVE"}};
    const snapshot::Document fixture("bench", base::Json{{"batchInferenceJob", job}}.dump());
    const lifecycle::PlanOverrides plans({});
    std::vector<snapshot::Fixture> fixtures;
    snapshot::DocumentSet({fixture}, {}).reader({plans, readings}).next(fixtures);
    storage::Record record = fixtures.at(0).record;
    const std::string document = record.document;
    const std::size_t name_at = document.find("job-0");
    const resources::LifeRules rules{operations::hooks(), 0};
    storage::sqlite::Transaction transaction = store.begin();
    for (int i = 0; i < count; ++i) {
        const std::string name = "job-" + std::to_string(i);
        record.arn = job_arn(i);
        record.name = name;
        record.document = document;
        // The name occurs twice: by itself and at the end of the ARN.
        record.document.replace(record.document.rfind("job-0"), 5, name).replace(name_at, 5, name);
        resources::insert_life(store, rules, record, {}, now);
    }
    transaction.commit();
}

}  // namespace plocal::bench
