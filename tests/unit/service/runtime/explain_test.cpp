#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/service/runtime/shop.h"

namespace plocal::runtime {
namespace {

class ExplainedAnswers : public testing::Test {
protected:
    ExplainedAnswers() {
        Json document = film_document();
        add_campaign(document, "popular", "aws-popularity-count");
        add_campaign(document, "sims", "aws-sims");
        add_campaign(document, "ranking", "aws-personalized-ranking");
        add_recommender(document, "top", "aws-vod-top-picks");
        add_filter(document, "drama", "INCLUDE ItemID WHERE Items.GENRES IN (\"Drama\")");
        world.load(document);
    }

    Answer explain(std::string_view operation, Json input, Json ids = Json::array()) {
        const std::string body =
            Json{{"operation", operation}, {"input", std::move(input)}, {"itemIds", std::move(ids)}}.dump();
        return world.send({.method = "POST", .target = "/_local/explain", .headers = {}, .body = body});
    }

    Answer explain_popular(Json more, Json ids) {
        Json input = {{"campaignArn", arn("campaign/popular")}, {"userId", "x"}};
        input.update(more);
        return explain("GetRecommendations", input, std::move(ids));
    }

    World world;
};

TEST_F(ExplainedAnswers, NameModelRecipeAndPlaces) {
    const Answer answer = explain_popular({{"numResults", 2}}, {"d", "zz", "a"});
    ASSERT_EQ(answer.status, 200) << answer.text;
    EXPECT_EQ(answer.body["operation"], "GetRecommendations");
    EXPECT_EQ(answer.body["recipe"], "aws-popularity-count");
    EXPECT_EQ(answer.body["rule"], nullptr);
    EXPECT_EQ(answer.body["model"]["solutionVersionArn"], arn("solution/popular/1"));
    EXPECT_EQ(answer.body["model"]["interactions"], 10);
    const Json& items = answer.body["items"];
    ASSERT_EQ(items.size(), 4u) << "what is answered is not listed again";
    EXPECT_EQ(items[1].dump(), R"({"itemId":"b","score":null,"rank":2,"place":2,"promotion":null,"outBy":null})");
    EXPECT_EQ(items[2]["rank"], 4);
    EXPECT_EQ(items[2]["place"], nullptr);
    EXPECT_EQ(items[2]["outBy"]["what"], "numResults");
    EXPECT_EQ(items[3]["rank"], nullptr);
    EXPECT_EQ(items[3]["outBy"]["what"], "unknown");
}

TEST_F(ExplainedAnswers, NameTheFilterThatDecided) {
    const Answer answer = explain_popular({{"filterArn", arn("filter/drama")}}, {"c"});
    const Json& out_by = answer.body["items"].back()["outBy"];
    EXPECT_EQ(out_by["what"], "filter");
    EXPECT_EQ(out_by["filterArn"], arn("filter/drama"));
    EXPECT_EQ(out_by["expression"], "INCLUDE ItemID WHERE Items.GENRES IN (\"Drama\")");
    EXPECT_THAT(out_by["because"].get<std::string>(), testing::HasSubstr("Horror"));
}

TEST_F(ExplainedAnswers, NameWhatARecipeLeavesOut) {
    const Answer sims = explain("GetRecommendations", {{"campaignArn", arn("campaign/sims")}, {"itemId", "a"}}, {"a"});
    EXPECT_EQ(sims.body["items"].back()["outBy"]["what"], "recipe");
    const Answer top =
        explain("GetRecommendations", {{"recommenderArn", arn("recommender/top")}, {"userId", "ann"}}, {"a"});
    EXPECT_EQ(top.body["items"].back()["outBy"]["what"], "recipe");
    EXPECT_EQ(top.body["items"].back()["rank"], 1);
    EXPECT_TRUE(top.body["model"].contains("recommenderArn"));
}

TEST_F(ExplainedAnswers, GiveTheErrorThatTheRequestWouldGet) {
    const Answer answer = explain("GetRecommendations", {{"campaignArn", arn("campaign/popular")}});
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.text,
              R"({"error":"The given campaign or recommender requires userId.","name":"InvalidInputException"})");
    EXPECT_EQ(explain_popular({{"filterArn", arn("filter/none")}}, Json::array()).status, 404);
    EXPECT_EQ(explain_popular({{"numResults", -1}}, Json::array()).body["name"], "ValidationException");
    EXPECT_EQ(explain("PutEvents", Json::object()).status, 400);
}

TEST_F(ExplainedAnswers, FollowRulesWithoutUsingThemUp) {
    world.load({{"rules",
                 {{{"id", "once"},
                   {"match", {{"operation", "GetRecommendations"}}},
                   {"times", 1},
                   {"candidates", {"c", "a"}}}}}});
    const Answer answer = explain_popular(Json::object(), {"b"});
    EXPECT_EQ(answer.body["rule"], "once");
    EXPECT_EQ(answer.body["model"], nullptr);
    EXPECT_EQ(answer.body["items"][0]["itemId"], "c");
    EXPECT_EQ(answer.body["items"][2]["outBy"]["because"], "the rule does not name it");
    EXPECT_EQ(ids(recommend(world, "popular", {{"userId", "x"}})), "c a") << "the rule is still there";
    EXPECT_EQ(ids(recommend(world, "popular", {{"userId", "x"}})), "a b c d e");
}

TEST_F(ExplainedAnswers, FollowAnErrorOfARule) {
    world.load({{"rules",
                 {{{"match", {{"operation", "GetRecommendations"}}},
                   {"error", {{"type", "ThrottlingException"}, {"message", "Rate exceeded"}, {"status", 429}}}}}}});
    const Answer answer = explain_popular(Json::object(), Json::array());
    EXPECT_EQ(answer.status, 429);
    EXPECT_EQ(answer.text, R"({"error":"Rate exceeded","name":"ThrottlingException"})");
}

TEST_F(ExplainedAnswers, AreNoRequests) {
    ASSERT_EQ(explain_popular(Json::object(), Json::array()).status, 200);
    EXPECT_EQ(world.send({.method = "GET", .target = "/_local/requests"}).body["requests"].size(), 0u);
}

/// Every item of an answer is explained at its place, with its score; every other one has a reason.
TEST_F(ExplainedAnswers, AgreeWithTheAnswers) {
    const Json everything = {"a", "b", "c", "d", "e", "zz"};
    const Json options[] = {Json::object(),
                            {{"numResults", 2}},
                            {{"filterArn", arn("filter/drama")}},
                            {{"numResults", 1}, {"filterArn", arn("filter/drama")}}};
    for (const char* const source : {"campaign/popular", "campaign/sims", "recommender/top"}) {
        for (const Json& option : options) {
            for (const char* const user : {"ann", "bob", "nobody"}) {
                const bool is_campaign = std::string_view(source).starts_with("campaign");
                Json input = {
                    {is_campaign ? "campaignArn" : "recommenderArn", arn(source)}, {"userId", user}, {"itemId", "b"}};
                input.update(option);
                const Answer answer = ask(world, "/recommendations", input);
                const Answer why = explain("GetRecommendations", input, everything);
                ASSERT_EQ(answer.status, 200) << answer.text;
                const Json& answered = answer.body["itemList"];
                const Json& items = why.body["items"];
                ASSERT_EQ(items.size(), everything.size()) << why.text;
                for (std::size_t i = 0; i < items.size(); ++i) {
                    if (i >= answered.size()) {
                        EXPECT_TRUE(items[i]["place"].is_null() && items[i]["outBy"].is_object()) << why.text;
                        continue;
                    }
                    EXPECT_EQ(items[i]["itemId"], answered[i]["itemId"]) << why.text;
                    EXPECT_EQ(items[i]["place"], i + 1);
                    EXPECT_EQ(items[i]["score"], answered[i].value("score", Json()));
                }
            }
        }
    }
}

TEST_F(ExplainedAnswers, CoverRankings) {
    const Json input = {{"campaignArn", arn("campaign/ranking")},
                        {"userId", "ann"},
                        {"inputList", {"c", "zz", "a"}},
                        {"filterArn", arn("filter/drama")}};
    const Answer answer = explain("GetPersonalizedRanking", input, {"c", "b"});
    ASSERT_EQ(answer.status, 200) << answer.text;
    EXPECT_EQ(answer.body["items"][0]["itemId"], "a");
    EXPECT_EQ(answer.body["items"][1]["outBy"]["what"], "filter");
    EXPECT_EQ(answer.body["items"][1]["rank"], 2);
    EXPECT_EQ(answer.body["items"][2]["outBy"]["what"], "unknown");
}

}  // namespace
}  // namespace plocal::runtime
