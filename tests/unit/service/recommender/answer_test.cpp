#include "server/service/recommender/answer.h"

#include <numeric>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/taste_world.h"
#include "tests/unit/service/recommender/rows.h"

namespace plocal::recommender {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// "a" is more popular than "b", and so on up to "h".
std::shared_ptr<const Model> alphabet() {
    std::vector<Row> rows;
    for (int item = 0; item < 8; ++item) {
        for (int user = item; user < 8; ++user) {
            rows.push_back(
                {std::to_string(item) + "-" + std::to_string(user), std::string(1, static_cast<char>('a' + item))});
        }
    }
    return trained("aws-user-personalization", rows);
}

std::shared_ptr<const Model> tastes() {
    std::vector<Row> rows;
    for (const test::TasteRow& row : test::rows_of({.users = 50, .items = 100, .categories = 5})) {
        rows.push_back({row.user, row.item, row.timestamp});
    }
    return trained("aws-user-personalization", rows);
}

double sum_of(const std::vector<Recommendation>& answer) {
    return std::accumulate(answer.begin(), answer.end(), 0.0,
                           [](double sum, const Recommendation& each) { return sum + each.score; });
}

/// The answer as "a b* c", where `*` marks promoted items.
std::string marked(const Model& model, const std::vector<Recommendation>& answer) {
    std::string text;
    for (const Recommendation& each : answer) {
        text.append(text.empty() ? "" : " ").append(model.items[each.item]).append(each.is_promoted ? "*" : "");
    }
    return text;
}

// Fidelity: documented | The scores of all items sum to 1 | DG/recommendations.html
TEST(Answer, HasScoresThatSumToOneOverTheCatalogue) {
    const auto model = tastes();
    for (const char* user : {"user-3", "nobody"}) {
        const auto answer = recommend(find_candidates(*model, {user}), nullptr, 1'000);
        EXPECT_EQ(answer.size(), model->items.size());
        EXPECT_NEAR(sum_of(answer), 1, 1e-5) << user;
        for (std::size_t i = 1; i < answer.size(); ++i) EXPECT_GE(answer[i - 1].score, answer[i].score);
    }
}

// Fidelity: inferred | Scores are a softmax over the items that pass the filter; the captures fit this | -
TEST(Answer, HasScoresThatSumToOneOverWhatPasses) {
    const auto model = tastes();
    ItemSet passing(model->items.size());
    for (std::uint32_t item = 0; item < model->items.size(); item += 3) passing.insert(item);
    const auto answer = recommend(find_candidates(*model, {"user-3"}), &passing, 1'000);
    EXPECT_EQ(answer.size(), (model->items.size() + 2) / 3);
    EXPECT_NEAR(sum_of(answer), 1, 1e-5);
}

TEST(Answer, IsTheSameWithAFilterThatAllItemsPass) {
    const auto model = tastes();
    ItemSet all(model->items.size());
    for (std::uint32_t item = 0; item < model->items.size(); ++item) all.insert(item);
    const Candidates candidates = find_candidates(*model, {"user-3"});
    EXPECT_EQ(candidates.sum(nullptr), candidates.sum(&all));
    EXPECT_EQ(marked(*model, recommend(candidates, nullptr, 30)), marked(*model, recommend(candidates, &all, 30)));
}

TEST(Answer, IsTheBeginningOfALongerAnswer) {
    const auto model = tastes();
    const Candidates candidates = find_candidates(*model, {"user-3"});
    const auto all = ids(*model, recommend(candidates, nullptr, 1'000));
    for (const std::size_t count : {0U, 1U, 7U, 60U}) {
        const auto some = ids(*model, recommend(candidates, nullptr, count));
        EXPECT_EQ(some, std::vector<std::string>(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count)));
    }
}

TEST(Answer, IsEmptyWhereNothingPasses) {
    const auto model = alphabet();
    const ItemSet none(model->items.size());
    EXPECT_THAT(recommend(find_candidates(*model, {"u"}), &none, 25), IsEmpty());
}

// Fidelity: seen | A promotion of 60 percent of five promotes three items, sorted by score among the others |
//   aws-samples/amazon-personalize-immersion-day, NewsPublishing/News_03_Inference_Layer.ipynb
TEST(Answer, PromotesItsShareAmongTheOthers) {
    const auto model = alphabet();
    const ItemSet promoted = set_of(*model, {"b", "d", "f", "h"});
    const auto answer = recommend(find_candidates(*model, {"u"}), nullptr, 5, {60, &promoted});
    EXPECT_EQ(marked(*model, answer), "a b* c d* f*");
}

TEST(Answer, PromotesByCases) {
    const auto model = alphabet();
    const struct {
        const char* name;
        std::size_t count;
        int percent;
        std::vector<std::string> promotable;
        std::vector<std::string> passing;
        const char* answer;
    } cases[] = {
        {"the share is rounded down", 3, 50, {"g", "h"}, {"a", "b", "c"}, "a b g*"},
        {"a share below one item", 1, 99, {"h"}, {"a", "b"}, "a"},
        {"all of them", 2, 100, {"g", "h"}, {"a", "b", "c"}, "g* h*"},
        {"too few can be promoted", 4, 100, {"h"}, {"a", "b", "c"}, "a b c h*"},
        {"none can be promoted", 2, 50, {}, {"a", "b", "c"}, "a b"},
        {"the filter holds for the rest only", 4, 50, {"c", "d"}, {"a", "b"}, "a b c* d*"},
        {"no item twice", 4, 50, {"a", "b"}, {"a", "b", "c"}, "a* b* c"},
        {"more can be promoted than the share", 4, 25, {"a", "b"}, {"a", "b", "c", "d"}, "a* b c d"},
        {"nothing passes the filter", 4, 50, {"a", "b", "c"}, {}, "a* b*"},
    };
    for (const auto& each : cases) {
        const ItemSet promotable = set_of(*model, each.promotable);
        const ItemSet passing = set_of(*model, each.passing);
        const auto answer =
            recommend(find_candidates(*model, {"u"}), &passing, each.count, {each.percent, &promotable});
        EXPECT_EQ(marked(*model, answer), each.answer) << each.name;
        EXPECT_LE(sum_of(answer), 1.000001) << each.name;
    }
}

}  // namespace
}  // namespace plocal::recommender
