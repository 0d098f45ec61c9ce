#include <chrono>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/deployment.h"

namespace plocal::operations {
namespace {

using namespace std::chrono_literals;
using base::Json;
using support::arn;
using support::Deployment;
using support::outcome;
using testing::ElementsAre;

Json metric(const std::string& name, const char* expression = "SAMPLECOUNT()") {
    return {{"eventType", "watch"}, {"metricName", name}, {"expression", expression}};
}

Json metrics_from(int first, int count) {
    Json metrics = Json::array();
    for (int i = first; i < first + count; ++i) metrics.push_back(metric("m" + std::to_string(i)));
    return metrics;
}

Json metrics_of_page(Deployment& world, const Json& more = Json::object()) {
    Json input = {{"metricAttributionArn", arn("metric-attribution/sales")}};
    input.update(more);
    return world.call("ListMetricAttributionMetrics", input).body;
}

std::vector<std::string> metric_names(Deployment& world) {
    std::vector<std::string> names;
    const Json page = metrics_of_page(world);
    for (const Json& each : page["metrics"]) names.push_back(each["metricName"]);
    return names;
}

TEST(UpdateMetricAttribution, AddsAndRemovesMetrics) {
    Deployment world;
    const std::string attribution = world.make("metricAttribution");
    EXPECT_THAT(metric_names(world), ElementsAre("watched", "sold"));
    const auto answer = world.call_on("Update", attribution,
                                      {{"addMetrics", Json::array({metric("liked", "SUM(Interactions.TIMESTAMP)")})},
                                       {"removeMetrics", Json::array({"watched"})}});
    EXPECT_EQ(answer.body, (Json{{"metricAttributionArn", attribution}}));
    EXPECT_THAT(metric_names(world), ElementsAre("sold", "liked"));
    EXPECT_EQ(metrics_of_page(world)["metrics"][1], metric("liked", "SUM(Interactions.TIMESTAMP)"));
    EXPECT_EQ(world.status(attribution), "ACTIVE");
}

// Fidelity: inferred | ListMetricAttributionMetrics needs the ARN that its model calls optional |
//   DG/API_ListMetricAttributionMetrics.html
TEST(ListMetricAttributionMetrics, NeedsTheArn) {
    Deployment world;
    for (const Json& input : {Json::object(), Json{{"metricAttributionArn", nullptr}}}) {
        EXPECT_EQ(world.call("ListMetricAttributionMetrics", input).status, 400) << input;
    }
}

TEST(UpdateMetricAttribution, ChangesTheOutput) {
    Deployment world;
    const std::string attribution = world.make("metricAttribution");
    const Json output = {{"roleArn", "arn:aws:iam::000000000000:role/other"},
                         {"s3DataDestination", {{"path", "s3://other/metrics/"}}}};
    world.advance(1min);
    const double before = world.described(attribution)["lastUpdatedDateTime"];
    EXPECT_EQ(outcome(world.call_on("Update", attribution, {{"metricsOutputConfig", output}})), "200");
    EXPECT_EQ(support::sorted(world.described(attribution)["metricsOutputConfig"]), support::sorted(output));
    EXPECT_NEAR(world.described(attribution)["lastUpdatedDateTime"], before + 60, 1e-3);
    EXPECT_THAT(metric_names(world), ElementsAre("watched", "sold"));
    Json elsewhere = output;
    elsewhere["s3DataDestination"]["path"] = "https://other/metrics/";
    EXPECT_EQ(outcome(world.call_on("Update", attribution, {{"metricsOutputConfig", elsewhere}})),
              "InvalidInputException: Invalid S3 output path");
}

TEST(UpdateMetricAttribution, CanReplaceAMetricOfTheSameName) {
    Deployment world;
    const std::string attribution = world.make("metricAttribution");
    const Json again = {{"removeMetrics", Json::array({"sold"})}, {"addMetrics", Json::array({metric("sold")})}};
    EXPECT_EQ(outcome(world.call_on("Update", attribution, again)), "200");
    EXPECT_EQ(metrics_of_page(world)["metrics"][1], metric("sold"));
}

// Fidelity: documented | A metric attribution has at most ten metrics | DG/API_CreateMetricAttribution.html
TEST(UpdateMetricAttribution, RefusesInvalidChanges) {
    const std::string too_many = "InvalidInputException: A metric attribution can have at most 10 metrics.";
    const struct {
        const char* name;
        Json change;
        std::string expected;
    } cases[] = {
        {"up to ten", {{"addMetrics", metrics_from(0, 8)}}, "200"},
        {"an eleventh", {{"addMetrics", metrics_from(0, 9)}}, too_many},
        {"a tenth in place of another",
         {{"addMetrics", metrics_from(0, 9)}, {"removeMetrics", Json::array({"sold"})}},
         "200"},
        {"a name that is there",
         {{"addMetrics", Json::array({metric("sold")})}},
         "InvalidInputException: Duplicate metric name: sold"},
        {"a name twice",
         {{"addMetrics", Json::array({metric("a"), metric("a")})}},
         "InvalidInputException: Duplicate metric name: a"},
        {"one that is not there",
         {{"removeMetrics", Json::array({"a"})}},
         "InvalidInputException: The given metric does not exist: a"},
        {"a column of texts",
         {{"addMetrics", Json::array({metric("a", "SUM(Interactions.ITEM_ID)")})}},
         "InvalidInputException: The column ITEM_ID in the metric expression is not a numeric column of " +
             arn("dataset/movies/INTERACTIONS")},
        {"no metric",
         {{"addMetrics", Json::array({metric("a", "MAX(Items.PRICE)")})}},
         "InvalidInputException: Invalid metric expression at character 1: expected SUM or SAMPLECOUNT, found 'MAX'."},
    };
    for (const auto& one : cases) {
        Deployment world;
        const std::string attribution = world.make("metricAttribution");
        const Json before = metrics_of_page(world);
        EXPECT_EQ(outcome(world.call_on("Update", attribution, one.change)), one.expected) << one.name;
        if (one.expected != "200") {
            EXPECT_EQ(metrics_of_page(world), before) << one.name;
        }
    }
}

TEST(UpdateMetricAttribution, NeedsAnActiveAttribution) {
    Deployment world;
    const std::string attribution = world.make("metricAttribution");
    const Json change = {{"removeMetrics", Json::array({"sold"})}};
    EXPECT_EQ(world.call_on("Update", attribution + "x", change).error(), "ResourceNotFoundException");
    EXPECT_EQ(world.call("UpdateMetricAttribution", change).error(), "InvalidInputException");
    for (const auto& [status, error] :
         {std::pair("CREATE PENDING", "ResourceInUseException"), std::pair("DELETE PENDING", "ResourceInUseException"),
          std::pair("CREATE FAILED", "InvalidInputException")}) {
        world.force(attribution, status);
        EXPECT_EQ(world.call_on("Update", attribution, change).error(), error) << status;
    }
}

TEST(CreateMetricAttribution, ChecksItsMetricsAndItsOutput) {
    Deployment world;
    const auto create = [&](const char* member, const Json& value) {
        return outcome(world.create("metricAttribution", {{member, value}}));
    };
    EXPECT_EQ(create("metrics", Json::array({metric("a"), metric("a")})),
              "InvalidInputException: Duplicate metric name: a");
    EXPECT_EQ(create("metrics", Json::array({metric("a", "SUM(Users.AGE)")})),
              "InvalidInputException: Invalid metric expression at character 5: expected Items or Interactions, found "
              "'Users'.");
    EXPECT_EQ(create("metrics", metrics_from(0, 11)).substr(0, 20), "ValidationException:");
    EXPECT_EQ(create("metricsOutputConfig",
                     {{"roleArn", "arn:aws:iam::000000000000:role/r"}, {"s3DataDestination", {{"path", "s3://B"}}}}),
              "InvalidInputException: Invalid S3 output path");
    EXPECT_EQ(create("metrics", metrics_from(0, 10)), "200");
}

TEST(ListMetricAttributionMetrics, ReturnsPages) {
    Deployment world;
    const std::string attribution = world.created("metricAttribution", {{"metrics", metrics_from(0, 5)}});
    const Json first = metrics_of_page(world, {{"maxResults", 3}});
    EXPECT_EQ(first["metrics"], metrics_from(0, 3));
    const Json second = metrics_of_page(world, {{"maxResults", 3}, {"nextToken", first["nextToken"]}});
    EXPECT_EQ(second, (Json{{"metrics", metrics_from(3, 2)}}));
    EXPECT_EQ(world.call("ListMetricAttributionMetrics", {{"metricAttributionArn", attribution + "x"}}).error(),
              "InvalidInputException");
    EXPECT_EQ(world.call("ListMetricAttributionMetrics", {{"nextToken", "no"}, {"metricAttributionArn", attribution}})
                  .error(),
              "InvalidNextTokenException");
}

}  // namespace
}  // namespace plocal::operations
