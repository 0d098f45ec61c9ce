#include "server/model/languages/filter/check.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

#include "server/model/api_error.h"
#include "server/model/languages/filter/parse.h"

namespace plocal::languages {
namespace {

FilterDatasets datasets_with_schemas() {
    const std::vector<Column> items = {
        {"ITEM_ID", {"string"}},   {"GENRE", {"string", "null"}, true}, {"TITLE", {"string", "null"}, false, true},
        {"IN_STOCK", {"boolean"}}, {"PRICE", {"null", "float"}},        {"CREATION_TIMESTAMP", {"long"}}};
    const std::vector<Column> users = {{"USER_ID", {"string"}}, {"AGE", {"int"}}, {"BIO", {"string"}, false, true}};
    return {{"ITEMS", {"arn:items", {"ITEMS", items}}}, {"USERS", {"arn:users", {"USERS", users}}}};
}

std::string check_error(std::string_view text) {
    try {
        check_filter(parse_filter_expression(text), datasets_with_schemas());
    } catch (const model::ApiError& error) {
        EXPECT_EQ(error.name(), "InvalidInputException");
        return error.message();
    }
    return "";
}

TEST(FilterCheck, AcceptsWhatTheGuideShows) {
    for (const char* const text : {
             R"(INCLUDE ItemID WHERE Items.GENRE IN ("Drama") AND items.price <= 10)",
             R"(INCLUDE ItemID WHERE Items.GENRE = "Drama" OR Items.GENRE != $GENRE)",
             "INCLUDE ItemID WHERE Items.PRICE < CurrentItem.PRICE AND Items.GENRE IN CurrentItem.GENRE",
             "INCLUDE ItemID WHERE Items.CREATION_TIMESTAMP > $DATE",
             R"(INCLUDE ItemID WHERE Items.PRICE > "10")",
             R"(INCLUDE ItemID WHERE Items.ITEM_ID IN ("1", $MORE))",
             R"(EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("*") IF CurrentUser.AGE > 18)",
             R"(INCLUDE UserID WHERE Users.AGE < 18 | EXCLUDE UserID WHERE Interactions.EVENT_TYPE = "buy")",
             "INCLUDE ActionID WHERE Actions.NO_DATASET_KNOWN > 1",
         }) {
        EXPECT_EQ(check_error(text), "") << text;
    }
}

// Fidelity: documented | A filter cannot use textual or boolean columns; the message begins with Invalid Expression |
//   DG/filter-expressions.html
// Fidelity: inferred | A filter uses columns of its datasets | -
TEST(FilterCheck, RefusesColumnsThatCannotBeFiltered) {
    const struct {
        const char* text;
        const char* error;
    } cases[] = {
        {"INCLUDE ItemID WHERE Items.YEAR > 1", "The column YEAR is not in the schema of the dataset arn:items"},
        {"INCLUDE ItemID WHERE Items.PRICE > CurrentItem.YEAR",
         "The column YEAR is not in the schema of the dataset arn:items"},
        {"INCLUDE ItemID WHERE Items.PRICE > 1 IF CurrentUser.CLUB = 1",
         "The column CLUB is not in the schema of the dataset arn:users"},
        {R"(INCLUDE ItemID WHERE Items.title IN ("a"))",
         "The column title is textual. Filters cannot use textual columns."},
        {R"(INCLUDE ItemID WHERE Items.PRICE > 1 IF CurrentUser.BIO IN ("a"))",
         "The column BIO is textual. Filters cannot use textual columns."},
        {R"(INCLUDE ItemID WHERE Items.IN_STOCK IN ("true"))",
         "The column IN_STOCK is boolean. Filters cannot use boolean columns."},
        {"INCLUDE ItemID WHERE Items.IN_STOCK = 1",
         "The column IN_STOCK is boolean. Filters cannot use boolean columns."},
    };
    for (const auto& one : cases) EXPECT_EQ(check_error(one.text), std::string("Invalid Expression. ") + one.error);
}

// Fidelity: documented | <, <=, > and >= are for numbers; texts are compared by IN and NOT IN (and, as an example of
// the
//   guide shows, by =) | DG/filter-expressions.html
TEST(FilterCheck, RefusesTextsInAnOrder) {
    const std::string rule = "<, <=, > and >= compare numbers; IN, NOT IN, = and != compare texts";
    const struct {
        const char* text;
        std::string error;
    } cases[] = {
        {"INCLUDE ItemID WHERE Items.GENRE > 1", "Invalid Expression. The column GENRE holds texts. " + rule + "."},
        {"INCLUDE ItemID WHERE Items.GENRE < $G", "Invalid Expression. The column GENRE holds texts. " + rule + "."},
        {"INCLUDE ItemID WHERE Items.PRICE < CurrentItem.GENRE",
         "Invalid Expression. The column GENRE holds texts. " + rule + "."},
        {R"(INCLUDE ItemID WHERE Items.PRICE < "che\"ap")",
         R"(Invalid input symbol: "che\"ap". )" + rule + " (column 36)."},
        {R"(INCLUDE ActionID WHERE Actions.X >= 'a')", "Invalid input symbol: 'a'. " + rule + " (column 37)."},
        {"INCLUDE ItemID WHERE Interactions.EVENT_TYPE > 1", "Invalid input symbol: 1. " + rule + " (column 48)."},
    };
    for (const auto& one : cases) EXPECT_EQ(check_error(one.text), one.error);
}

// Fidelity: documented | A list has one placeholder, which may stand for several values | DG/filter-real-time.html
TEST(FilterCheck, RefusesASecondPlaceholderInAList) {
    EXPECT_EQ(check_error("INCLUDE ItemID WHERE Items.GENRE IN ($A, $B)"),
              "Invalid input symbol: $B. A list can have only one placeholder (column 42).");
    EXPECT_EQ(check_error(R"(INCLUDE ItemID WHERE Items.GENRE IN ($A) AND Items.GENRE IN ($B))"), "");
}

// Fidelity: inferred | All expressions of a filter return ids of one kind | -
TEST(FilterCheck, RefusesSeveralKindsOfIds) {
    EXPECT_EQ(check_error("INCLUDE ItemID WHERE Items.PRICE > 1 | EXCLUDE UserID WHERE Users.AGE > 1"),
              "Invalid input symbol: UserID. All expressions of a filter return the same ids, ItemID (column 48).");
}

TEST(FilterCheck, RefusesToCompareEventTypesWithAColumn) {
    EXPECT_EQ(check_error("INCLUDE ItemID WHERE Interactions.EVENT_TYPE IN CurrentItem.GENRE"),
              "Invalid input symbol: CurrentItem. EVENT_TYPE is compared with event types (column 49).");
}

TEST(FilterCheck, CountsAFieldOnceInAnyCase) {
    const auto expression = parse_filter_expression(
        R"(INCLUDE ItemID WHERE Items.PRICE < CurrentItem.price AND Items.Genre IN ("a") IF CurrentUser.AGE > 1 | )"
        R"(EXCLUDE ItemID WHERE Interactions.event_type IN ("buy") | EXCLUDE ItemID WHERE ITEMS.GENRE IN ("b"))");
    EXPECT_EQ(distinct_filter_fields(expression),
              (std::set<std::string>{"INTERACTIONS.EVENT_TYPE", "ITEMS.GENRE", "ITEMS.PRICE", "USERS.AGE"}));
}

}  // namespace
}  // namespace plocal::languages
