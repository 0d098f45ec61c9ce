#include "server/model/languages/filter/values.h"

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/model/api_error.h"
#include "server/model/languages/filter/parse.h"

namespace plocal::languages {
namespace {

using Texts = std::vector<std::string>;

std::string binding_error(std::string_view expression, const FilterValues& values) {
    try {
        bind_filter(parse_filter_expression(expression), values);
    } catch (const model::ApiError& error) {
        EXPECT_EQ(error.name(), "InvalidInputException");
        return error.message();
    }
    return "";
}

BoundFilter bound(std::string_view expression, const FilterValues& values = {}) {
    return bind_filter(parse_filter_expression(expression), values);
}

// Fidelity: documented | A filter value is a list of strings in double quotes, joined by commas |
//   DG/filter-real-time.html
// Fidelity: seen | Filter values may be bare numbers, numbers in quotes, and strings with blanks |
//   aws-samples/amazon-personalize-immersion-day
TEST(FilterValues, AreListsInQuotesOrBare) {
    const struct {
        const char* text;
        Texts values;
    } cases[] = {{R"("comedy","drama")", {"comedy", "drama"}},
                 {R"( "tech" , "non tech","cloud provider news" )", {"tech", "non tech", "cloud provider news"}},
                 {R"("value1, value2")", {"value1, value2"}},
                 {R"("a \"b\"","c\\","\d")", {"a \"b\"", "c\\", "d"}},
                 {R"("")", {""}},
                 {"1465413032", {"1465413032"}},
                 {R"("0")", {"0"}},
                 {"comedy, drama ,action", {"comedy", "drama", "action"}},
                 {"non tech", {"non tech"}},
                 {"it's \"so\"", {"it's \"so\""}},
                 {"a,,b,", {"a", "b"}},
                 {"", {}},
                 {" \t\n", {}},
                 {",", {}}};
    for (const auto& one : cases) EXPECT_EQ(read_filter_values("P", one.text), one.values) << one.text;
}

TEST(FilterValues, NameThePlaceholderOfAMalformedList) {
    const struct {
        const char* text;
        const char* error;
    } cases[] = {
        {R"("comedy)", "Invalid filterValues for $GENRE: a string is not closed."},
        {R"("comedy\")", "Invalid filterValues for $GENRE: a string is not closed."},
        {R"("comedy\)", "Invalid filterValues for $GENRE: a string is not closed."},
        {R"(")", "Invalid filterValues for $GENRE: a string is not closed."},
        {R"("comedy" "drama")", "Invalid filterValues for $GENRE: expected a comma between two strings."},
        {R"("comedy",)", "Invalid filterValues for $GENRE: expected a string in double quotes."},
        {R"("comedy",drama)", "Invalid filterValues for $GENRE: expected a string in double quotes."},
    };
    for (const auto& one : cases) {
        EXPECT_EQ(binding_error("INCLUDE ItemID WHERE Items.GENRE IN ($GENRE)", {{"GENRE", one.text}}), one.error)
            << one.text;
    }
}

// Fidelity: documented | An INCLUDE needs a value for each of its placeholders | DG/API_RS_GetRecommendations.html
TEST(FilterBinding, RefusesAnIncludeWithoutAValue) {
    const std::string error = "Invalid filterValues for $GENRE: an INCLUDE needs a value for each of its placeholders.";
    const std::string include = "INCLUDE ItemID WHERE Items.GENRE IN ($GENRE)";
    EXPECT_EQ(binding_error(include, {}), error);
    EXPECT_EQ(binding_error(include, {{"GENRE", " "}}), error) << "no value in it";
    EXPECT_EQ(binding_error(include, {{"genre", "drama"}}), error) << "names are compared with their case";
    EXPECT_EQ(binding_error("INCLUDE ItemID WHERE Items.A = 1 IF CurrentUser.GENRE = $GENRE", {}), error);
    EXPECT_EQ(binding_error("EXCLUDE ItemID WHERE Items.A = $A | " + include, {{"A", "1"}}), error);
}

// Fidelity: documented | An EXCLUDE without the value of its placeholder is not applied |
//   DG/API_RS_GetRecommendations.html
TEST(FilterBinding, DropsAnExcludeWithoutAValue) {
    const std::string exclude = "EXCLUDE ItemID WHERE Items.GENRE IN ($GENRE) AND Items.YEAR < $YEAR";
    EXPECT_TRUE(bound(exclude).parts.empty());
    EXPECT_TRUE(bound(exclude, {{"YEAR", "nineteen"}}).parts.empty()) << "a value that is not used is not checked";
    EXPECT_TRUE(bound("EXCLUDE ItemID WHERE Items.A = 1 IF CurrentUser.A = $A").parts.empty());
    EXPECT_EQ(bound(exclude, {{"GENRE", "drama"}, {"YEAR", "1930"}}).parts.size(), 1U);
    const BoundFilter both = bound(exclude + "|  EXCLUDE ItemID WHERE Items.A = 1  ");
    ASSERT_EQ(both.parts.size(), 1U);
    EXPECT_EQ(both.parts[0].text, "EXCLUDE ItemID WHERE Items.A = 1");
}

