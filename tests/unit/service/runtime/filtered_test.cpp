#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/service/runtime/shop.h"

namespace plocal::runtime {
namespace {

/// All items are "a b c d e" by popularity.
class FilteredRecommendations : public testing::Test {
protected:
    FilteredRecommendations() {
        Json document = film_document();
        add_campaign(document, "popular", "aws-popularity-count");
        add_campaign(document, "personal", "aws-user-personalization");
        add_campaign(document, "sims", "aws-sims");
        add_campaign(document, "trending", "aws-trending-now");
        add_recommender(document, "trending", "aws-vod-trending-now");
        add_filter(document, "genre", "INCLUDE ItemID WHERE Items.GENRES IN ($GENRE)");
        add_filter(document, "years", "INCLUDE ItemID WHERE Items.YEAR >= $FROM AND Items.YEAR < $TO");
        add_filter(document, "cheap", "EXCLUDE ItemID WHERE Items.PRICE > $PRICE");
        add_filter(document, "bought", "EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN (\"purchase\")");
        add_filter(document, "seen", "INCLUDE ItemID WHERE Interactions.EVENT_TYPE IN (\"*\")");
        add_filter(document, "adults", "EXCLUDE ItemID WHERE Items.GENRES IN (\"Horror\") IF CurrentUser.AGE < 18");
        add_filter(document, "same", "INCLUDE ItemID WHERE Items.GENRES IN CurrentItem.GENRES");
        add_filter(document, "users", "INCLUDE UserID WHERE Users.AGE > 18");
        add_filter(document, "other", "EXCLUDE ItemID WHERE Items.YEAR = 1", "books");
        document["filters"].push_back({{"filterArn", arn("filter/pending")},
                                       {"datasetGroupArn", arn("dataset-group/films")},
                                       {"status", "CREATE PENDING"},
                                       {"filterExpression", "EXCLUDE ItemID WHERE Items.YEAR = 1"},
                                       {"_local", {{"progression", "manual"}}}});
        world.load(document);
    }

    std::string filtered(std::string_view filter, Json values = nullptr, std::string_view user = "ann") {
        Json input = {{"userId", user}, {"filterArn", arn("filter/" + std::string(filter))}};
        if (!values.is_null()) input["filterValues"] = std::move(values);
        return ids(recommend(world, "popular", input));
    }

    std::string promoted(Json promotion, int count = 5) {
        promotion["name"] = "deal";
        const Json input = {{"userId", "x"}, {"numResults", count}, {"promotions", {std::move(promotion)}}};
        const Answer answer = recommend(world, "popular", input);
        if (answer.status != 200) return outcome(answer);
        std::string text;
        for (const Json& item : answer.body["itemList"]) {
            text += item["itemId"].get<std::string>() + (item.contains("promotionName") ? "! " : " ");
        }
        return text;
    }

