#include "server/local/telemetry/metrics.h"

#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/base/text.h"

namespace plocal::telemetry {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Metrics metrics() {
    return Metrics({{"AmazonPersonalize", {"CreateSchema", "ListSchemas"}}, {"AmazonPersonalizeRuntime", {"GetX"}}});
}

/// The lines with this beginning, in order.
std::vector<std::string> lines_of(const std::string& text, const std::string& config) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        if (line.starts_with(config)) lines.push_back(line);
    }
    return lines;
}

TEST(Metrics, CountRequestsByServiceOperationAndResult) {
    Metrics held = metrics();
    held.record("AmazonPersonalize", "ListSchemas", "", 1ms);
    held.record("AmazonPersonalize", "ListSchemas", "", 1ms);
    held.record("AmazonPersonalize", "ListSchemas", "ValidationException", 1ms);
    held.record("AmazonPersonalizeRuntime", "GetX", "", 1ms);
    EXPECT_THAT(
        lines_of(held.text({}), "personalize_local_requests_total"),
        ElementsAre(
            R"(personalize_local_requests_total{service="AmazonPersonalize",operation="ListSchemas",result="OK"} 2)",
            R"(personalize_local_requests_total{service="AmazonPersonalize",operation="ListSchemas",result="ValidationException"} 1)",
            R"(personalize_local_requests_total{service="AmazonPersonalizeRuntime",operation="GetX",result="OK"} 1)"));
}

TEST(Metrics, CountJobsAndWhatTheyHaveReadOrWritten) {
    Metrics held = metrics();
    held.record_job("import", false, {.bytes = 100, .lines = 10});
    held.record_job("import", true, {.bytes = 5, .lines = 1});
    EXPECT_THAT(lines_of(held.text({}), "personalize_local_job"),
                ElementsAre(R"(personalize_local_jobs_total{what="import",result="done"} 1)",
                            R"(personalize_local_jobs_total{what="import",result="failed"} 1)",
                            R"(personalize_local_job_bytes_total{what="import"} 105)",
                            R"(personalize_local_job_lines_total{what="import"} 11)"));
}

TEST(Metrics, CountUnknownNamesAsUnknown) {
    Metrics held = metrics();
    for (int i = 0; i < 500; ++i) {
        const std::string n = std::to_string(i);
        held.record("AmazonPersonalize", "Made" + n, "", 1ms);
        held.record("Amazon" + n, "ListSchemas", "", 1ms);
    }
    EXPECT_THAT(
        lines_of(held.text({}), "personalize_local_requests_total"),
        ElementsAre(
            R"(personalize_local_requests_total{service="AmazonPersonalize",operation="unknown",result="OK"} 500)",
            R"(personalize_local_requests_total{service="unknown",operation="unknown",result="OK"} 500)"));
}

TEST(Metrics, BoundTheNamesOfErrors) {
    Metrics held = metrics();
    for (int i = 0; i < 500; ++i) held.record("AmazonPersonalize", "ListSchemas", "E" + std::to_string(i), 1ms);
    const std::string text = held.text({});
    EXPECT_EQ(lines_of(text, "personalize_local_requests_total").size(), 101u);
    EXPECT_THAT(text, HasSubstr(R"(result="other"} 400)"));
}

