#include "server/service/recommender/recipe_table.h"

#include <algorithm>

#include "server/base/text.h"

namespace plocal::recommender {
namespace {

constexpr bool scores = true;
constexpr bool user = true;
constexpr bool item = true;
constexpr bool later = true;
constexpr bool promotes = true;

using enum Method;

constexpr Answers lists = Answers::recommendations;

constexpr Recipe recipes[] = {
    {"aws-user-personalization", personal, lists, scores, user, !item, later, promotes},
    {"aws-user-personalization-v2", personal, lists, scores, user, !item, later, promotes},
    {"aws-hrnn", personal, lists, scores, user, !item, later, promotes},
    {"aws-hrnn-coldstart", personal, lists, scores, user, !item, later, promotes},
    {"aws-hrnn-metadata", personal, lists, scores, user, !item, later, promotes},
    {"aws-personalized-ranking", personal, Answers::ranking, scores, user, !item, later, !promotes},
    {"aws-personalized-ranking-v2", personal, Answers::ranking, scores, user, !item, later, !promotes},
    {"aws-popularity-count", popular_users, lists, !scores, user, !item, !later, promotes},
    {"aws-trending-now", trending, lists, !scores, !user, !item, !later, promotes},
    {"aws-sims", together, lists, !scores, !user, item, !later, promotes},
    {"aws-similar-items", similar, lists, !scores, !user, item, !later, promotes},
    {"aws-semantic-similarity", similar, lists, !scores, !user, item, !later, promotes},
    {"aws-next-best-action", actions, Answers::actions, scores, user, !item, later, !promotes},
    {"aws-item-affinity", segment, Answers::none, !scores, !user, !item, !later, !promotes},
    {"aws-item-attribute-affinity", segment, Answers::none, !scores, !user, !item, !later, !promotes},
    {"aws-ecomm-popular-items-by-views", popular_events, lists, !scores, user, !item, !later, promotes, "View"},
    {"aws-ecomm-popular-items-by-purchases", popular_events, lists, !scores, user, !item, !later, promotes, "Purchase"},
    {"aws-ecomm-frequently-bought-together", together, lists, !scores, !user, item, !later, promotes, "Purchase"},
    {"aws-ecomm-customers-who-viewed-x-also-viewed", together, lists, !scores, user, item, !later, promotes, "View",
     "Purchase"},
    {"aws-ecomm-recommended-for-you", personal, lists, !scores, user, !item, later, promotes, "", "Purchase"},
    {"aws-vod-because-you-watched-x", together, lists, !scores, user, item, !later, promotes, "Watch", "Watch"},
    {"aws-vod-more-like-x", similar, lists, !scores, user, item, !later, promotes, "", "Watch"},
    {"aws-vod-most-popular", popular_users, lists, !scores, user, !item, !later, promotes, "Watch"},
    {"aws-vod-top-picks", personal, lists, !scores, user, !item, later, promotes, "", "Watch"},
    {"aws-vod-trending-now", trending, lists, !scores, !user, !item, !later, !promotes},
};

}  // namespace

std::span<const Recipe> all_recipes() {
    return recipes;
}

const Recipe* find_recipe(std::string_view name) {
    const auto* const found = std::ranges::find(recipes, name, &Recipe::name);
    return found == std::end(recipes) ? nullptr : found;
}

bool is_same_event_type(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, [](char a, char b) { return base::lower(a) == base::lower(b); });
}

}  // namespace plocal::recommender
