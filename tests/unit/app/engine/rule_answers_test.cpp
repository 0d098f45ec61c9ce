#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/world.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::engine {
namespace {

using base::Json;
using support::Answer;
using support::arn;
using support::create_input;
using support::load_solution_version;
using support::World;

/// Answers that rules give or change, as clients see them.
class RuleAnswers : public testing::Test {
protected:
    void add_rule(const char* rule) {
        const Answer answer = post("/_local/rules", rule);
        ASSERT_EQ(answer.status, 200) << answer.text;
    }

    Answer post(std::string_view target, std::string_view body) {
        return world.send({.method = "POST", .target = target, .headers = {}, .body = body});
    }

    Answer recommend(std::string_view input = R"({"campaignArn":"no ARN"})") { return post("/recommendations", input); }

    Json get(std::string_view target) { return world.send({.method = "GET", .target = target}).body; }

    World world;
};

TEST_F(RuleAnswers, AreGivenWhetherOrNotTheResourceExists) {
    add_rule(R"({"id": "mine", "match": {"operation": "DescribeSchema"}, "output": {"schema": {"name": "films"}}})");
    const Answer answer = world.call("DescribeSchema", {{"schemaArn", arn("schema/absent")}});
    EXPECT_EQ(answer.text, R"({"schema":{"name":"films"}})");
    EXPECT_EQ(answer.header("x-personalize-local-why"), "rule mine fired (ruled)");
}

TEST_F(RuleAnswers, AreGivenBeforeTheInputIsValidated) {
    add_rule(R"({"match": {"operation": "DescribeSchema"}, "output": {}})");
    EXPECT_EQ(world.call("DescribeSchema", {{"schemaArn", 7}}).text, "{}");
}

TEST_F(RuleAnswers, TakeThePlaceOfTheOperation) {
    load_solution_version(world);
    add_rule(R"({"match": {"operation": "CreateBatchInferenceJob"}, "output": {"batchInferenceJobArn": "a"}})");
    EXPECT_EQ(world.call("CreateBatchInferenceJob", create_input("one")).text, R"({"batchInferenceJobArn":"a"})");
    EXPECT_EQ(world.call("ListBatchInferenceJobs", Json::object()).text, R"({"batchInferenceJobs":[]})");
}

TEST_F(RuleAnswers, ChangeFromCallToCall) {
    add_rule(R"({"rules": [
        {"match": {"operation": "GetRecommendations"}, "times": 1, "output": {"itemList": [{"itemId": "a"}]}},
        {"match": {"operation": "GetRecommendations"}, "times": 1, "output": {"itemList": [{"itemId": "b"}]}}]})");
    EXPECT_EQ(recommend().body["itemList"][0]["itemId"], "a");
    EXPECT_EQ(recommend().body["itemList"][0]["itemId"], "b");
    EXPECT_EQ(recommend().status, 400);
}

TEST_F(RuleAnswers, HaveTheFormOfTheRuntime) {
    add_rule(R"({"match": {"operation": "GetRecommendations"},
                 "output": {"recommendationId": "RID-1", "itemList": [{"score": 0.0002784, "itemId": "a"}]}})");
    const Answer answer = recommend();
    EXPECT_EQ(answer.text, R"({"itemList":[{"itemId":"a","score":2.784E-4}],"recommendationId":"RID-1"})");
    EXPECT_EQ(answer.header("content-type"), "application/json");
}

TEST_F(RuleAnswers, HaveEachTheirOwnRecommendationId) {
    add_rule(R"({"match": {"operation": "GetRecommendations"}, "output": {"itemList": []}})");
    const std::string first = recommend().body["recommendationId"];
    const std::string second = recommend().body["recommendationId"];
    EXPECT_EQ(first.size(), 40u);
    EXPECT_NE(first, second);
    EXPECT_EQ(first.substr(29), second.substr(29)) << "one campaign";
}

TEST_F(RuleAnswers, AreEmptyForVoidOperations) {
    add_rule(R"({"match": {"operation": "PutEvents"}, "output": {}})");
    const Answer answer = post("/events", R"({"trackingId":"none"})");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.text, "");
}