TEST(Metrics, CountDurationsInBuckets) {
    const struct {
        std::chrono::nanoseconds duration;
        const char* smallest;  // bucket that counts it
    } cases[] = {
        {0ns, "0.0001"}, {100us, "0.0001"}, {100'001ns, "0.00025"}, {1ms, "0.001"},
        {3s, "5"},       {10s, "10"},       {10'001ms, "+Inf"},     {1h, "+Inf"},
    };
    for (const auto& one : cases) {
        Metrics held = metrics();
        held.record("AmazonPersonalize", "ListSchemas", "", one.duration);
        bool is_counted = false;
        for (const std::string& line : lines_of(held.text({}), "personalize_local_request_duration_seconds_bucket")) {
            is_counted = is_counted || line.find("le=\"" + std::string(one.smallest) + "\"") != std::string::npos;
            EXPECT_TRUE(line.ends_with(is_counted ? "} 1" : "} 0")) << one.duration.count() << "ns: " << line;
        }
    }
}

TEST(Metrics, SumDurationsExactly) {
    Metrics held = metrics();
    held.record("AmazonPersonalize", "ListSchemas", "", 1'500ms);
    held.record("AmazonPersonalize", "ListSchemas", "X", 7ns);
    const std::string text = held.text({});
    EXPECT_THAT(text, HasSubstr("\npersonalize_local_request_duration_seconds_sum 1.500000007\n"));
    EXPECT_THAT(text, HasSubstr("\npersonalize_local_request_duration_seconds_count 2\n"));
    EXPECT_THAT(text, HasSubstr("\npersonalize_local_request_duration_seconds_bucket{le=\"+Inf\"} 2\n"));
}

TEST(Metrics, HaveTheGivenGauges) {
    const std::string text = metrics().text({.resources = {{"batchInferenceJob", "ACTIVE", 2},
                                                           {"batchInferenceJob", "PENDING", 1},
                                                           {"batchInferenceJob", "ACTIVE", 3},
                                                           {"odd\"\\\n", "", 1}},
                                             .rows = {{"items", 7}, {"users", 0}},
                                             .uptime = 61'250ms,
                                             .resident_bytes = 12'345});
    EXPECT_THAT(lines_of(text, "personalize_local_resources{"),
                ElementsAre(R"(personalize_local_resources{kind="batchInferenceJob",status="ACTIVE"} 5)",
                            R"(personalize_local_resources{kind="batchInferenceJob",status="PENDING"} 1)",
                            R"(personalize_local_resources{kind="odd\"\\\n",status=""} 1)"));
    EXPECT_THAT(lines_of(text, "personalize_local_rows{"),
                ElementsAre(R"(personalize_local_rows{kind="items"} 7)", R"(personalize_local_rows{kind="users"} 0)"));
    EXPECT_THAT(text, HasSubstr("\npersonalize_local_uptime_seconds 61.250000000\n"));
    EXPECT_THAT(text, HasSubstr("\nprocess_resident_memory_bytes 12345\n"));
    EXPECT_THAT(metrics().text({}), Not(HasSubstr("process_resident_memory_bytes")));
}

// The rules of `promtool check metrics`.
TEST(Metrics, AreWellFormed) {
    Metrics held = metrics();
    held.record("AmazonPersonalize", "ListSchemas", "", 1ms);
    held.record("AmazonPersonalize", "CreateSchema", "X", 1ms);
    held.record_job("import", false, {.bytes = 100, .lines = 10});
    std::set<std::string> helped;
    std::set<std::string> series;
    std::string metric;
    std::string type;
    std::istringstream stream(held.text({.resources = {{"schema", "", 1}}, .resident_bytes = 1}));
    for (std::string line; std::getline(stream, line);) {
        std::istringstream words(line);
        std::string hash, what;
        if (line.starts_with("# HELP ")) {
            words >> hash >> what >> metric;
            EXPECT_TRUE(helped.insert(metric).second) << line;
        } else if (line.starts_with("# TYPE ")) {
            std::string name;
            words >> hash >> what >> name >> type;
            EXPECT_EQ(name, metric);
            EXPECT_EQ(name.ends_with("_total"), type == "counter") << line;
        } else {
            const std::string name = line.substr(0, line.find_first_of("{ "));
            EXPECT_TRUE(type == "histogram" ? name.starts_with(metric + "_") : name == metric) << line;
            EXPECT_TRUE(series.insert(line.substr(0, line.rfind(' '))).second) << line;
            EXPECT_TRUE(base::is_digit(line[line.rfind(' ') + 1])) << line;
        }
    }
    EXPECT_EQ(helped.size(), 9u);
}

TEST(ResidentBytes, AreThoseOfThisProcess) {
    ASSERT_TRUE(resident_bytes());
    EXPECT_GT(*resident_bytes(), 1'000'000);
}

}  // namespace
}  // namespace plocal::telemetry
