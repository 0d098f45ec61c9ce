#include <gtest/gtest.h>

#include "tests/unit/service/runtime/shop.h"

namespace plocal::runtime {
namespace {

/// What a rule declares takes the place of a model.
class DeclaredCandidates : public testing::Test {
protected:
    DeclaredCandidates() {
        Json document = film_document();
        add_campaign(document, "personal", "aws-user-personalization");
        add_campaign(document, "popular", "aws-popularity-count");
        add_campaign(document, "ranking", "aws-personalized-ranking");
        add_filter(document, "drama", "INCLUDE ItemID WHERE Items.GENRES IN (\"Drama\")");
        world.load(document);
    }

    void declare(std::string_view operation, Json candidates) {
        world.load({{"rules", {{{"match", {{"operation", operation}}}, {"candidates", std::move(candidates)}}}}});
    }

    World world;
};

TEST_F(DeclaredCandidates, AreAllThatIsAnswered) {
    declare("GetRecommendations", {"c", "new", "a"});
    const Answer answer = recommend(world, "personal", {{"userId", "ann"}});
    EXPECT_EQ(ids(answer), "c new a");
    double sum = 0;
    for (const Json& item : answer.body["itemList"]) sum += item["score"].get<double>();
    EXPECT_NEAR(sum, 1, 1e-6);
    EXPECT_EQ(answer.header("x-personalize-local-why"), "rule rule-1 fired (ruled)");
}

TEST_F(DeclaredCandidates, PassFiltersAndNumResults) {
    declare("GetRecommendations", {"c", "b", "new", "a"});
    EXPECT_EQ(ids(recommend(world, "personal", {{"userId", "ann"}, {"filterArn", arn("filter/drama")}})), "b a");
    EXPECT_EQ(ids(recommend(world, "personal", {{"userId", "ann"}, {"numResults", 2}})), "c b");
    EXPECT_EQ(recommend(world, "personal", Json::object()).status, 400) << "userId is still required";
}

TEST_F(DeclaredCandidates, ShowTheScoresThatAreSaid) {
    declare("GetRecommendations", {{{"itemId", "a"}, {"score", 0.4}}, "b"});
    const Json said = recommend(world, "personal", {{"userId", "ann"}}).body["itemList"];
    EXPECT_EQ(said, Json({{{"itemId", "a"}, {"score", 0.4}}, {{"itemId", "b"}}}));
    const Json popular = recommend(world, "popular", {{"userId", "ann"}}).body["itemList"];
    EXPECT_EQ(popular, Json({{{"itemId", "a"}}, {{"itemId", "b"}}})) << "a recipe without scores";
}

TEST_F(DeclaredCandidates, GiveRankingsTheirOrder) {
    declare("GetPersonalizedRanking", {"c", "a"});
    const Json input = {
        {"campaignArn", arn("campaign/ranking")}, {"userId", "ann"}, {"inputList", {"b", "a", "x", "c"}}};
    EXPECT_EQ(ids(ask(world, "/personalize-ranking", input)), "c a b x");
}

}  // namespace
}  // namespace plocal::runtime
