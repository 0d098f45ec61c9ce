#include "server/model/languages/filter/explain.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/unit/model/languages/filter/tiny_world.h"

namespace plocal::languages {
namespace {

struct Explained {
    const char* expression;
    char id;
    bool passes;
    const char* decided_by;
    const char* because;
};

void expect_explained(const TinyWorld& world, const std::vector<Explained>& cases) {
    for (const Explained& one : cases) {
        const PreparedFilter filter = world.prepared(one.expression);
        const FilterVerdict verdict = explain_filter(filter, world, world.ids.find(one.id));
        EXPECT_EQ(verdict.passes, one.passes) << one.expression << " " << one.id;
        EXPECT_EQ(verdict.expression, one.decided_by) << one.expression << " " << one.id;
        EXPECT_EQ(verdict.because, one.because) << one.expression << " " << one.id;
    }
}

TEST(FilterExplanation, QuotesThePartThatDecidedAndItsValues) {
    const char* const drama = R"(INCLUDE ItemID WHERE Items.GENRE IN ("Drama"))";
    const char* const bought = R"(EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("PURCHASE", "rent"))";
    const std::string text = std::string(drama) + "  |  " + bought;
    const char* const both = text.c_str();
    expect_explained(tiny_items(), {{drama, 'a', true, drama, R"(Items.GENRE is "Drama|Music")"},
                                    {drama, 'b', false, drama, R"(Items.GENRE is "Comedy")"},
                                    {drama, 'e', false, drama, "Items.GENRE has no value"},
                                    {bought, 'a', false, bought, R"(the user has "Purchase" with it)"},
                                    {bought, 'b', true, "", ""},
                                    {both, 'a', false, bought, R"(the user has "Purchase" with it)"},
                                    {both, 'c', true, drama, R"(Items.GENRE is "Romance|Drama")"},
                                    {both, 'e', false, drama, "Items.GENRE has no value"}});
}

TEST(FilterExplanation, SaysWhichConditionsDecided) {
    const char* const cheap = "INCLUDE ItemID WHERE Items.PRICE < CurrentItem.PRICE AND Items.YEAR > 1930";
    const char* const decade = "EXCLUDE ItemID WHERE Items.YEAR >= 1930 AND Items.YEAR < 1940";
    const char* const either = R"(INCLUDE ItemID WHERE Items.PRICE > 200 OR Items.OWNER IN ("vendor"))";
    const char* const clicked = R"(INCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("click", "rent"))";
    const char* const any = R"(INCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("*"))";
    expect_explained(tiny_items(),
                     {{cheap, 'a', true, cheap, "Items.PRICE is 10 and CurrentItem.PRICE is 20 and Items.YEAR is 1931"},
                      {cheap, 'b', false, cheap, "Items.PRICE is 20.5 and CurrentItem.PRICE is 20"},
                      {cheap, 'd', false, cheap, "Items.YEAR is 1930"},
                      {decade, 'c', false, decade, "Items.YEAR is 1939"},
                      {either, 'b', true, either, R"(Items.OWNER is "vendor")"},
                      {either, 'a', false, either, R"(Items.PRICE is 10 and Items.OWNER is "in-house")"},
                      {clicked, 'b', false, clicked, R"(the user has no "click" or "rent" with it)"},
                      {any, 'a', true, any, R"(the user has "click" and "Purchase" with it)"},
                      {any, 'd', false, any, "the user has no interaction with it"}});
}

TEST(FilterExplanation, SaysThatNoIncludeHolds) {
    expect_explained(
        tiny_items(),
        {{R"(INCLUDE ItemID WHERE Items.YEAR = 1 | EXCLUDE ItemID WHERE Items.YEAR > 1 |)"
          R"(INCLUDE ItemID WHERE Items.PRICE = 1|INCLUDE ItemID WHERE Items.A = 1 IF CurrentUser.AGE = 1)",
          'a', false, "INCLUDE ItemID WHERE Items.YEAR = 1 | INCLUDE ItemID WHERE Items.PRICE = 1",
          "Items.YEAR is 1931 and Items.PRICE is 10"}});
}

TEST(FilterExplanation, NamesUsersActionsAndEventsWithoutAType) {
    const char* const clicked = R"(INCLUDE UserID WHERE Interactions.EVENT_TYPE IN ("Rating"))";
    expect_explained(tiny_users(), {{clicked, 'v', true, clicked, R"(the user has "rating")"},
                                    {clicked, 'w', false, clicked, R"(the user has no "Rating")"}});
    const char* const refused = R"(EXCLUDE ActionID WHERE Action_Interactions.EVENT_TYPE IN ("NOT_TAKEN"))";
    expect_explained(tiny_actions(), {{refused, 'p', false, refused, R"(the user has "Not Taken" with it)"}});
    TinyWorld world = tiny_items();
    world.events = {{{FilterEvents::items, 0}, {""}}};
    const char* const any = "EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN (*)";
    expect_explained(world, {{any, 'a', false, any, "the user has an interaction with it"}});
}

}  // namespace
}  // namespace plocal::languages
