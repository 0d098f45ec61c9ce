#include "server/service/recommender/candidates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/service/recommender/rows.h"

namespace plocal::recommender {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::Not;

/// Users of three kinds: most have hits, some have tea and cups, some have bolts and nuts.
std::vector<Row> shop() {
    std::vector<Row> rows;
    const auto add = [&](const std::string& kind, int users, const std::vector<std::string>& items) {
        for (int user = 0; user < users; ++user) {
            std::int64_t at = 0;
            for (const std::string& item : items) rows.push_back({kind + std::to_string(user), item, ++at});
        }
    };
    add("fan", 10, {"hit-1", "hit-2"});
    add("host", 5, {"tea", "cup", "pot"});
    add("maker", 5, {"bolt", "nut"});
    add("guest", 2, {"tea", "cake"});
    return rows;
}

const std::vector<std::string> by_popularity{"hit-1", "hit-2", "tea", "bolt", "cup", "nut", "pot", "cake"};

// Fidelity: documented | A new user gets popular items | DG/recording-events.html
TEST(Candidates, AreThePopularItemsForAnUnknownUser) {
    const auto model = trained("aws-user-personalization", shop());
    EXPECT_THAT(recommended(*model, {"nobody"}), ElementsAreArray(by_popularity));
    EXPECT_THAT(recommended(*model, {""}), ElementsAreArray(by_popularity));
}

TEST(Candidates, GoWithTheItemsOfTheUser) {
    const auto model = trained("aws-user-personalization", shop());
    EXPECT_THAT(recommended(*model, {"maker1"}, 2), ElementsAre("bolt", "nut"));
    EXPECT_THAT(recommended(*model, {"host1"}, 3), testing::UnorderedElementsAre("tea", "cup", "pot"));
    EXPECT_EQ(recommended(*model, {"host1"}).size(), by_popularity.size());
}

// Fidelity: documented | Events after the training change what the user gets, without a new training |
//   DG/recording-events.html
TEST(Candidates, FollowEventsAfterTheTraining) {
    const auto model = trained("aws-user-personalization", shop());
    const std::vector<std::string> later{"unknown", "bolt"};
    EXPECT_EQ(recommended(*model, {"nobody", "", later}).front(), "nut");
}

TEST(Candidates, IgnoreTheQueryItemWhereTheRecipeDoes) {
    const auto model = trained("aws-user-personalization", shop());
    EXPECT_THAT(recommended(*model, {"nobody", "tea"}), ElementsAreArray(by_popularity));
}

TEST(Candidates, IgnoreLaterEventsWhereTheRecipeDoes) {
    const auto model = trained("aws-popularity-count", shop());
    const std::vector<std::string> later{"bolt"};
    EXPECT_THAT(recommended(*model, {"nobody", "", later}), ElementsAreArray(by_popularity));
}

// Fidelity: inferred | The query item is never in the answer of a recipe for related items | -
TEST(Candidates, AreWhatGoesWithTheQueryItem) {
    const auto model = trained("aws-sims", shop());
    EXPECT_THAT(recommended(*model, {"", "tea"}), ElementsAre("cup", "pot", "cake", "hit-1", "hit-2", "bolt", "nut"));
    EXPECT_THAT(recommended(*model, {"maker1", "bolt"}), Not(testing::Contains("bolt")));
}

// Fidelity: documented | An unknown query item gets popular items | DG/native-recipe-sims.html
TEST(Candidates, AreThePopularItemsForAnUnknownQueryItem) {
    for (const char* recipe : {"aws-sims", "aws-similar-items"}) {
        const auto model = trained(recipe, shop(), {{"hit-1", {"a"}}});
        EXPECT_THAT(recommended(*model, {"", "unknown"}), ElementsAreArray(by_popularity)) << recipe;
    }
}

TEST(Candidates, ShareCategoriesAfterThoseThatShareUsers) {
    const std::vector<CatalogueItem> items{{"tea", {"G=drink", "H=hot"}},
                                           {"soup", {"H=hot", "G=drink"}},
                                           {"juice", {"G=drink"}},
                                           {"bolt", {"G=drink"}},
                                           {"ice", {"H=cold"}}};
    const auto model = trained("aws-similar-items", shop(), items);
    EXPECT_THAT(recommended(*model, {"", "tea"}),
                ElementsAre("cup", "pot", "cake", "soup", "bolt", "juice", "hit-1", "hit-2", "nut", "ice"));
    EXPECT_THAT(recommended(*model, {"", "ice"}, 3), ElementsAre("hit-1", "hit-2", "tea"));
}

TEST(Candidates, GoByIdWhereWeightsAreEqual) {
    const auto model = trained("aws-user-personalization", {}, {{"b"}, {"a9"}, {"a10"}, {"B"}});
    EXPECT_THAT(recommended(*model, {"u"}), ElementsAre("B", "a10", "a9", "b"));
}

}  // namespace
}  // namespace plocal::recommender