TEST(FilterBinding, IgnoresValuesWithoutAPlaceholder) {
    EXPECT_EQ(binding_error("INCLUDE ItemID WHERE Items.A = 1", {{"A", "\"not closed"}}), "");
}

// Fidelity: inferred | A comparison takes one value, and <, <=, > and >= a number | -
TEST(FilterBinding, RefusesWhatCannotBeCompared) {
    const struct {
        const char* operation;
        const char* value;
        const char* error;
    } cases[] = {{"<", "1,2", "a comparison takes one value"},
                 {"=", R"("a","b")", "a comparison takes one value"},
                 {"!=", "1,1", "a comparison takes one value"},
                 {"<", "old", "<, <=, > and >= compare numbers"},
                 {">=", R"("1930s")", "<, <=, > and >= compare numbers"},
                 {">", "inf", "<, <=, > and >= compare numbers"},
                 {"<=", "nan", "<, <=, > and >= compare numbers"},
                 {"<", "0x10", "<, <=, > and >= compare numbers"},
                 {"<", R"("")", "<, <=, > and >= compare numbers"},
                 {">", "1e3", nullptr},
                 {">", R"("-1.5")", nullptr},
                 {"=", "Premium", nullptr},
                 {"!=", R"("two words")", nullptr}};
    for (const auto& one : cases) {
        const std::string expression = std::string("EXCLUDE ItemID WHERE Items.A ") + one.operation + " $A";
        const std::string error =
            one.error == nullptr ? "" : std::string("Invalid filterValues for $A: ") + one.error + ".";
        EXPECT_EQ(binding_error(expression, {{"A", one.value}}), error) << one.operation << " " << one.value;
    }
}

TEST(FilterBinding, GivesEqualKeysToFiltersThatPassTheSameRows) {
    const std::string filter = R"(INCLUDE ItemID WHERE Items.GENRE IN ("b", "a") IF CurrentUser.AGE > 1 | )"
                               R"(EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("Buy", "buy"))";
    const std::string key = bound(filter).key;
    EXPECT_EQ(bound(R"(exclude ITEMID where interactions.event_type IN ('BUY')|)"
                    R"(include itemid where items.genre in ("a","b","a") if currentuser.age > "1")")
                  .key,
              key);
    EXPECT_EQ(bound(R"(INCLUDE ItemID WHERE Items.GENRE IN ($G) IF CurrentUser.AGE > $AGE | )"
                    "EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ($E)",
                    {{"G", "a,b"}, {"AGE", "1"}, {"E", "buy"}})
                  .key,
              key);
    EXPECT_EQ(bound(filter).parts[0].key, bound(R"(EXCLUDE ItemID WHERE Items.GENRE IN ("a", "b"))").parts[0].key)
        << "effect and IF are no part of it";
}

TEST(FilterBinding, GivesDifferentKeysToFiltersThatDiffer) {
    const char* const expressions[] = {
        R"(INCLUDE ItemID WHERE Items.A IN ("a"))",
        R"(EXCLUDE ItemID WHERE Items.A IN ("a"))",
        R"(INCLUDE ItemID WHERE Items.A IN ("A"))",
        R"(INCLUDE ItemID WHERE Items.A NOT IN ("a"))",
        R"(INCLUDE ItemID WHERE Items.A IN ("a", "b"))",
        R"(INCLUDE ItemID WHERE Items.A IN ("a b"))",
        R"(INCLUDE ItemID WHERE Items.A IN ("a\" \"b"))",
        R"(INCLUDE ItemID WHERE Items.B IN ("a"))",
        R"(INCLUDE ItemID WHERE Items.A IN CurrentItem.A)",
        R"(INCLUDE ItemID WHERE Items.A IN ("a") IF CurrentUser.A = 1)",
        R"(INCLUDE ItemID WHERE Items.A IN ("a") AND Items.A = 1)",
        R"(INCLUDE ItemID WHERE Items.A IN ("a") OR Items.A = 1)",
        R"(INCLUDE ItemID WHERE Items.A = 1 OR Items.B = 2 AND Items.C = 3)",
        R"(INCLUDE ItemID WHERE (Items.A = 1 OR Items.B = 2) AND Items.C = 3)",
        R"(INCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("*"))",
        R"(INCLUDE UserID WHERE Interactions.EVENT_TYPE IN ("*"))",
        R"(INCLUDE ActionID WHERE Interactions.EVENT_TYPE IN ("a b"))",
        R"(INCLUDE ActionID WHERE Action_Interactions.EVENT_TYPE IN ("a b"))",
    };
    std::map<std::string, std::string> known;
    for (const char* const expression : expressions) {
        const auto [other, is_new] = known.emplace(bound(expression).key, expression);
        EXPECT_TRUE(is_new) << expression << " has the key of " << other->second;
    }
}

}  // namespace
}  // namespace plocal::languages
