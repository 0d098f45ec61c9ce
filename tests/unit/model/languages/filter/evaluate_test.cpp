#include "server/model/languages/filter/evaluate.h"

#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/model/languages/filter/tiny_world.h"

namespace plocal::languages {
namespace {

struct FilterCase {
    const char* expression;
    FilterValues values;
    const char* passing;
};

void expect_passing(const TinyWorld& world, const std::vector<FilterCase>& cases) {
    for (const FilterCase& one : cases) {
        EXPECT_EQ(world.passing(one.expression, one.values), one.passing) << one.expression;
    }
}

// Fidelity: documented | Each example of the guide that filters items passes what the guide says |
//   DG/item-recommendation-filter-examples.html
TEST(FilterEvaluation, DoesWhatTheGuidesExamplesOfItemsSay) {
    expect_passing(
        tiny_items(),
        {{"EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ($EVENT_TYPE)", {{"EVENT_TYPE", R"("click")"}}, "bcde"},
         {R"(EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("click", "stream"))", {}, "cde"},
         {R"(INCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("click"))", {}, "a"},
         {"EXCLUDE ItemID WHERE Items.CATEGORY IN ($CATEGORY)", {{"CATEGORY", R"("shoe")"}}, "cde"},
         {R"(EXCLUDE ItemID WHERE Items.CATEGORY IN ("shoe") AND Items.DESCRIPTION NOT IN ("boot"))", {}, "acde"},
         {R"(EXCLUDE ItemID WHERE Items.CATEGORY_L1 IN ("shoe") AND Items.CATEGORY_L2 NOT IN ("boot"))", {}, "acde"},
         {"INCLUDE ItemID WHERE Items.PRICE <= $PRICE", {{"PRICE", "15"}}, "ad"},
         {"INCLUDE ItemID WHERE Items.CREATION_TIMESTAMP < $DATE", {{"DATE", "300"}}, "ab"},
         {"INCLUDE ItemID WHERE Items.GENRE IN ($GENRE)", {{"GENRE", R"("Drama")"}}, "ac"},
         {"INCLUDE ItemID WHERE Items.PRICE < CurrentItem.PRICE AND Items.GENRE IN CurrentItem.GENRE", {}, "a"},
         {"INCLUDE ItemID WHERE Items.PRICE < CurrentItem.PRICE AND Items.CREATION_TIMESTAMP > $DATE",
          {{"DATE", "100"}},
          "d"},
         {"EXCLUDE ItemID WHERE Items.GENRE IN ($GENRE) IF CurrentUser.AGE = $AGE",
          {{"GENRE", R"("Drama")"}, {"AGE", "30"}},
          "bde"},
         {"EXCLUDE ItemID WHERE Items.GENRE IN ($GENRE) IF CurrentUser.AGE = $AGE",
          {{"GENRE", R"("Drama")"}, {"AGE", "31"}},
          "abcde"},
         {R"(INCLUDE ItemID WHERE Items.CATEGORY IN ("watch") AND Items.DESCRIPTION IN ("luxury") )"
          "IF CurrentUser.AGE > 18",
          {},
          "c"},
         {R"(INCLUDE ItemID WHERE Items.OWNER IN ("in-house"))", {}, "ac"},
         {R"(INCLUDE ItemID WHERE Items.CATEGORY IN ("clothing") AND Items.AVAILABLE IN ("True"))", {}, "d"},
         {R"(INCLUDE ItemID WHERE Items.CATEGORY IN ($CATEGORY) | )"
          R"(INCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("favorite"))",
          {{"CATEGORY", R"("clothing")"}},
          "cd"},
         {R"(INCLUDE ItemID WHERE Items.GENRE IN ($GENRE) | )"
          R"(EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("click", "stream"))",
          {{"GENRE", R"("Drama")"}},
          "c"},
         {R"(EXCLUDE itemId WHERE INTERACTIONS.event_type in ("*"))", {}, "d"}});
}

// Fidelity: seen | Filters of AWS's own samples: a decade of films, a multi-valued genre, numbers bare and in quotes, a
//   blank in a value | aws-samples/retail-demo-store; aws-samples/amazon-personalize-immersion-day
TEST(FilterEvaluation, DoesWhatTheFiltersOfPublishedSamplesSay) {
    expect_passing(
        tiny_items(),
        {{R"(EXCLUDE ItemID WHERE INTERACTIONS.event_type IN ("Purchase") | )"
          "INCLUDE ItemID WHERE ITEMS.CATEGORY_L1 IN CurrentItem.CATEGORY_L1",
          {},
          "c"},
         {"INCLUDE ItemID WHERE Items.YEAR >= $YEAR1 AND Items.YEAR < $YEAR2",
          {{"YEAR1", "1930"}, {"YEAR2", R"("1940")"}},
          "acd"},
         {R"(INCLUDE ItemID WHERE Items.ARTICLE_GENRE IN ($GENRELIST) AND Items.CREATION_TIMESTAMP > $CUTOFF | )"
          R"(EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("*"))",
          {{"GENRELIST", R"("sports","non tech","cloud provider news")"}, {"CUTOFF", R"("0")"}},
          "d"},
         {R"(INCLUDE ItemID WHERE Items.ARTICLE_GENRE IN ($GENRELIST) AND Items.CREATION_TIMESTAMP > $CUTOFF)",
          {{"GENRELIST", R"("sports","non tech","cloud provider news")"}, {"CUTOFF", "200"}},
          "cd"},
         {R"(EXCLUDE ItemID WHERE INTERACTIONS.event_type IN ("Purchase") | )"
          R"(INCLUDE ItemID WHERE ITEMS.PROMOTED IN ("Y") AND ITEMS.CATEGORY_L1 NOT IN ("food service"))",
          {},
          "c"},
         {"INCLUDE ItemID WHERE Items.creation_timestamp > 300", {}, "d"},
         {"EXCLUDE ItemID WHERE Interactions.event_type IN ('watch','favorite')", {}, "abd"}});
}

// Fidelity: documented | A segment is filtered by columns of users, and by the types of their interactions |
//   DG/user-segment-filter-examples.html
TEST(FilterEvaluation, DoesWhatTheGuidesExamplesOfUsersSay) {
    expect_passing(
        tiny_users(),
        {{"INCLUDE UserID WHERE Users.MEMBERSHIP_STATUS IN ($MEMBERSHIP)", {{"MEMBERSHIP", R"("Gold")"}}, "u"},
         {"EXCLUDE UserID WHERE Users.AGE < $AGE", {{"AGE", "18"}}, "vw"},
         {R"(INCLUDE UserID WHERE Interactions.EVENT_TYPE IN ("click", "rating"))", {}, "uv"},
         {"EXCLUDE UserID WHERE Interactions.EVENT_TYPE IN ($EVENT_TYPE)", {{"EVENT_TYPE", "purchase"}}, "uw"},
         {R"(exclude UserId where users.country in ("England"))", {}, "vw"}});
}

// Fidelity: documented | Actions are filtered by their columns, by action interactions whose types have several
//   spellings, and by the current user | DG/action-recommendation-filter-examples.html
TEST(FilterEvaluation, DoesWhatTheGuidesExamplesOfActionsSay) {
    expect_passing(
        tiny_actions(),
        {{"INCLUDE ActionID WHERE Action_Interactions.EVENT_TYPE IN ($EVENT_TYPE)", {{"EVENT_TYPE", "taken"}}, "q"},
         {R"(EXCLUDE ActionID WHERE Action_Interactions.EVENT_TYPE IN ("NOT_TAKEN"))", {}, "qr"},
         {R"(INCLUDE ActionID WHERE Action_Interactions.EVENT_TYPE IN ("not taken", "VIEWED"))", {}, "pr"},
         {"EXCLUDE ActionID WHERE Actions.CATEGORY IN ($CATEGORY)", {{"CATEGORY", R"("reward")"}}, "qr"},
         {"INCLUDE ActionID WHERE Actions.VALUE > ($VALUE)", {{"VALUE", "5"}}, "q"},
         {R"(INCLUDE ActionID WHERE Action.MEMBERSHIP_LEVEL IN ("Premium") IF CurrentUser.MEMBERSHIP = $PREMIUM)",
          {{"PREMIUM", R"("Premium")"}},
          "p"},
         {"EXCLUDE ActionID WHERE Actions.VALUE < ($VALUE) IF CurrentUser.MEMBERSHIP = $PREMIUM",
          {{"VALUE", "6"}, {"PREMIUM", R"("Premium")"}},
          "qr"}});
}

// Fidelity: documented | Several INCLUDEs are a union, from which the union of the EXCLUDEs is removed, in any order |
//   DG/multiple-expression-example.html
TEST(FilterEvaluation, RemovesTheExcludesFromTheIncludesInAnyOrder) {
    const std::string shoes = R"(INCLUDE ItemID WHERE Items.CATEGORY IN ("shoe"))";
    const std::string watches = R"(INCLUDE ItemID WHERE Items.CATEGORY IN ("watch"))";
    const std::string bought = R"(EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("purchase"))";
    const std::string old = "EXCLUDE ItemID WHERE Items.YEAR < 1940";
    const TinyWorld world = tiny_items();
    EXPECT_EQ(world.passing(shoes + "|" + watches), "abc");
    EXPECT_EQ(world.passing(watches + " | " + bought + " | " + shoes), "bc");
    EXPECT_EQ(world.passing(bought + " | " + old), "be");
    EXPECT_EQ(world.passing(old + " | " + shoes + " | " + watches + " | " + bought), "b");
}

// Fidelity: inferred | AND binds tighter than OR: the guide does not say | -
TEST(FilterEvaluation, BindsAndTighterThanOr) {
    const std::string shoe = R"(Items.CATEGORY IN ("shoe"))";
    const std::string clothing = R"(Items.CATEGORY IN ("clothing"))";
    const std::string cheap = "Items.PRICE < 12";
    const TinyWorld world = tiny_items();
    const auto passing = [&world](const std::string& conditions) {
        return world.passing("INCLUDE ItemID WHERE " + conditions);
    };
    EXPECT_EQ(passing(clothing + " OR " + shoe + " AND " + cheap), "ad");
    EXPECT_EQ(passing(shoe + " AND " + cheap + " OR " + clothing), "ad");
    EXPECT_EQ(passing("(" + clothing + " OR " + shoe + ") AND " + cheap), "a");
    EXPECT_EQ(passing(cheap + " AND ((" + clothing + ") OR " + shoe + ")"), "a");
    EXPECT_EQ(passing(cheap + " AND " + shoe + " AND " + clothing + " OR " + clothing + " OR " + cheap), "ad");
}

// Fidelity: documented | Values are compared with their case, event types without | DG/filter-expressions.html
TEST(FilterEvaluation, ComparesValuesWithTheirCaseAndEventTypesWithout) {
    expect_passing(tiny_items(), {{R"(INCLUDE ItemID WHERE Items.GENRE IN ("drama"))", {}, "d"},
                                  {R"(INCLUDE ItemID WHERE Items.GENRE IN ("DRAMA"))", {}, ""},
                                  {R"(INCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("pURCHASE"))", {}, "a"},
                                  {R"(INCLUDE ItemID WHERE Interactions.EVENT_TYPE = "WATCH")", {}, "e"}});
}

// Fidelity: seen | A categorical value with several parts matches if one part is listed |
//   aws-samples/amazon-personalize-immersion-day, Media_04_Inference
TEST(FilterEvaluation, MatchesAnyPartOfAMultiValue) {
    expect_passing(tiny_items(),
                   {{R"(INCLUDE ItemID WHERE Items.GENRE IN ("Music"))", {}, "a"},
                    {R"(INCLUDE ItemID WHERE Items.GENRE IN ("Comedy", "Music"))", {}, "ab"},
                    {R"(INCLUDE ItemID WHERE Items.GENRE IN ("Drama") AND Items.GENRE IN ("Music"))", {}, "a"},
                    {R"(INCLUDE ItemID WHERE Items.GENRE NOT IN ("Drama"))", {}, "bde"},
                    {R"(INCLUDE ItemID WHERE Items.GENRE = "Drama")", {}, "ac"},
                    {R"(INCLUDE ItemID WHERE Items.GENRE != "Drama")", {}, "bde"},
                    {R"(INCLUDE ItemID WHERE Items.GENRE IN ("Dram", "Drama|", "|Music"))", {}, ""},
                    {R"(INCLUDE ItemID WHERE Items.GENRE IN ("Drama|Music"))", {}, "a"}});
}

// Fidelity: inferred | A value that is null is in no list and in no order, so only NOT IN and != hold for it | -
TEST(FilterEvaluation, HoldsForANullValueOnlyIfNegated) {
    expect_passing(tiny_items(),
                   {{R"(INCLUDE ItemID WHERE Items.OWNER IN ("vendor"))", {}, "b"},
                    {R"(INCLUDE ItemID WHERE Items.OWNER NOT IN ("vendor"))", {}, "acde"},
                    {R"(EXCLUDE ItemID WHERE Items.OWNER IN ("vendor"))", {}, "acde"},
                    {R"(EXCLUDE ItemID WHERE Items.OWNER NOT IN ("vendor"))", {}, "b"},
                    {"INCLUDE ItemID WHERE Items.YEAR != 1930", {}, "abce"},
                    {"INCLUDE ItemID WHERE Items.YEAR = 0 OR Items.YEAR < 9 OR Items.YEAR >= 1940", {}, "b"},
                    {"INCLUDE ItemID WHERE Items.NO_SUCH > 1", {}, ""},
                    {"INCLUDE ItemID WHERE Items.NO_SUCH NOT IN (1)", {}, "abcde"},
                    {"INCLUDE ItemID WHERE Items.PRICE < CurrentItem.NO_SUCH", {}, ""},
                    {"INCLUDE ItemID WHERE Items.GENRE IN CurrentItem.NO_SUCH", {}, ""},
                    {"INCLUDE ItemID WHERE Items.GENRE NOT IN CurrentItem.NO_SUCH", {}, "abcde"}});
}

// Fidelity: inferred | The current user's interactions with an item are a set: NOT IN holds for items without any | -
TEST(FilterEvaluation, TakesTheInteractionsWithAnItemAsASet) {
    TinyWorld world = tiny_items();
    expect_passing(world, {{R"(INCLUDE ItemID WHERE Interactions.EVENT_TYPE NOT IN ("click"))", {}, "bcde"},
                           {R"(INCLUDE ItemID WHERE Interactions.EVENT_TYPE != "click")", {}, "bcde"},
                           {R"(INCLUDE ItemID WHERE Interactions.EVENT_TYPE NOT IN ("*"))", {}, "d"},
                           {R"(INCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("click") AND )"
                            R"(Interactions.EVENT_TYPE IN ("purchase"))",
                            {},
                            "a"}});
    world.events = {{{FilterEvents::items, 3}, {""}}};
    EXPECT_EQ(world.passing("INCLUDE ItemID WHERE Interactions.EVENT_TYPE IN (*)"), "d") << "an event without a type";
    world.events.clear();
    EXPECT_EQ(world.passing(R"(EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("click"))"), "abcde");
    EXPECT_EQ(world.passing(R"(INCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("click"))"), "");
}

// Fidelity: documented | An expression whose IF is false is not applied | DG/filter-expressions.html
// Fidelity: inferred | An IF is false for an unknown user and for a null; an INCLUDE that is not applied restricts
// nothing
//   | -
TEST(FilterEvaluation, AppliesAPartOnlyIfItsIfHolds) {
    const std::string shoes = R"(INCLUDE ItemID WHERE Items.CATEGORY IN ("shoe"))";
    const struct {
        const char* condition;
        const char* passing;
    } cases[] = {{" IF CurrentUser.AGE = 30", "ab"},
                 {" IF CurrentUser.AGE > 30", "abcde"},
                 {" IF CurrentUser.AGE > 18 AND CurrentUser.AGE < 31", "ab"},
                 {" IF CurrentUser.AGE > 18 AND CurrentUser.AGE < 30", "abcde"},
                 {R"( IF CurrentUser.MEMBERSHIP IN ("Basic", "Premium"))", "ab"},
                 {R"( IF CurrentUser.MEMBERSHIP NOT IN ("Basic"))", "ab"},
                 {R"( IF CurrentUser.MEMBERSHIP != "Premium")", "abcde"},
                 {R"( IF CurrentUser.NO_SUCH NOT IN ("Basic"))", "abcde"},
                 {" IF CurrentUser.NO_SUCH != 1", "abcde"},
                 {" IF CurrentUser.AGE != CurrentUser.NO_SUCH", "abcde"},
                 {" IF CurrentUser.AGE > CurrentItem.PRICE", "ab"}};
    TinyWorld world = tiny_items();
    for (const auto& one : cases) EXPECT_EQ(world.passing(shoes + one.condition), one.passing) << one.condition;
    const std::string bought = R"( | EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("purchase"))";
    EXPECT_EQ(world.passing(shoes + " IF CurrentUser.AGE = 1" + bought), "bcde");
    EXPECT_EQ(world.passing(shoes + " IF CurrentUser.AGE = 1 | INCLUDE ItemID WHERE Items.YEAR = 1939"), "c");
    world.user.clear();
    EXPECT_EQ(world.passing(shoes + R"( IF CurrentUser.MEMBERSHIP NOT IN ("Basic"))"), "abcde");
}

TEST(FilterEvaluation, ComparesNumbersExactly) {
    TinyWorld world;
    world.ids = "abcdef";
    const std::int64_t large = 9'007'199'254'740'993;  // no double has this value
    world.rows = {{{"N", large}},
                  {{"N", large - 1}},
                  {{"N", 0.1}},
                  {{"N", "7"}},
                  {{"N", std::numeric_limits<double>::quiet_NaN()}},
                  {{"N", -1.5}}};
    expect_passing(world, {{"INCLUDE ItemID WHERE Items.N = 9007199254740993", {}, "a"},
                           {"INCLUDE ItemID WHERE Items.N = 9007199254740992.0", {}, "b"},
                           {"INCLUDE ItemID WHERE Items.N > 9007199254740992.0", {}, "a"},
                           {"INCLUDE ItemID WHERE Items.N = 0.1", {}, "c"},
                           {"INCLUDE ItemID WHERE Items.N IN (1e-1, -1.50)", {}, "cf"},
                           {"INCLUDE ItemID WHERE Items.N = 7", {}, "d"},
                           {"INCLUDE ItemID WHERE Items.N > 6", {}, "ab"},
                           {"INCLUDE ItemID WHERE Items.N < $N", {{"N", "-1"}}, "f"},
                           {"INCLUDE ItemID WHERE Items.N IN ($N)", {{"N", R"("-1.5", "seven", "7")"}}, "df"}});
}

// Fidelity: inferred | A boolean, which only a filter that was not checked can read, is the text true or false | -
TEST(FilterEvaluation, ReadsABooleanAsAText) {
    TinyWorld world;
    world.ids = "ab";
    world.rows = {{{"B", true}}, {{"B", false}}};
    expect_passing(world, {{R"(INCLUDE ItemID WHERE Items.B IN ("true"))", {}, "a"},
                           {R"(INCLUDE ItemID WHERE Items.B != "true")", {}, "b"},
                           {"INCLUDE ItemID WHERE Items.B > 0", {}, ""}});
}

TEST(FilterEvaluation, ComparesWithTheValuesOfTheCurrentItem) {
    TinyWorld world = tiny_items();
    world.item["YEARS"] = "1930|1940";
    expect_passing(world, {{"INCLUDE ItemID WHERE Items.GENRE NOT IN CurrentItem.GENRE", {}, "cde"},
                           {R"(INCLUDE ItemID WHERE Items.GENRE IN ("drama", CurrentItem.GENRE))", {}, "abd"},
                           {"INCLUDE ItemID WHERE Items.CATEGORY = CurrentItem.CATEGORY_L1", {}, "c"},
                           {"INCLUDE ItemID WHERE Items.PRICE >= CurrentItem.PRICE", {}, "bc"},
                           {"INCLUDE ItemID WHERE Items.YEAR IN CurrentItem.YEARS", {}, "bd"}});
}

TEST(FilterEvaluation, CombinesPartsThatWereEvaluatedApart) {
    const TinyWorld world = tiny_items();
    const PreparedFilter filter = world.prepared(
        R"(INCLUDE ItemID WHERE Items.CATEGORY IN ("shoe") | EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("click") | )"
        R"(INCLUDE ItemID WHERE Items.PRICE < CurrentItem.PRICE IF CurrentUser.AGE > 40)");
    const std::vector<BoundPart>& parts = filter.filter().parts;
    ASSERT_EQ(parts.size(), 3U);
    EXPECT_EQ(parts[0].reads, (FilterReads{.rows = true}));
    EXPECT_EQ(parts[1].reads, (FilterReads{.events = true}));
    EXPECT_EQ(parts[2].reads, (FilterReads{.rows = true, .current_user = true, .current_item = true}));
    const FilterRows shoes = filter.rows_of(0, world, 5);
    const FilterRows clicked = filter.rows_of(1, world, 5);
    const FilterRows cheaper = filter.rows_of(2, world, 5);
    EXPECT_EQ(shoes, (FilterRows{true, true, false, false, false}));
    EXPECT_EQ(cheaper, (FilterRows{true, false, false, true, false}));
    EXPECT_FALSE(filter.applies(2, world));
    EXPECT_EQ(filter.combine(std::vector{&shoes, &clicked, &cheaper}, 5),
              (FilterRows{false, true, false, true, false}));
    const std::vector<const FilterRows*> applied{&shoes, &clicked, nullptr};
    EXPECT_EQ(filter.combine(applied, 5), (FilterRows{false, true, false, false, false}));
    EXPECT_EQ(filter.passing(world, 5), filter.combine(applied, 5));
    for (std::size_t row = 0; row < 5; ++row)
        EXPECT_EQ(filter.passes(world, row), filter.passing(world, 5)[row]) << row;
}

TEST(FilterEvaluation, EvaluatesParenthesesOfAnyDepth) {
    std::string deep;
    for (int i = 0; i < 20'000; ++i) deep += "Items.YEAR = 1 OR (Items.PRICE > 0 AND (";
    deep += "Items.YEAR = 1940" + std::string(40'000, ')');
    EXPECT_EQ(tiny_items().passing("INCLUDE ItemID WHERE " + deep), "b");
}

}  // namespace
}  // namespace plocal::languages
