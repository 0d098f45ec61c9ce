#include "server/service/recommender/recipe_table.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace plocal::recommender {
namespace {

TEST(RecipeTable, NamesEachRecipeOnce) {
    std::set<std::string_view> names;
    for (const Recipe& recipe : all_recipes()) {
        EXPECT_TRUE(names.insert(recipe.name).second) << recipe.name;
        EXPECT_EQ(find_recipe(recipe.name), &recipe);
    }
    EXPECT_EQ(names.size(), 25U);
    EXPECT_EQ(find_recipe("aws-unknown"), nullptr);
}

// Fidelity: seen | Recommenders of domain dataset groups answer without scores |
//   aws-samples/amazon-personalize-immersion-day, Retail and Media notebooks
// Fidelity: documented | Only recipes that personalize have scores | DG/recommendations.html
TEST(RecipeTable, HasScoresForPersonalRecipesOfCustomGroupsOnly) {
    for (const Recipe& recipe : all_recipes()) {
        const bool is_use_case = recipe.name.starts_with("aws-ecomm-") || recipe.name.starts_with("aws-vod-");
        const bool is_personal = recipe.method == Method::personal || recipe.method == Method::actions;
        EXPECT_EQ(recipe.has_scores, is_personal && !is_use_case) << recipe.name;
        EXPECT_EQ(recipe.sees_later_events, is_personal) << recipe.name;
    }
}

// Fidelity: documented | Which ids a use case needs and which events it counts and leaves out |
//   DG/ECOMMERCE-use-cases.html; DG/VIDEO_ON_DEMAND-use-cases.html; DG/domain-dsg-recommendations.html
TEST(RecipeTable, SaysWhatAUseCaseNeedsCountsAndLeavesOut) {
    const struct {
        const char* name;
        bool needs_user;
        bool needs_item;
        const char* trained;
        const char* dropped;
    } cases[] = {
        {"aws-ecomm-popular-items-by-views", true, false, "View", ""},
        {"aws-ecomm-popular-items-by-purchases", true, false, "Purchase", ""},
        {"aws-ecomm-frequently-bought-together", false, true, "Purchase", ""},
        {"aws-ecomm-customers-who-viewed-x-also-viewed", true, true, "View", "Purchase"},
        {"aws-ecomm-recommended-for-you", true, false, "", "Purchase"},
        {"aws-vod-because-you-watched-x", true, true, "Watch", "Watch"},
        {"aws-vod-more-like-x", true, true, "", "Watch"},
        {"aws-vod-most-popular", true, false, "Watch", ""},
        {"aws-vod-top-picks", true, false, "", "Watch"},
        {"aws-vod-trending-now", false, false, "", ""},
    };
    for (const auto& each : cases) {
        const Recipe* const recipe = find_recipe(each.name);
        ASSERT_NE(recipe, nullptr) << each.name;
        EXPECT_EQ(recipe->needs_user, each.needs_user) << each.name;
        EXPECT_EQ(recipe->needs_item, each.needs_item) << each.name;
        EXPECT_EQ(recipe->trained_event, each.trained) << each.name;
        EXPECT_EQ(recipe->dropped_event, each.dropped) << each.name;
    }
}

TEST(RecipeTable, ComparesEventTypesWithoutRegardToCase) {
    EXPECT_TRUE(is_same_event_type("Watch", "wATCH"));
    EXPECT_FALSE(is_same_event_type("Watch", "Watched"));
}

}  // namespace
}  // namespace plocal::recommender