TEST_F(RuleAnswers, AreMergedIntoThoseOfTheService) {
    load_solution_version(world);
    world.call("CreateBatchInferenceJob", create_input("one"));
    const Json job = {{"batchInferenceJobArn", arn("batch-inference-job/one")}};
    const Json before = world.call("DescribeBatchInferenceJob", job).body["batchInferenceJob"];
    add_rule(R"({"id": "mine", "match": {"operation": "DescribeBatchInferenceJob"},
                 "merge": {"batchInferenceJob": {"status": "ACTIVE", "roleArn": null,
                                                 "lastUpdatedDateTime": "2030-01-01T00:00:00Z"}}})");
    const Answer answer = world.call("DescribeBatchInferenceJob", job);
    Json expected = before;
    expected["status"] = "ACTIVE";
    expected["lastUpdatedDateTime"] = 1893456000.0;
    expected.erase("roleArn");
    EXPECT_EQ(answer.body["batchInferenceJob"], expected);
    EXPECT_EQ(answer.header("x-personalize-local-why"), "rule mine fired (ruled)");
}

TEST_F(RuleAnswers, ChangeNoRefusal) {
    add_rule(R"({"match": {"operation": "DescribeSchema"}, "merge": {"schema": {"name": "films"}}})");
    const Answer answer = world.call("DescribeSchema", {{"schemaArn", arn("schema/absent")}});
    EXPECT_EQ(answer.error(), "ResourceNotFoundException");
}

TEST_F(RuleAnswers, KeepTheMembersThatAreNotMerged) {
    for (const char* const operation : {"ListRecipes", "DescribeRecipe"}) {
        const Json input = operation == std::string("DescribeRecipe")
                               ? Json({{"recipeArn", "arn:aws:personalize:::recipe/aws-user-personalization"}})
                               : Json::object();
        const std::string before = world.call(operation, input).text;
        add_rule((R"({"match": {"operation": ")" + std::string(operation) + R"("}, "merge": {}})").c_str());
        EXPECT_EQ(world.call(operation, input).text, before);
    }
}

TEST_F(RuleAnswers, AreInTheJournalWithTheirRule) {
    add_rule(R"({"id": "mine", "match": {"operation": "GetRecommendations"},
                 "output": {"itemList": [], "recommendationId": "RID-1"}})");
    recommend();
    const Json entry = get("/_local/requests")["requests"][0];
    EXPECT_EQ(entry["rule"], "mine");
    EXPECT_EQ(entry["output"], Json::parse(R"({"itemList": [], "recommendationId": "RID-1"})"));
    EXPECT_FALSE(entry.contains("error"));
}

TEST_F(RuleAnswers, GoWithASnapshot) {
    add_rule(R"({"match": {"operation": "GetRecommendations"}, "output": {"itemList": [{"itemId": "a"}]}})");
    const Json snapshot = get("/_local/state");
    post("/_local/reset", "");
    EXPECT_EQ(recommend().status, 400);
    world.load(snapshot);
    EXPECT_EQ(recommend().body["itemList"][0]["itemId"], "a");
    EXPECT_EQ(get("/_local/rules")["rules"][0]["output"], Json::parse(R"({"itemList": [{"itemId": "a"}]})"));
}

TEST(RuleAnswersInADatabase, OutliveARestart) {
    const storage::TemporaryFolder folder;
    const std::string database = folder.file("world.db");
    const std::string_view input = "{}";
    const protocol::Request request{.method = "POST", .target = "/recommendations", .headers = {}, .body = input};
    {
        World world({}, database);
        world.load(Json::parse(R"({"rules": [{"match": {"operation": "GetRecommendations"}, "times": 3,
                                              "output": {"itemList": [{"itemId": "a"}]}}]})"));
        EXPECT_EQ(world.send(request).status, 200);
    }
    World world({}, database);
    EXPECT_EQ(world.send(request).body["itemList"][0]["itemId"], "a");
    EXPECT_EQ(world.send(request).status, 200);
    EXPECT_EQ(world.send(request).status, 400) << "one of three was given before the restart";
}

}  // namespace
}  // namespace plocal::engine
