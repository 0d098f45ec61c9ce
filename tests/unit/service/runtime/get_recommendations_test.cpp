#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/service/runtime/shop.h"

namespace plocal::runtime {
namespace {

class GetRecommendations : public testing::Test {
protected:
    GetRecommendations() {
        Json document = film_document();
        add_campaign(document, "personal", "aws-user-personalization");
        add_campaign(document, "sims", "aws-sims");
        add_campaign(document, "popular", "aws-popularity-count");
        add_campaign(document, "trending", "aws-trending-now");
        add_campaign(document, "ranking", "aws-personalized-ranking");
        add_recommender(document, "top", "aws-vod-top-picks");
        add_recommender(document, "like", "aws-vod-more-like-x");
        world.load(document);
    }

    Answer from_recommender(const std::string& name, Json more) {
        Json input = {{"recommenderArn", arn("recommender/" + name)}};
        input.update(more);
        return ask(world, "/recommendations", input);
    }

    World world;
};

// Fidelity: seen | Items come with descending scores that sum to 1, and a recommendationId of 40 characters |
//   aws-samples/amazon-personalize-immersion-day, captured answers
TEST_F(GetRecommendations, OrderItemsByScore) {
    const Answer answer = recommend(world, "personal", {{"userId", "ann"}});
    ASSERT_EQ(answer.status, 200) << answer.text;
    EXPECT_EQ(answer.body["recommendationId"].get<std::string>().size(), 40u);
    double before = 1;
    double sum = 0;
    for (const Json& item : answer.body["itemList"]) {
        EXPECT_LE(item["score"].get<double>(), before);
        before = item["score"].get<double>();
        sum += before;
    }
    EXPECT_EQ(answer.body["itemList"].size(), 5u);
    EXPECT_NEAR(sum, 1, 1e-6);
}

TEST_F(GetRecommendations, HaveEachTheirOwnId) {
    const Json first = recommend(world, "personal", {{"userId", "ann"}}).body;
    const Json second = recommend(world, "personal", {{"userId", "ann"}}).body;
    EXPECT_EQ(first["itemList"], second["itemList"]);
    EXPECT_NE(first["recommendationId"], second["recommendationId"]);
}

// Fidelity: seen | Recommenders give no scores | aws-samples/amazon-personalize-immersion-day, notebooks Retail_03
//   and Media_04
TEST_F(GetRecommendations, HaveNoScoresFromRecommenders) {
    const Answer answer = from_recommender("top", {{"userId", "new"}});
    EXPECT_EQ(ids(answer), "a b c d e");
    EXPECT_THAT(answer.text, testing::Not(testing::HasSubstr("score")));
}

// Fidelity: documented | A use case leaves out what the user has watched | DG/domain-dsg-recommendations.html
TEST_F(GetRecommendations, LeaveOutWhatTheUserWatchedInAUseCase) {
    EXPECT_EQ(ids(from_recommender("top", {{"userId", "ann"}})), "c d e");
    EXPECT_EQ(ids(from_recommender("like", {{"userId", "eve"}, {"itemId", "a"}})), "b c e");
}

// Fidelity: documented | An unknown user gets what is popular | DG/native-recipe-new-item-USER_PERSONALIZATION.html
TEST_F(GetRecommendations, GiveAnUnknownUserWhatIsPopular) {
    const Answer answer = recommend(world, "personal", {{"userId", "nobody"}});
    EXPECT_EQ(ids(answer), "a b c d e");
    EXPECT_EQ(ids(answer), ids(recommend(world, "popular", {{"userId", "x"}})));
    EXPECT_EQ(answer.header("x-personalize-local-why"), "the user \"nobody\" is unknown: popular items (inferred)");
}

// Fidelity: documented | An item that is unknown to SIMS gets popular items, without an error |
//   DG/native-recipe-sims.html
TEST_F(GetRecommendations, GiveForAnUnknownItemWhatIsPopular) {
    const Answer answer = recommend(world, "sims", {{"itemId", "zzz"}});
    EXPECT_EQ(ids(answer), "a b c d e");
    EXPECT_EQ(answer.header("x-personalize-local-why"),
              "the item \"zzz\" is unknown to the model: popular items (inferred)");
    EXPECT_EQ(ids(recommend(world, "sims", {{"itemId", "a"}})), "b c d e");
}

TEST_F(GetRecommendations, SayThatAnItemIsNotUsed) {
    EXPECT_EQ(recommend(world, "personal", {{"userId", "ann"}, {"itemId", "a"}}).header("x-personalize-local-why"),
              "itemId is not used by the recipe aws-user-personalization (inferred)");
    EXPECT_EQ(recommend(world, "personal", {{"userId", "ann"}}).header("x-personalize-local-why"), "");
}

// Fidelity: documented | numResults is at most 500, and 50 with metadataColumns | boto/botocore,
//   personalize-runtime/2018-05-22/service-2.json
TEST_F(GetRecommendations, GiveAsManyAsAsked) {
    const auto count = [&](int results) {
        return ids(recommend(world, "popular", {{"userId", "x"}, {"numResults", results}}));
    };
    EXPECT_EQ(count(2), "a b");
    EXPECT_EQ(count(0), "");
    EXPECT_EQ(count(500), "a b c d e");
    EXPECT_EQ(count(501), "InvalidInputException: numResults must be at most 500.");
}

TEST_F(GetRecommendations, RefuseWhatTheyCannotAnswer) {
    const std::string personal = arn("campaign/personal");
    const std::string absent = arn("campaign/absent");
    const struct {
        const char* name;
        Json input;
        std::string outcome;
    } cases[] = {
        {"no source",
         {{"userId", "a"}},
         "InvalidInputException: Exactly one of campaignArn and recommenderArn must be provided."},
        {"two sources",
         {{"campaignArn", personal}, {"recommenderArn", arn("recommender/top")}, {"userId", "a"}},
         "InvalidInputException: Exactly one of campaignArn and recommenderArn must be provided."},
        {"no user",
         {{"campaignArn", personal}},
         "InvalidInputException: The given campaign or recommender requires userId."},
        {"a null user",
         {{"campaignArn", personal}, {"userId", nullptr}},
         "InvalidInputException: The given campaign or recommender requires userId."},
        {"no item",
         {{"campaignArn", arn("campaign/sims")}, {"userId", "a"}},
         "InvalidInputException: The given campaign or recommender requires itemId."},
        {"no user for a use case",
         {{"recommenderArn", arn("recommender/like")}, {"itemId", "a"}},
         "InvalidInputException: The given campaign or recommender requires userId."},
        {"a ranking",
         {{"campaignArn", arn("campaign/ranking")}, {"userId", "a"}},
         "InvalidInputException: The operation is not supported for the recipe aws-personalized-ranking."},
        {"an absent campaign",
         {{"campaignArn", absent}, {"userId", "a"}},
         "InvalidInputException: " + absent + " does not exist or is not active yet."},
        {"a recommender as a campaign",
         {{"campaignArn", arn("recommender/top")}, {"userId", "a"}},
         "InvalidInputException: " + arn("recommender/top") + " does not exist or is not active yet."},
    };
    for (const auto& each : cases)
        EXPECT_EQ(ids(ask(world, "/recommendations", each.input)), each.outcome) << each.name;
}

// Fidelity: seen | A campaign that is being created is refused with this text |
//   aws-samples/amazon-personalize-samples
TEST_F(GetRecommendations, RefuseACampaignThatIsBeingCreated) {
    const Json input = {{"name", "new"}, {"solutionVersionArn", arn("solution/personal/1")}};
    ASSERT_EQ(world.call("CreateCampaign", input).status, 200);
    const Json request = {{"userId", "ann"}};
    EXPECT_EQ(ids(recommend(world, "new", request)),
              "InvalidInputException: " + arn("campaign/new") + " does not exist or is not active yet.");
    world.advance(std::chrono::seconds(3));
    EXPECT_EQ(ids(recommend(world, "new", request)), ids(recommend(world, "personal", request)));
}

TEST_F(GetRecommendations, RefuseAStoppedRecommender) {
    ASSERT_EQ(world.call("StopRecommender", {{"recommenderArn", arn("recommender/top")}}).status, 200);
    EXPECT_EQ(from_recommender("top", {{"userId", "a"}}).status, 400);
}

}  // namespace
}  // namespace plocal::runtime
