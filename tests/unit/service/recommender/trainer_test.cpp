#include "server/service/recommender/trainer.h"

#include <algorithm>
#include <random>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/taste_world.h"
#include "tests/unit/service/recommender/rows.h"

namespace plocal::recommender {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// All that a model says, as one text.
std::string dump(const Model& model) {
    std::string text = std::to_string(model.interactions) + " of " + std::to_string(model.user_count) + "\n";
    for (std::uint32_t item = 0; item < model.items.size(); ++item) {
        text.append(model.items[item]).append(" ").append(std::to_string(model.weights[item]));
        if (item < model.neighbours.size()) {
            for (const Neighbour& each : model.neighbours[item]) {
                text.append(" ").append(model.items[each.item]).append("=").append(std::to_string(each.similarity));
            }
        }
        text += "\n";
    }
    for (std::uint32_t user = 0; user < model.users.size(); ++user) {
        text.append(model.users[user]).append(":");
        for (const std::uint32_t item : model.histories[user]) text.append(" ").append(model.items[item]);
        text += "\n";
    }
    for (const std::uint32_t item : model.order) text.append(model.items[item]).append(" ");
    return text;
}

TEST(Training, DoesNotDependOnTheOrderOfRowsNorOnTheSlices) {
    const std::vector<test::TasteRow> tastes = test::rows_of({.users = 60, .items = 80, .categories = 5});
    std::vector<CatalogueItem> items;
    for (int i = 0; i < 100; ++i) {
        items.push_back({"item-" + std::to_string(i), {"G=" + std::to_string(i % 5), "H=" + std::to_string(i % 3)}});
    }
    for (const char* recipe : {"aws-user-personalization", "aws-similar-items", "aws-trending-now", "aws-sims",
                               "aws-ecomm-popular-items-by-views", "aws-popularity-count"}) {
        std::vector<Row> rows;
        for (const test::TasteRow& row : tastes) rows.push_back({row.user, row.item, row.timestamp / 20'000});
        const auto expected = trained(recipe, rows, items);
        for (std::uint32_t seed = 1; seed <= 5; ++seed) {
            std::mt19937 random(seed);
            std::shuffle(rows.begin(), rows.end(), random);
            std::shuffle(items.begin(), items.end(), random);
            const auto model = trained({find_recipe(recipe)}, rows, items, 1 + random() % 1'000);
            ASSERT_EQ(dump(*model), dump(*expected)) << recipe << ", seed " << seed;
            const Query query{"user-7", "item-3"};
            ASSERT_EQ(recommended(*model, query, 100), recommended(*expected, query, 100))
                << recipe << ", seed " << seed;
        }
    }
}

TEST(Training, KnowsItemsOfInteractionsAndOfTheItemsDataset) {
    const auto model = trained("aws-popularity-count", {{"u", "b"}}, {{"c"}, {"a"}, {"b"}});
    EXPECT_THAT(recommended(*model, {"u"}), ElementsAre("b", "a", "c"));
    EXPECT_EQ(model->interactions, 1U);
    EXPECT_EQ(model->user_count, 1U);
}

TEST(Training, OfNoRowsGivesAnEmptyModel) {
    for (const Recipe& recipe : all_recipes()) {
        if (recipe.method == Method::actions || recipe.method == Method::segment) continue;
        const auto model = trained({&recipe}, {});
        EXPECT_THAT(recommended(*model, {"u", "i"}), IsEmpty()) << recipe.name;
    }
}

TEST(Training, RefusesRecipesThatRecommendNoItems) {
    EXPECT_THROW(Trainer({find_recipe("aws-next-best-action")}), std::invalid_argument);
    EXPECT_THROW(Trainer({find_recipe("aws-item-affinity")}), std::invalid_argument);
    EXPECT_THROW(Trainer({nullptr}), std::invalid_argument);
}

// Fidelity: documented | eventType and eventValueThreshold restrict the data of the training |
// DG/event-values-types.html
TEST(Training, CountsOnlyTheEventsThatTheSolutionWants) {
    const std::vector<Row> rows{{"u", "null", 1, "Watch"},
                                {"u", "less", 2, "Watch", 3.4},
                                {"u", "equal", 3, "WATCH", 3.5},
                                {"u", "more", 4, "Watch", 4},
                                {"u", "other", 5, "Click", 5}};
    const TrainingSettings settings{find_recipe("aws-popularity-count"), "Watch", 3.5};
    EXPECT_THAT(recommended(*trained(settings, rows), {"u"}), ElementsAre("equal", "more"));
}

TEST(Training, CountsOnlyTheEventsOfTheUseCase) {
    const std::vector<Row> rows{{"u", "seen", 1, "View"}, {"u", "bought", 2, "Purchase"}};
    EXPECT_THAT(recommended(*trained("aws-ecomm-popular-items-by-purchases", rows), {"u"}), ElementsAre("bought"));
}

// Fidelity: documented | popularity-count counts distinct users | DG/native-recipe-popularity.html
TEST(Training, CountsUsersForPopularityAndEventsForMostViewed) {
    const std::vector<Row> rows{
        {"u", "often", 1}, {"u", "often", 2}, {"u", "often", 3}, {"u", "wide", 1}, {"v", "wide", 1}};
    EXPECT_THAT(recommended(*trained("aws-popularity-count", rows), {"u"}), ElementsAre("wide", "often"));
    EXPECT_THAT(recommended(*trained("aws-ecomm-popular-items-by-views", rows), {"u"}), ElementsAre("often", "wide"));
}

// Fidelity: documented | trending-now orders items by the rise of events between two intervals |
//   DG/native-recipe-trending-now.html
TEST(Training, FindsTrendsBetweenTheLastTwoIntervals) {
    constexpr std::int64_t hour = 3'600;
    std::vector<Row> rows;
    const auto add = [&](const char* item, int count, std::int64_t at) {
        for (int i = 0; i < count; ++i) rows.push_back({"u" + std::to_string(rows.size()), item, at});
    };
    add("was popular", 50, 1 * hour);
    add("falls", 9, 97 * hour);
    add("falls", 1, 99 * hour);
    add("stays", 3, 97 * hour);
    add("stays", 3, 99 * hour);
    add("rises", 4, 99 * hour);
    add("rises a little", 2, 100 * hour);
    const TrainingSettings two_hours{find_recipe("aws-trending-now")};
    EXPECT_THAT(recommended(*trained(two_hours, rows), {}),
                ElementsAre("rises", "rises a little", "was popular", "falls", "stays"));
    const TrainingSettings an_hour{find_recipe("aws-trending-now"), "", {}, std::chrono::hours(1)};
    EXPECT_THAT(recommended(*trained(an_hour, rows), {}, 2), ElementsAre("rises a little", "was popular"));
}

TEST(Training, KeepsTheLatestDifferentItemsOfAUser) {
    std::vector<Row> rows;
    for (int i = 0; i < 100; ++i) rows.push_back({"u", "item-" + std::to_string(1'000 + i % 50), i});
    rows.push_back({"u", "item-1003", 500});
    const auto model = trained("aws-user-personalization", rows);
    const auto history = model->histories[0];
    ASSERT_EQ(history.size(), longest_history);
    EXPECT_EQ(model->items[history[0]], "item-1003");
    EXPECT_EQ(model->items[history[1]], "item-1049");
    EXPECT_EQ(model->items[history[19]], "item-1031");
}

TEST(Training, TakesTimestampsOfAnySize) {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    const std::vector<Row> rows{{"u", "new", most}, {"u", "old", least}, {"v", "old", least}};
    const auto model = trained("aws-user-personalization", rows);
    EXPECT_EQ(model->items[model->histories[0][0]], "new");
    EXPECT_THAT(recommended(*trained("aws-trending-now", rows), {}), ElementsAre("new", "old"));
}

TEST(Training, TakesUsersWithThousandsOfItems) {
    std::vector<Row> rows;
    for (int user = 0; user < 3; ++user) {
        for (int i = 0; i < 3'000; ++i) rows.push_back({std::to_string(user), std::to_string(i), i});
    }
    const auto model = trained("aws-sims", rows);
    EXPECT_THAT(model->neighbours[*model->items.find("2999")], testing::SizeIs(48));
    EXPECT_THAT(model->neighbours[*model->items.find("0")], IsEmpty()) << "only the latest items are compared";
    EXPECT_LT(model->memory_bytes(), 2'000'000U);
    EXPECT_GT(model->memory_bytes(), 3'000 * sizeof(double));
}

}  // namespace
}  // namespace plocal::recommender