    World world;
};

// Fidelity: seen | A number in filterValues is taken bare and in quotes |
//   aws-samples/amazon-personalize-immersion-day, notebooks News_01, News_03 and Media_04
TEST_F(FilteredRecommendations, TakeNumbersBareAndInQuotes) {
    EXPECT_EQ(filtered("years", {{"FROM", "1930"}, {"TO", "1940"}}), "a b");
    EXPECT_EQ(filtered("years", {{"FROM", "\"1930\""}, {"TO", "\"1940\""}}), "a b");
}

// Fidelity: seen | An item with several values passes if one of them is listed; values keep their case |
//   aws-samples/amazon-personalize-immersion-day, notebook Media_04; DG/filter-expression-guidelines-requirements.html
TEST_F(FilteredRecommendations, CompareEachValueOfAnItem) {
    const struct {
        const char* values;
        const char* ids;
    } cases[] = {{"\"Music\"", "b"},  {"\"Drama\"", "a b"},    {"\"Drama\",\"Horror\"", "a b c"},
                 {"\"Western\"", ""}, {"\"Drama film\"", "e"}, {"\"drama\"", ""}};
    for (const auto& each : cases) EXPECT_EQ(filtered("genre", {{"GENRE", each.values}}), each.ids) << each.values;
}

// Fidelity: documented | An INCLUDE needs its value, an EXCLUDE without one is left out | boto/botocore,
//   personalize-runtime/2018-05-22/service-2.json
TEST_F(FilteredRecommendations, NeedTheValuesOfAnInclude) {
    EXPECT_THAT(filtered("genre"), testing::StartsWith("InvalidInputException: "));
    EXPECT_EQ(filtered("cheap"), "a b c d e");
    EXPECT_EQ(filtered("cheap", {{"PRICE", "100"}}), "b c d");
}

// Fidelity: documented | Filters by event type are about the interactions of the user of the request, and `*` is any
//   of them | DG/filter-expressions.html
TEST_F(FilteredRecommendations, SeeTheInteractionsOfTheUser) {
    EXPECT_EQ(filtered("bought"), "a b d e");
    EXPECT_EQ(filtered("bought", nullptr, "bob"), "a b c d e");
    EXPECT_EQ(filtered("seen"), "a b c");
    EXPECT_EQ(filtered("seen", nullptr, "stranger"), "");
}

// Fidelity: documented | A part with an IF about the current user applies only if that holds |
//   DG/filter-expressions.html
// Fidelity: inferred | An IF does not hold for a user without a row | -
TEST_F(FilteredRecommendations, ApplyAnIfToTheUsersRow) {
    EXPECT_EQ(filtered("adults", nullptr, "bob"), "a b d e");
    EXPECT_EQ(filtered("adults", nullptr, "ann"), "a b c d e");
    EXPECT_EQ(filtered("adults", nullptr, "stranger"), "a b c d e") << "no row of the user";
}

// Fidelity: documented | CurrentItem is for related items alone | DG/filter-expressions.html
TEST_F(FilteredRecommendations, CompareWithTheCurrentItem) {
    const auto same = [&](std::string_view item) {
        return ids(recommend(world, "sims", {{"itemId", item}, {"filterArn", arn("filter/same")}}));
    };
    EXPECT_EQ(same("a"), "b");
    EXPECT_EQ(same("c"), "");
    EXPECT_EQ(same("d"), "") << "without genres";
    EXPECT_THAT(filtered("same"), testing::StartsWith("InvalidInputException: CurrentItem is only supported"));
}

TEST_F(FilteredRecommendations, RefuseAFilterThatDoesNotFit) {
    EXPECT_EQ(filtered("absent"),
              "ResourceNotFoundException: The given filter does not exist: " + arn("filter/absent"));
    EXPECT_EQ(recommend(world, "popular", {{"userId", "x"}, {"filterArn", arn("filter/absent")}}).status, 404);
    EXPECT_EQ(filtered("pending"), "InvalidInputException: The given filter is not active: " + arn("filter/pending"));
    EXPECT_EQ(filtered("other"),
              "InvalidInputException: The given filter belongs to another dataset group: " + arn("filter/other"));
    EXPECT_THAT(filtered("users"), testing::StartsWith("InvalidInputException: The given filter does not filter by"));
}

TEST_F(FilteredRecommendations, IgnoreValuesWithoutAFilter) {
    EXPECT_EQ(ids(recommend(world, "popular", {{"userId", "x"}, {"filterValues", {{"GENRE", "\"Drama\""}}}})),
              "a b c d e");
}

// Fidelity: seen | Scores are those of what passes: they sum to 1 | aws-samples/amazon-personalize-immersion-day,
//   notebook News_03
TEST_F(FilteredRecommendations, ShareTheScoresAmongWhatPasses) {
    const Json input = {
        {"userId", "x"}, {"filterArn", arn("filter/genre")}, {"filterValues", {{"GENRE", "\"Drama\""}}}};
    const Answer answer = recommend(world, "personal", input);
    double sum = 0;
    for (const Json& item : answer.body["itemList"]) sum += item["score"].get<double>();
    EXPECT_NEAR(sum, 1, 1e-6);
}

// Fidelity: seen | 60 percent of 5 results are promoted, in the order of scores |
//   aws-samples/amazon-personalize-immersion-day, notebook News_03, cell 43
TEST_F(FilteredRecommendations, PromoteTheirShare) {
    const Json late = {{"percentPromotedItems", 60},
                       {"filterArn", arn("filter/years")},
                       {"filterValues", {{"FROM", "1935"}, {"TO", "2100"}}}};
    EXPECT_EQ(promoted(late), "a b! c! d! e ");
    EXPECT_EQ(promoted(late, 3), "a b! c ");
    const Json few = {{"percentPromotedItems", 60},
                      {"filterArn", arn("filter/genre")},
                      {"filterValues", {{"GENRE", "\"Drama film\""}}}};
    EXPECT_EQ(promoted(few, 3), "a b e! ");
}

TEST_F(FilteredRecommendations, PromoteWhatTheFilterLeavesOut) {
    const Json input = {{"userId", "x"},
                        {"numResults", 2},
                        {"filterArn", arn("filter/genre")},
                        {"filterValues", {{"GENRE", "\"Drama\""}}},
                        {"promotions",
                         {{{"name", "deal"},
                           {"percentPromotedItems", 50},
                           {"filterArn", arn("filter/genre")},
                           {"filterValues", {{"GENRE", "\"Horror\""}}}}}}};
    EXPECT_EQ(ids(recommend(world, "popular", input)), "a c");
}

TEST_F(FilteredRecommendations, RefuseAPromotionThatLacksAPart) {
    EXPECT_EQ(promoted({{"percentPromotedItems", 60}}), "InvalidInputException: A promotion requires filterArn.");
    EXPECT_EQ(promoted({{"filterArn", arn("filter/seen")}}),
              "InvalidInputException: A promotion requires percentPromotedItems.");
    const Json promotion = {{"name", "deal"}, {"percentPromotedItems", 60}, {"filterArn", arn("filter/seen")}};
    const Json input = {{"recommenderArn", arn("recommender/trending")}, {"promotions", {promotion}}};
    EXPECT_EQ(ids(ask(world, "/recommendations", input)),
              "InvalidInputException: Promotions are not supported for the recipe aws-vod-trending-now.");
}

}  // namespace
}  // namespace plocal::runtime
