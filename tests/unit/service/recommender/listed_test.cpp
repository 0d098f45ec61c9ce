#include "server/service/recommender/listed.h"

#include <algorithm>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/service/recommender/answer.h"

namespace plocal::recommender {
namespace {

using testing::ElementsAre;

constexpr MadeUpKey key{7, "111122223333", "arn:aws:personalize:eu-west-1:111122223333:campaign/c", "user-1"};

TEST(DeclaredCandidates, KeepTheirOrderAndGetASoftmaxOverTheirPlaces) {
    const Listed list = declare(std::vector<DeclaredItem>{{"c", {}}, {"a", {}}, {"b", {}}, {"a", {}}});
    EXPECT_THAT(list.ids, ElementsAre("c", "a", "b"));
    const auto answer = recommend(list.candidates(), nullptr, 25);
    double sum = 0;
    for (std::uint32_t place = 0; place < 3; ++place) {
        EXPECT_EQ(answer[place].item, place);
        EXPECT_EQ(list.shown_score(place, answer[place].score), answer[place].score);
        sum += answer[place].score;
    }
    EXPECT_NEAR(sum, 1, 3e-7);
    EXPECT_GT(answer[0].score, answer[1].score);
}

TEST(DeclaredCandidates, ShowTheScoresThatAreGivenAlone) {
    const Listed list = declare(std::vector<DeclaredItem>{{"a", {}}, {"b", 0.4}});
    EXPECT_EQ(list.shown_score(0, 0.7), std::nullopt);
    EXPECT_EQ(list.shown_score(1, 0.3), 0.4);
}

TEST(DeclaredCandidates, TakeFiltersAndPromotions) {
    const Listed list = declare(std::vector<DeclaredItem>{{"a", {}}, {"b", {}}, {"c", {}}, {"d", {}}});
    ItemSet passing(4);
    for (const char* id : {"b", "c"}) passing.insert(list.find(id).value());
    ItemSet promotable(4);
    promotable.insert(list.find("d").value());
    const auto answer = recommend(list.candidates(), &passing, 2, {50, &promotable});
    ASSERT_EQ(answer.size(), 2U);
    EXPECT_EQ(list.ids[answer[0].item], "b");
    EXPECT_EQ(list.ids[answer[1].item], "d");
    EXPECT_TRUE(answer[1].is_promoted);
}

TEST(DeclaredCandidates, MayBeNone) {
    EXPECT_TRUE(recommend(declare({}).candidates(), nullptr, 25).empty());
}

TEST(MadeUpItems, AreFiveHundredInAnOrderOfTheKey) {
    const Listed list = made_up_items(key);
    EXPECT_EQ(list.ids.size(), 500U);
    EXPECT_TRUE(list.find("item-1").has_value());
    EXPECT_TRUE(list.find("item-500").has_value());
    EXPECT_FALSE(list.find("item-501").has_value());
    EXPECT_TRUE(std::ranges::is_sorted(list.weights, std::greater<>()));
    EXPECT_EQ(made_up_items(key).ids, list.ids);
    double sum = 0;
    for (const Recommendation& each : recommend(list.candidates(), nullptr, 500)) sum += each.score;
    EXPECT_NEAR(sum, 1, 3e-5);
}

TEST(MadeUpItems, DependOnEachPartOfTheKey) {
    MadeUpKey seed = key;
    seed.seed = 8;
    MadeUpKey account = key;
    account.account = "444455556666";
    MadeUpKey campaign = key;
    campaign.campaign = "arn:aws:personalize:eu-west-1:111122223333:campaign/d";
    MadeUpKey subject = key;
    subject.subject = "user-2";
    const auto expected = made_up_items(key).ids;
    for (const MadeUpKey& other : {seed, account, campaign, subject}) EXPECT_NE(made_up_items(other).ids, expected);
}

TEST(MadeUpItems, AreRankedAsTheyAreRecommended) {
    const Listed all = made_up_items(key);
    const Listed some = made_up_ranking(key, std::vector<std::string>{"item-9", "item-8", "item-7", "item-9"});
    std::vector<std::string> expected;
    for (const std::string& id : all.ids) {
        if (id == "item-7" || id == "item-8" || id == "item-9") expected.push_back(id);
    }
    EXPECT_EQ(some.ids, expected);
    for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(some.weights[i], all.weights[*all.find(expected[i])]);
}

TEST(MadeUpUsers, AreFiveHundredInAnOrderOfTheKey) {
    const Listed list = made_up_users(key);
    EXPECT_EQ(list.ids.size(), 500U);
    EXPECT_TRUE(list.find("user-500").has_value());
    MadeUpKey other = key;
    other.subject = "item-2";
    EXPECT_NE(made_up_users(other).ids, list.ids);
}

TEST(MadeUpActions, AreAHundredWithScoresBelowOne) {
    const Listed list = made_up_actions(key);
    EXPECT_EQ(list.ids.size(), 100U);
    EXPECT_TRUE(std::ranges::is_sorted(list.weights, std::greater<>()));
    for (const double score : list.weights) EXPECT_TRUE(score >= 0 && score <= 1) << score;
}

}  // namespace
}  // namespace plocal::recommender
