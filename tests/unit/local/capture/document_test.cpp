#include "server/local/capture/document.h"

#include <map>
#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/local/capture/arns.h"

namespace plocal::capture {
namespace {

using base::Json;
using testing::ElementsAre;
using testing::IsEmpty;

std::map<std::string, FoundResource> found(const std::string& kind_name, const std::string& type_and_id, Json members,
                                           Json tags = Json::array(), Json hidden = nullptr) {
    const resources::Kind& kind = resources::kind_named(kind_name);
    Json all = {{std::string(kind.arn_member), arn(type_and_id)}};
    all.update(members);
    std::map<std::string, FoundResource> resources;
    resources[arn(type_and_id)] = {
        .kind = &kind, .members = all, .tags = std::move(tags), .hidden = std::move(hidden), .absent = {}};
    return resources;
}

Json filter_named(const std::string& name, double created) {
    return {{"name", name}, {"status", "ACTIVE"}, {"creationDateTime", created}, {"lastUpdatedDateTime", created}};
}

TEST(CapturedDocument, HasAResourceALineByKindAndCreation) {
    Document document;
    document.add(found("filter", "filter/b", filter_named("b", 1620828853.579)), "");
    document.add(found("filter", "filter/c", filter_named("c", 1620828853.579)), "");
    document.add(found("filter", "filter/a", filter_named("a", 1620828854)), "");
    document.add(found("schema", "schema/s", {{"schema", "{}"}}), "");
    const auto line = [](const std::string& name, const std::string& date) {
        return "  {\"filterArn\":\"" + arn("filter/" + name) + "\",\"name\":\"" + name +
               "\",\"status\":\"ACTIVE\",\"creationDateTime\":\"" + date + "\",\"lastUpdatedDateTime\":\"" + date +
               "\"}";
    };
    EXPECT_EQ(document.text(), "{\n\"schemas\": [\n  {\"schemaArn\":\"" + arn("schema/s") +
                                   "\",\"schema\":\"{}\"}],\n\"filters\": [\n" + line("b", "2021-05-12T14:14:13.579Z") +
                                   ",\n" + line("c", "2021-05-12T14:14:13.579Z") + ",\n" +
                                   line("a", "2021-05-12T14:14:14Z") + "]\n}\n");
    EXPECT_EQ(document.size(), 4U);
    EXPECT_EQ(Document().text(), "{\n}\n");
}

TEST(CapturedDocument, HasResourcesOfOneMomentInTheOrderOfTheirList) {
    Document document;
    for (const auto& [name, place] : {std::pair("a", 1), {"b", 2}, {"c", 0}}) {
        auto resources = found("filter", std::string("filter/") + name, filter_named(name, 1));
        resources.begin()->second.place = place;
        document.add(std::move(resources), "");
    }
    EXPECT_EQ(document.arn_at("/filters/0"), arn("filter/b"));
    EXPECT_EQ(document.arn_at("/filters/1"), arn("filter/a"));
    EXPECT_EQ(document.arn_at("/filters/2"), arn("filter/c"));
}

TEST(CapturedDocument, KeepsBesideAResourceWhatDescribeDoesNotShow) {
    const Json tags = {{{"tagKey", "team"}, {"tagValue", "films"}}};
    const Json metrics = {{{"eventType", "watch"}, {"metricName", "m"}, {"expression", "SAMPLECOUNT()"}}};
    auto resources = found("metricAttribution", "metric-attribution/m", Json::object(), tags, metrics);
    resources.begin()->second.absent = {arn("dataset-group/gone")};
    Document document;
    document.add(std::move(resources), "");
    EXPECT_EQ(base::parse_json(document.text())["metricAttributions"][0]["_local"],
              (Json{{"metrics", metrics}, {"tags", tags}, {"absent", {arn("dataset-group/gone")}}}));
}

TEST(CapturedDocument, LeavesOutNullsAndMembersThatFixturesDoNotHave) {
    Document document;
    document.add(
        found("dataset", "dataset/g/ITEMS",
              {{"newMember", 1},
               {"name", nullptr},
               {"latestDatasetUpdate", {{"status", "ACTIVE"}, {"creationDateTime", 1620828854}, {"more", 2}}}}),
        "");
    EXPECT_EQ(base::parse_json(document.text())["datasets"][0],
              (Json{{"datasetArn", arn("dataset/g/ITEMS")},
                    {"latestDatasetUpdate", {{"status", "ACTIVE"}, {"creationDateTime", "2021-05-12T14:14:14Z"}}}}));
    EXPECT_THAT(document.unknown_members(), ElementsAre("dataset.latestDatasetUpdate.more", "dataset.newMember"));
}

TEST(CapturedDocument, KeepsTheNamesInMapsAndTheirTexts) {
    const Json parameters = {{"hidden_dimension", "64"}, {"not_known", "creationDateTime"}};
    Document document;
    document.add(found("solution", "solution/s", {{"solutionConfig", {{"algorithmHyperParameters", parameters}}}}), "");
    EXPECT_EQ(base::parse_json(document.text())["solutions"][0]["solutionConfig"]["algorithmHyperParameters"],
              parameters);
    EXPECT_THAT(document.unknown_members(), IsEmpty());
}

TEST(CapturedDocument, NamesAnotherAccountInAllThatTheAccountOwns) {
    auto resources =
        found("batchInferenceJob", "batch-inference-job/j",
              {{"solutionVersionArn", arn("solution/s/1")},
               {"roleArn", "arn:aws:iam::123456789012:role/personalize"},
               {"failureReason", "no access for arn:aws:iam::123456789012:role/personalize"},
               {"jobOutput",
                {{"s3DataDestination",
                  {{"path", "s3://films/out/"}, {"kmsKeyArn", "arn:aws:kms:us-east-1:123456789012:key/9"}}}}}});
    resources.begin()->second.absent = {arn("solution/s/1")};
    Document document;
    document.add(std::move(resources), "000000000000");
    EXPECT_EQ(document.text().find("123456789012"), std::string::npos) << document.text();
    EXPECT_EQ(base::parse_json(document.text())["batchInferenceJobs"][0]["_local"]["absent"][0],
              "arn:aws:personalize:us-east-1:000000000000:solution/s/1");
}

TEST(CapturedDocument, FindsAResourceByItsPlaceAndRemovesIt) {
    Document document;
    document.add(found("filter", "filter/a", filter_named("a", 1)), "");
    document.add(found("filter", "filter/b", filter_named("b", 2)), "");
    EXPECT_EQ(document.arn_at("/filters/1/status"), arn("filter/b"));
    EXPECT_EQ(document.arn_at("/filters/0"), arn("filter/a"));
    for (const char* const pointer :
         {"", "/", "/filters", "/filters/2/status", "/filters/x", "/solutions/0", "/no/0"}) {
        EXPECT_EQ(document.arn_at(pointer), "") << pointer;
    }
    document.remove({{arn("filter/a"), "why"}, {arn("filter/none"), "why"}});
    EXPECT_EQ(document.size(), 1U);
    EXPECT_EQ(document.arn_at("/filters/0"), arn("filter/b"));
}

}  // namespace
}  // namespace plocal::capture
