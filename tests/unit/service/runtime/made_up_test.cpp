#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/service/runtime/shop.h"

namespace plocal::runtime {
namespace {

/// A campaign that a fixture gives by its ARN alone, and nothing else.
class MadeUpAnswers : public testing::Test {
protected:
    MadeUpAnswers() {
        Json document = {{"campaigns", {{{"campaignArn", arn("campaign/lone")}}}}};
        add_filter(document, "drama", "INCLUDE ItemID WHERE Items.GENRE IN (\"Drama\")");
        add_filter(document, "other", "EXCLUDE ItemID WHERE Items.GENRE NOT IN (\"Drama\")");
        world.load(document);
    }

    Answer ranked(Json list) {
        return ask(world, "/personalize-ranking",
                   {{"campaignArn", arn("campaign/lone")}, {"userId", "ann"}, {"inputList", std::move(list)}});
    }

    World world;
};

TEST_F(MadeUpAnswers, SayWhatTheyAreAndHowToGoOn) {
    const Answer answer = recommend(world, "lone", {{"userId", "ann"}});
    ASSERT_EQ(answer.status, 200) << answer.text;
    EXPECT_EQ(answer.body["itemList"].size(), 25u);
    EXPECT_THAT(answer.body["itemList"][0]["itemId"].get<std::string>(), testing::StartsWith("item-"));
    EXPECT_TRUE(answer.body["itemList"][0].contains("score"));
    EXPECT_THAT(answer.header("x-personalize-local-why"), testing::StartsWith("made up: "));
}

TEST_F(MadeUpAnswers, DependOnTheUserAlone) {
    const std::string first = ids(recommend(world, "lone", {{"userId", "ann"}}));
    EXPECT_EQ(ids(recommend(world, "lone", {{"userId", "ann"}})), first);
    EXPECT_NE(ids(recommend(world, "lone", {{"userId", "bob"}})), first);
    EXPECT_EQ(recommend(world, "lone", {{"userId", "ann"}, {"numResults", 500}}).body["itemList"].size(), 500u);
}

TEST_F(MadeUpAnswers, PassNoIncludeAndEachExclude) {
    const auto filtered = [&](const char* filter) {
        return recommend(world, "lone", {{"userId", "ann"}, {"filterArn", arn(filter)}}).body["itemList"].size();
    };
    EXPECT_EQ(filtered("filter/drama"), 0u);
    EXPECT_EQ(filtered("filter/other"), 25u);
}

TEST_F(MadeUpAnswers, RankTheWholeList) {
    const Answer answer = ranked({"x", "y", "z"});
    ASSERT_EQ(answer.status, 200) << answer.text;
    double sum = 0;
    for (const Json& item : answer.body["personalizedRanking"]) sum += item["score"].get<double>();
    EXPECT_EQ(answer.body["personalizedRanking"].size(), 3u);
    EXPECT_NEAR(sum, 1, 1e-6);
}

TEST_F(MadeUpAnswers, AreActionsToo) {
    const Answer answer =
        ask(world, "/action-recommendations", {{"campaignArn", arn("campaign/lone")}, {"userId", "ann"}});
    ASSERT_EQ(answer.status, 200) << answer.text;
    EXPECT_EQ(answer.body["actionList"].size(), 5u);
    EXPECT_THAT(answer.body["actionList"][0]["actionId"].get<std::string>(), testing::StartsWith("action-"));
}

}  // namespace
}  // namespace plocal::runtime
