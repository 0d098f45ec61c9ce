#include <gtest/gtest.h>

#include "tests/unit/service/runtime/shop.h"

namespace plocal::runtime {
namespace {

class ItemMetadata : public testing::Test {
protected:
    ItemMetadata() {
        Json document = film_document();
        add_campaign(document, "plain", "aws-popularity-count");
        add_campaign(document, "enabled", "aws-popularity-count", {{"enableMetadataWithRecommendations", true}});
        add_campaign(document, "v2", "aws-user-personalization-v2");
        world.load(document);
    }

    Answer asked(const std::string& campaign, Json columns, int count = 2) {
        return recommend(world, campaign, {{"userId", "x"}, {"numResults", count}, {"metadataColumns", columns}});
    }

    World world;
};

// Fidelity: seen | Names are those of the columns in lower case and in their order, values are texts as Java prints
//   them | aws-samples/amazon-personalize-immersion-day, notebook Retail_03
TEST_F(ItemMetadata, IsTextsByNamesInLowerCase) {
    const Answer answer = asked("enabled", {{"ITEMS", {"PRICE", "genres", "YEAR"}}});
    ASSERT_EQ(answer.status, 200) << answer.text;
    EXPECT_EQ(answer.body["itemList"][0]["metadata"].dump(), R"({"genres":"Drama","price":"130.0","year":"1930"})");
    EXPECT_EQ(answer.body["itemList"][1]["metadata"].dump(),
              R"({"genres":"Drama|Music","price":"20.5","year":"1935"})");
}

TEST_F(ItemMetadata, LeavesOutNulls) {
    const Answer answer = asked("enabled", {{"ITEMS", {"PRICE", "GENRES"}}}, 4);
    EXPECT_EQ(answer.body["itemList"][3]["metadata"].dump(), "{}");
}

TEST_F(ItemMetadata, NeedsToBeEnabled) {
    EXPECT_EQ(outcome(asked("plain", {{"ITEMS", {"PRICE"}}})),
              "InvalidInputException: Metadata is not enabled for the given campaign or recommender.");
    EXPECT_EQ(asked("v2", {{"ITEMS", {"PRICE"}}}).status, 200);
}

TEST_F(ItemMetadata, NeedsKnownColumns) {
    EXPECT_EQ(outcome(asked("enabled", {{"ITEMS", {"WEIGHT"}}})),
              "InvalidInputException: The Items dataset has no column WEIGHT.");
    EXPECT_EQ(outcome(asked("enabled", {{"USERS", {"AGE"}}})),
              "InvalidInputException: metadataColumns must be columns of ITEMS.");
    EXPECT_EQ(asked("enabled", {{"ITEMS", Json(std::vector<std::string>(11, "PRICE"))}}).status, 400);
}

// Fidelity: documented | With metadataColumns, numResults is at most 50 | boto/botocore,
//   personalize-runtime/2018-05-22/service-2.json
TEST_F(ItemMetadata, LimitsTheNumberOfResults) {
    EXPECT_EQ(asked("enabled", {{"ITEMS", {"PRICE"}}}, 50).status, 200);
    EXPECT_EQ(outcome(asked("enabled", {{"ITEMS", {"PRICE"}}}, 51)),
              "InvalidInputException: numResults must be at most 50 with metadataColumns.");
}

}  // namespace
}  // namespace plocal::runtime
