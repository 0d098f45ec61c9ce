#include "server/service/recommender/ranking.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/service/recommender/rows.h"

namespace plocal::recommender {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::shared_ptr<const Model> popular_letters() {
    std::vector<Row> rows;
    for (int user = 0; user < 9; ++user) {
        rows.push_back({"u" + std::to_string(user), "a"});
        if (user < 5) rows.push_back({"u" + std::to_string(user), "b"});
        if (user < 2) rows.push_back({"u" + std::to_string(user), "c"});
    }
    return trained("aws-personalized-ranking", rows);
}

struct Answer {
    std::vector<std::string> ids;
    double sum = 0;
    std::size_t scored = 0;
};

/// Ranks the ids for an unknown user; the filter lets all but `filtered` pass.
Answer ranked(const std::vector<std::string>& ids, const std::string& filtered = "") {
    const auto model = popular_letters();
    std::vector<RankingInput> inputs;
    for (const std::string& id : ids) inputs.push_back({id, model->items.find(id), id != filtered});
    Answer answer;
    for (const RankedItem& each : rank(find_candidates(*model, {"nobody"}), inputs)) {
        answer.ids.push_back(ids[each.place]);
        answer.sum += each.score.value_or(0);
        answer.scored += each.score ? 1U : 0U;
    }
    return answer;
}

// Fidelity: seen | Unknown items come last, without a score, in the order of the input; the scores of the others sum
//   to 1 | aws-samples/amazon-personalize-samples, personalized_ranking/personalize_ranking_example.ipynb
TEST(Ranking, PutsUnknownItemsLastWithoutScores) {
    const Answer answer = ranked({"z", "c", "x", "a", "y", "b"});
    EXPECT_THAT(answer.ids, ElementsAre("a", "b", "c", "z", "x", "y"));
    EXPECT_EQ(answer.scored, 3U);
    EXPECT_NEAR(answer.sum, 1, 3e-7);
}

// Fidelity: seen | A ranking drops the items that do not pass the filter |
//   aws-samples/amazon-personalize-immersion-day, Retail/Retail_03_Inference_Layer.ipynb
TEST(Ranking, DropsWhatDoesNotPass) {
    const Answer answer = ranked({"z", "c", "a", "b"}, "a");
    EXPECT_THAT(answer.ids, ElementsAre("b", "c", "z"));
    EXPECT_NEAR(answer.sum, 1, 2e-7);
    EXPECT_THAT(ranked({"z", "b"}, "z").ids, ElementsAre("b"));
    EXPECT_THAT(ranked({"a"}, "a").ids, IsEmpty());
}

// Fidelity: inferred | An item that is in the list twice is ranked once | -
TEST(Ranking, KeepsTheFirstOfEqualIds) {
    const Answer answer = ranked({"b", "z", "a", "b", "z"});
    EXPECT_THAT(answer.ids, ElementsAre("a", "b", "z"));
    EXPECT_NEAR(answer.sum, 1, 2e-7);
}

TEST(Ranking, DoesNotDependOnTheOrderOfKnownItems) {
    EXPECT_EQ(ranked({"a", "b", "c"}).ids, ranked({"c", "b", "a"}).ids);
}

TEST(Ranking, OfAnEmptyListIsEmpty) {
    EXPECT_THAT(ranked({}).ids, IsEmpty());
}

TEST(Ranking, FollowsTheUser) {
    const auto model = popular_letters();
    const std::vector<std::string> later{"b"};
    const std::vector<RankingInput> inputs{{"a", model->items.find("a")}, {"c", model->items.find("c")}};
    const auto for_nobody = rank(find_candidates(*model, {"nobody"}), inputs);
    const auto for_fan = rank(find_candidates(*model, {"nobody", "", later}), inputs);
    EXPECT_NE(for_nobody.front().score, for_fan.front().score);
}

}  // namespace
}  // namespace plocal::recommender
