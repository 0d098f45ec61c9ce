#include "server/service/recommender/theme.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plocal::recommender {
namespace {

using testing::DoubleEq;
using testing::Each;
using testing::ElementsAre;

Theme theme_of(const std::vector<std::string>& names) {
    return find_theme(names);
}

TEST(Theme, NamesTheWordsThatMostNamesShare) {
    const struct {
        const char* name;
        std::vector<std::string> names;
        const char* theme;
    } cases[] = {
        {"the most common first", {"Robot War", "The Robot", "War and Robot"}, "Robot, War"},
        {"three at most, equal ones in order", {"delta bravo", "alpha charlie"}, "Alpha, Bravo, Charlie"},
        {"a word counts once a name", {"war war war", "robot", "robot"}, "Robot, War"},
        {"letter case makes no difference", {"ROBOT", "robot", "Alpha"}, "Robot, Alpha"},
        {"short and filling words are none", {"It of the with 2", "at"}, "Similar items"},
        {"digits are part of words", {"Room 237, again", "237"}, "237, Again, Room"},
        {"other scripts stay as they are", {"Caf\xC3\xA9 noir", "caf\xC3\xA9"}, "Caf\xC3\xA9, Noir"},
        {"no names", {"", ""}, "Similar items"},
        {"no items", {}, "Similar items"},
    };
    for (const auto& each : cases) EXPECT_EQ(theme_of(each.names).text, each.theme) << each.name;
}

TEST(Theme, OrdersItemsByRelevance) {
    const Theme theme = theme_of({"War", "nothing else", "Robot War", "Robot", "War"});
    EXPECT_EQ(theme.text, "War, Robot, Else");
    EXPECT_THAT(theme.order, ElementsAre(2, 0, 4, 3, 1));
    EXPECT_THAT(theme.relevances,
                ElementsAre(DoubleEq(0.3), DoubleEq(0.1), DoubleEq(0.5), DoubleEq(0.2), DoubleEq(0.3)));
}

TEST(Theme, KeepsTheOrderOfItemsThatAreEquallyRelevant) {
    const Theme theme = theme_of({"", "", ""});
    EXPECT_THAT(theme.order, ElementsAre(0, 1, 2));
    EXPECT_THAT(theme.relevances, Each(0.0));
}

TEST(Theme, RoundsRelevancesToNineDecimals) {
    EXPECT_THAT(theme_of({"red green blue", "red", "red", "green", "green", "blue", "red"}).relevances.at(1),
                DoubleEq(0.266666667));
}

}  // namespace
}  // namespace plocal::recommender
