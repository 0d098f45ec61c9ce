#include <gtest/gtest.h>

#include "tests/unit/service/runtime/shop.h"

namespace plocal::runtime {
namespace {

class PersonalizedRanking : public testing::Test {
protected:
    PersonalizedRanking() {
        Json document = film_document();
        add_campaign(document, "ranking", "aws-personalized-ranking");
        add_campaign(document, "popular", "aws-popularity-count");
        add_filter(document, "horror", "EXCLUDE ItemID WHERE Items.GENRES IN (\"Horror\")");
        add_filter(document, "seen", "EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN (\"*\")");
        add_filter(document, "western", "INCLUDE ItemID WHERE Items.GENRES IN (\"Western\")");
        world.load(document);
    }

    Answer rank(Json list, Json more = Json::object()) {
        Json input = {{"campaignArn", arn("campaign/ranking")}, {"userId", "ann"}, {"inputList", std::move(list)}};
        input.update(more);
        return ask(world, "/personalize-ranking", input);
    }

    World world;
};

// Fidelity: seen | Items that the model does not know come last, in their order and without a score; the scores of
//   the others sum to 1 | aws-samples/amazon-personalize-samples, personalize_ranking_example, cell 92
TEST_F(PersonalizedRanking, PutsUnknownItemsLast) {
    const Answer answer = rank({"zz", "d", "a", "yy", "b"});
    ASSERT_EQ(answer.status, 200) << answer.text;
    EXPECT_EQ(ids(answer), "a b d zz yy");
    const Json& list = answer.body["personalizedRanking"];
    EXPECT_NEAR(list[0]["score"].get<double>() + list[1]["score"].get<double>() + list[2]["score"].get<double>(), 1,
                1e-6);
    EXPECT_FALSE(list[3].contains("score"));
    EXPECT_EQ(answer.body["recommendationId"].get<std::string>().size(), 40u);
}

// Fidelity: seen | A filter drops items; one that passes none leaves an empty list |
//   aws-samples/amazon-personalize-immersion-day, notebooks Retail_03 and Media_04
TEST_F(PersonalizedRanking, DropsWhatDoesNotPassTheFilter) {
    EXPECT_EQ(ids(rank({"c", "a", "zz"}, {{"filterArn", arn("filter/horror")}})), "a zz");
    const Answer none = rank({"c", "a", "zz"}, {{"filterArn", arn("filter/western")}});
    EXPECT_EQ(none.status, 200);
    EXPECT_EQ(none.body["personalizedRanking"], Json::array());
}

// Fidelity: inferred | Of equal ids in inputList the first counts | -
TEST_F(PersonalizedRanking, CountsAnIdThatComesAgainOnce) {
    EXPECT_EQ(ids(rank({"b", "zz", "a", "b", "zz"})), "a b zz");
    EXPECT_EQ(ids(rank({"b", "zz", "a", "b", "zz"}, {{"filterArn", arn("filter/seen")}})), "zz");
}

TEST_F(PersonalizedRanking, RanksForAnUnknownUserByPopularity) {
    const Answer answer = rank({"d", "c", "a"}, {{"userId", "nobody"}});
    EXPECT_EQ(ids(answer), "a c d");
    EXPECT_EQ(answer.header("x-personalize-local-why"), "the user \"nobody\" is unknown: popular items (inferred)");
}

TEST_F(PersonalizedRanking, LimitsTheList) {
    EXPECT_EQ(outcome(rank(Json::array())), "InvalidInputException: inputList must have between 1 and 500 items.");
    EXPECT_EQ(rank(Json(std::vector<std::string>(500, "a"))).status, 200);
    EXPECT_EQ(rank(Json(std::vector<std::string>(501, "a"))).status, 400);
}

TEST_F(PersonalizedRanking, NeedsACampaignThatRanks) {
    EXPECT_EQ(outcome(rank({"a"}, {{"campaignArn", arn("campaign/popular")}})),
              "InvalidInputException: The operation is not supported for the recipe aws-popularity-count.");
    EXPECT_EQ(outcome(rank({"a"}, {{"userId", ""}})),
              "InvalidInputException: The given campaign or recommender requires userId.");
}

}  // namespace
}  // namespace plocal::runtime
