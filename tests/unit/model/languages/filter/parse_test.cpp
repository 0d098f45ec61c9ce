#include "server/model/languages/filter/parse.h"

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "server/model/api_error.h"

namespace plocal::languages {
namespace {

using model::Evidence;

std::optional<model::ApiError> refused(std::string_view text) {
    try {
        parse_filter_expression(text);
    } catch (const model::ApiError& error) {
        return error;
    }
    return std::nullopt;
}

const std::vector<std::pair<const char*, std::string>>& good_expressions() {
    static const std::vector<std::pair<const char*, std::string>> all = {
        {"one event", R"(INCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("watch"))"},
        {"two events", R"(EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("buy", "rent"))"},
        {"every event", R"(EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("*"))"},
        {"every event, without quotes", "EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN (*)"},
        {"an event that is given later", "EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ($KIND)"},
        {"an event by =", R"(EXCLUDE ItemID WHERE Interactions.EVENT_TYPE = "buy")"},
        {"the case of the API's own text", R"(exclude itemId where INTERACTIONS.event_type in ("rent"))"},
        {"single quotes", R"(INCLUDE ItemID WHERE Items.SHELF IN ('new', 'so "called"'))"},
        {"escapes", R"(INCLUDE ItemID WHERE Items.SHELF IN ("a \"b\" c", 'd \' e', "\\"))"},
        {"signs in a string", R"(INCLUDE ItemID WHERE Items.SHELF IN ("a, b) | (c", "été", ""))"},
        {"a placeholder in a string is none", R"(INCLUDE ItemID WHERE Items.SHELF NOT IN ("$SHELF"))"},
        {"NOT IN", R"(EXCLUDE ItemID WHERE Items.SHELF_1 IN ("film") AND Items.SHELF_2 NOT IN ("silent"))"},
        {"NOT_IN, as the service names it", R"(EXCLUDE ItemID WHERE Items.SHELF NOT_IN ("silent"))"},
        {"=", "INCLUDE ItemID WHERE Items.YEAR = 1927"},
        {"!=", "INCLUDE ItemID WHERE Items.YEAR != 1927"},
        {"<", "INCLUDE ItemID WHERE Items.YEAR < 1927"},
        {"<=", "INCLUDE ItemID WHERE Items.YEAR <= $YEAR"},
        {">", "INCLUDE ItemID WHERE Items.YEAR > -1"},
        {">=", "INCLUDE ItemID WHERE Items.YEAR>=1.5e3"},
        {"a range", "INCLUDE ItemID WHERE Items.YEAR >= $FROM AND Items.YEAR <= $TO"},
        {"a string by =", R"(INCLUDE ItemID WHERE Items.SHELF = "film")"},
        {"numbers in a list", "INCLUDE ItemID WHERE Items.IN_STOCK IN (0, 1)"},
        {"values and placeholders in one list", R"(INCLUDE ItemID WHERE Items.SHELF IN ("film", $MORE))"},
        {"OR", R"(INCLUDE ItemID WHERE Items.YEAR < 1927 OR Items.SHELF IN ("silent"))"},
        {"parentheses", "INCLUDE ItemID WHERE (Items.YEAR < 3 OR (Items.YEAR > 5)) AND ((Items.A = 1))"},
        {"a value in parentheses", "INCLUDE ActionID WHERE Actions.WORTH > ($WORTH)"},
        {"CurrentItem", "INCLUDE ItemID WHERE Items.YEAR < CurrentItem.YEAR AND Items.SHELF IN CurrentItem.SHELF"},
        {"CurrentItem not in", "INCLUDE ItemID WHERE Items.SHELF NOT IN CurrentItem.SHELF"},
        {"CurrentItem in parentheses", "INCLUDE ItemID WHERE Items.SHELF IN (currentitem.SHELF)"},
        {"CurrentUser", "EXCLUDE ItemID WHERE Items.YEAR < 1927 IF CurrentUser.AGE > 6 AND CurrentUser.AGE < 12"},
        {"CurrentUser by a string", R"(INCLUDE ItemID WHERE Items.SHELF IN ($S) IF CURRENTUSER.CLUB = "gold")"},
        {"CurrentUser in a list", R"(INCLUDE ItemID WHERE Items.YEAR = 1 IF (CurrentUser.CLUB IN ("gold", $C)))"},
        {"CurrentUser and actions", "EXCLUDE ActionID WHERE Actions.WORTH < ($W) IF CurrentUser.CLUB = $CLUB"},
        {"a dataset in the singular", R"(INCLUDE ActionID WHERE Action.LEVEL IN ("Gold"))"},
        {"action interactions", R"(EXCLUDE ActionID WHERE Action_Interactions.EVENT_TYPE IN ("TAKEN"))"},
        {"actions by item interactions", R"(EXCLUDE ActionID WHERE Interactions.EVENT_TYPE IN ("buy"))"},
        {"users", "INCLUDE UserID WHERE Users.CLUB IN ($CLUB)"},
        {"users by a number", "EXCLUDE UserID WHERE Users.AGE < $AGE"},
        {"users by events", R"(INCLUDE UserID WHERE Interactions.EVENT_TYPE IN ("buy", "rent"))"},
        {"two expressions", R"(INCLUDE ItemID WHERE Items.SHELF IN ($S)|EXCLUDE ItemID WHERE Interactions.EVENT_TYPE)"
                            R"( IN ("buy", "rent"))"},
        {"four expressions",
         "INCLUDE ItemID WHERE Items.A = 1 | INCLUDE ItemID WHERE Items.B = 1 IF CurrentUser.AGE = 3 | EXCLUDE ItemID "
         "WHERE Items.C = 1 | EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ($E) IF CurrentUser.AGE = 4"},
        {"columns named as keywords are", "INCLUDE ItemID WHERE Items.IN IN (1) AND Items.IF = 2 OR Items.WHERE = 3"},
        {"blanks of every kind", "\n INCLUDE\tItemID\r\nWHERE Items . YEAR\n=\n1 "},
    };
    return all;
}

// Fidelity: documented | A filter expression may use every operator, field, placeholder and condition that the guide
//   shows | DG/filter-expressions.html
TEST(FilterExpression, ParsesEveryDocumentedForm) {
    for (const auto& [name, text] : good_expressions()) {
        const auto error = refused(text);
        EXPECT_FALSE(error) << name << ": " << (error ? error->message() : "");
    }
}

TEST(FilterExpression, CollectsFieldsInOrderWithTheirPositions) {
    const auto read = parse_filter_expression(
        R"(INCLUDE ItemID WHERE Items.SHELF IN CurrentItem.Shelf AND items.YEAR < 3 IF CurrentUser.AGE > 4 | )"
        R"(EXCLUDE ItemID WHERE Interactions.event_type IN ("buy"))");
    const struct {
        const char* dataset;
        const char* column;
        std::size_t at;
    } fields[] = {{"ITEMS", "SHELF", 21},
                  {"ITEMS", "Shelf", 36},
                  {"ITEMS", "YEAR", 58},
                  {"USERS", "AGE", 76},
                  {"INTERACTIONS", "event_type", 119}};
    ASSERT_EQ(read.fields.size(), std::size(fields));
    for (std::size_t i = 0; i < read.fields.size(); ++i) {
        EXPECT_EQ(read.fields[i].dataset, fields[i].dataset) << i;
        EXPECT_EQ(read.fields[i].column, fields[i].column) << i;
        EXPECT_EQ(read.fields[i].at, fields[i].at) << i;
    }
}

TEST(FilterExpression, ReportsTheActionDatasetsInCapitals) {
    const auto read = parse_filter_expression(
        R"(EXCLUDE ActionID WHERE Action.LEVEL = 1 | EXCLUDE ActionID WHERE Action_Interactions.EVENT_TYPE IN ("*"))");
    ASSERT_EQ(read.fields.size(), 2U);
    EXPECT_EQ(read.fields[0].dataset, "ACTIONS");
    EXPECT_EQ(read.fields[1].dataset, "ACTION_INTERACTIONS");
}

TEST(FilterExpression, CollectsEachPlaceholderOnceAndInOrder) {
    const auto read = parse_filter_expression(
        R"(INCLUDE ItemID WHERE Items.SHELF IN ($shelf, "$no", $2nd) OR Items.YEAR = $YEAR IF CurrentUser.AGE > $YEAR)"
        " | EXCLUDE ItemID WHERE Items.SHELF IN ($SHELF)");
    EXPECT_EQ(read.placeholders, (std::vector<std::string>{"shelf", "2nd", "YEAR", "SHELF"}));
    EXPECT_TRUE(parse_filter_expression("INCLUDE ItemID WHERE Items.YEAR = 1").placeholders.empty());
}

std::string steps_of(std::string_view conditions) {
    const auto read = parse_filter_expression("INCLUDE ItemID WHERE " + std::string(conditions));
    std::string steps;
    for (const FilterStep step : read.parts[0].logic) {
        steps += step == FilterStep::condition ? 'c' : step == FilterStep::both ? '&' : '|';
    }
    return steps;
}

TEST(FilterExpression, KeepsEachPartWithItsPlace) {
    const auto read = parse_filter_expression(
        R"( INCLUDE ItemID WHERE Items.YEAR >= 1 IF (CurrentUser.AGE > 4) |exclude ActionID where Action.A in ("b") )");
    ASSERT_EQ(read.parts.size(), 2U);
    EXPECT_EQ(read.text_of(read.parts[0]), "INCLUDE ItemID WHERE Items.YEAR >= 1 IF (CurrentUser.AGE > 4)");
    EXPECT_EQ(read.text_of(read.parts[1]), R"(exclude ActionID where Action.A in ("b"))");
    EXPECT_EQ(read.parts[0].effect, FilterEffect::include);
    EXPECT_EQ(read.parts[1].effect, FilterEffect::exclude);
    EXPECT_EQ(read.parts[0].ids, FilterIds::items);
    EXPECT_EQ(read.parts[1].ids, FilterIds::actions);
    EXPECT_EQ(read.parts[0].only_if.size(), 1U);
    EXPECT_TRUE(read.parts[1].only_if.empty());
}

TEST(FilterExpression, KeepsConditionsWithTheirValues) {
    const auto read = parse_filter_expression(
        R"(INCLUDE ItemID WHERE Items.A NOT IN ("x \"y\"", 'it\'s') AND Items.B <= -1.5 AND Items.C != $D )"
        R"(AND Items.E IN CurrentItem.F)");
    const auto& conditions = read.parts[0].conditions;
    ASSERT_EQ(conditions.size(), 4U);
    EXPECT_EQ(conditions[0].operation, FilterOperation::not_in);
    ASSERT_EQ(conditions[0].values.size(), 2U);
    EXPECT_EQ(conditions[0].values[0].text, "x \"y\"");
    EXPECT_EQ(conditions[0].values[1].text, "it's");
    EXPECT_EQ(conditions[1].operation, FilterOperation::less_equal);
    EXPECT_EQ(conditions[1].values.at(0).kind, FilterValueKind::number);
    EXPECT_EQ(conditions[1].values.at(0).text, "-1.5");
    EXPECT_EQ(conditions[2].values.at(0).kind, FilterValueKind::placeholder);
    EXPECT_EQ(conditions[2].values.at(0).text, "D");
    EXPECT_EQ(conditions[3].values.at(0).kind, FilterValueKind::field);
    EXPECT_EQ(read.fields[conditions[3].values.at(0).field].column, "F");
    EXPECT_EQ(read.fields[conditions[3].values.at(0).field].source, FilterSource::current_item);
}

TEST(FilterExpression, KeepsTheGroupingOfConditions) {
    const struct {
        const char* conditions;
        const char* steps;
    } cases[] = {{"Items.A = 1", "c"},
                 {"((Items.A = 1))", "c"},
                 {"Items.A = 1 AND Items.B = 1 OR Items.C = 1", "cc&c|"},
                 {"Items.A = 1 OR Items.B = 1 AND Items.C = 1", "ccc&|"},
                 {"(Items.A = 1 OR Items.B = 1) AND Items.C = 1", "cc|c&"},
                 {"Items.A = 1 AND (Items.B = 1 OR Items.C = 1)", "ccc|&"},
                 {"Items.A = 1 AND Items.B = 1 AND Items.C = 1", "cc&c&"},
                 {"Items.A = 1 OR (Items.B = 1 AND (Items.C = 1 OR Items.D = 1)) OR Items.E = 1", "cccc|&|c|"}};
    for (const auto& one : cases) EXPECT_EQ(steps_of(one.conditions), one.steps) << one.conditions;
}

// Fidelity: documented | A placeholder with NOT IN is refused with `Invalid input symbol: $NAME. Placeholders are not
//   allowed with NOT_IN operator.` | DG/error-messages.html
// Fidelity: documented | Conditions use one dataset, interactions are filtered only by event type, and an IF condition
//   uses the current user and AND | DG/filter-expressions.html
TEST(FilterExpression, RefusesExpressionsThatBreakADocumentedRule) {
    const struct {
        const char* text;
        const char* message;
    } cases[] = {
        {"INCLUDE ItemID WHERE Items.SHELF NOT IN ($SHELF)",
         "Invalid input symbol: $SHELF. Placeholders are not allowed with NOT_IN operator."},
        {R"(INCLUDE ItemID WHERE Items.SHELF not_in ("film", $SHELF))",
         "Invalid input symbol: $SHELF. Placeholders are not allowed with NOT_IN operator."},
        {R"(INCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("buy") AND Items.YEAR = 1)",
         "Invalid input symbol: Items. Conditions joined by AND or OR must be on the dataset of the first one, "
         "INTERACTIONS; | joins expressions on others (column 61)."},
        {R"(INCLUDE ItemID WHERE Items.YEAR = 1 OR Interactions.EVENT_TYPE IN ("buy"))",
         "Invalid input symbol: Interactions. Conditions joined by AND or OR must be on the dataset of the first one, "
         "ITEMS; | joins expressions on others (column 40)."},
        {R"(INCLUDE ItemID WHERE Interactions.DEVICE IN ("phone"))",
         "Invalid input symbol: DEVICE. Interactions can only be filtered by EVENT_TYPE (column 35)."},
        {R"(EXCLUDE ActionID WHERE Action_Interactions.DEVICE IN ("phone"))",
         "Invalid input symbol: DEVICE. Interactions can only be filtered by EVENT_TYPE (column 44)."},
        {"INCLUDE ActionID WHERE Actions.REPEAT_FREQUENCY > 1",
         "Invalid input symbol: REPEAT_FREQUENCY. Actions cannot be filtered by this field (column 32)."},
        {"INCLUDE ActionID WHERE Actions.ACTION_EXPIRATION_TIMESTAMP > 1",
         "Invalid input symbol: ACTION_EXPIRATION_TIMESTAMP. Actions cannot be filtered by this field (column 32)."},
        {R"(INCLUDE ItemID WHERE Items.SHELF IN ("*"))",
         "Invalid input symbol: \"*\". The asterisk can only be used with the EVENT_TYPE of interactions (column 38)."},
        {"INCLUDE ItemID WHERE CurrentUser.AGE > 18",
         "Invalid input symbol: CurrentUser. CurrentUser can only be used in an IF condition (column 22)."},
        {"INCLUDE ItemID WHERE Items.SHELF IN CurrentUser.SHELF",
         "Invalid input symbol: CurrentUser. CurrentUser can only be used in an IF condition (column 37)."},
        {"INCLUDE ItemID WHERE Items.SHELF = CurrentUser.SHELF",
         "Invalid input symbol: CurrentUser. CurrentUser can only be used in an IF condition (column 36)."},
        {"INCLUDE ItemID WHERE Items.YEAR = 1 IF Users.AGE > 20",
         "Invalid input symbol: Users. An IF condition can only check fields of CurrentUser (column 40)."},
        {"INCLUDE ItemID WHERE Items.YEAR = 1 IF CurrentUser.AGE > 1 AND Items.YEAR = 2",
         "Invalid input symbol: Items. An IF condition can only check fields of CurrentUser (column 64)."},
        {"INCLUDE ItemID WHERE Items.YEAR = 1 IF CurrentUser.AGE < 6 OR CurrentUser.AGE > 60",
         "Invalid input symbol: OR. An IF condition can only be extended with AND (column 60)."},
        {"INCLUDE ItemID WHERE Items.YEAR = 1 IF CurrentUser.AGE < 6 IF CurrentUser.AGE > 3",
         "Invalid input symbol: IF. An expression can only have one IF condition (column 60)."},
    };
    for (const auto& one : cases) {
        const auto error = refused(one.text);
        ASSERT_TRUE(error) << one.text;
        EXPECT_EQ(error->message(), one.message);
        EXPECT_EQ(error->evidence(), Evidence::documented) << one.text;
    }
}

// Fidelity: inferred | Expressions that the guide does not describe are refused; the messages begin like the documented
//   ones | DG/error-messages.html
TEST(FilterExpression, RefusesExpressionsTheGuideDoesNotDescribe) {
    const struct {
        const char* text;
        const char* message;
    } cases[] = {
        {" ", "Invalid Expression. Expected INCLUDE or EXCLUDE, but the expression ends (column 2)."},
        {"INCLUDES ItemID", "Invalid input symbol: INCLUDES. Expected INCLUDE or EXCLUDE (column 1)."},
        {"INCLUDE", "Invalid Expression. Expected ItemID, UserID or ActionID, but the expression ends (column 8)."},
        {"INCLUDE Item.ID", "Invalid input symbol: Item. Expected ItemID, UserID or ActionID (column 9)."},
        {"INCLUDE ItemID IF", "Invalid input symbol: IF. Expected WHERE (column 16)."},
        {"INCLUDE ItemID WHERE YEAR = 1",
         "Invalid input symbol: YEAR. Expected a field such as Items.GENRE (column 22)."},
        {"INCLUDE ItemID WHERE Movies.YEAR = 1",
         "Invalid input symbol: Movies. Expected a field such as Items.GENRE (column 22)."},
        {"INCLUDE ItemID WHERE NOT Items.YEAR = 1",
         "Invalid input symbol: NOT. Expected a field such as Items.GENRE (column 22)."},
        {"INCLUDE ItemID WHERE Items = 1",
         "Invalid input symbol: =. Expected a dot and the name of a field (column 28)."},
        {"INCLUDE ItemID WHERE Items. = 1", "Invalid input symbol: =. Expected the name of a field (column 29)."},
        {"INCLUDE ItemID WHERE Items.3D = 1", "Invalid input symbol: 3D. Expected the name of a field (column 28)."},
        {"INCLUDE ItemID WHERE CurrentItem.YEAR > 1",
         "Invalid input symbol: CurrentItem. CurrentItem can only be what a field is compared with (column 22)."},
        {"INCLUDE ItemID WHERE Users.AGE > 1",
         "Invalid input symbol: Users. ItemID is filtered by fields of Items or Interactions (column 22)."},
        {"INCLUDE UserID WHERE Items.YEAR > 1",
         "Invalid input symbol: Items. UserID is filtered by fields of Users or Interactions (column 22)."},
        {"INCLUDE ActionID WHERE Users.AGE > 1",
         "Invalid input symbol: Users. ActionID is filtered by fields of Actions, Action_Interactions or Interactions "
         "(column 24)."},
        {"INCLUDE ItemID WHERE Items.YEAR",
         "Invalid Expression. Expected IN, NOT IN, =, !=, <, <=, > or >=, but the expression ends (column 32)."},
        {R"(INCLUDE ItemID WHERE Items.SHELF LIKE "a")",
         "Invalid input symbol: LIKE. Expected IN, NOT IN, =, !=, <, <=, > or >= (column 34)."},
        {"INCLUDE ItemID WHERE Items.SHELF IS NULL",
         "Invalid input symbol: IS. Expected IN, NOT IN, =, !=, <, <=, > or >= (column 34)."},
        {"INCLUDE ItemID WHERE Items.SHELF ! 1",
         "Invalid input symbol: !. Expected IN, NOT IN, =, !=, <, <=, > or >= (column 34)."},
        {R"(INCLUDE ItemID WHERE Items.SHELF NOT ("a"))", "Invalid input symbol: (. Expected IN (column 38)."},
        {R"(INCLUDE ItemID WHERE Items.SHELF IN "a")", "Invalid input symbol: \"a\". Expected ( (column 37)."},
        {"INCLUDE ItemID WHERE Items.SHELF IN $S", "Invalid input symbol: $S. Expected ( (column 37)."},
        {"INCLUDE ItemID WHERE Items.SHELF IN ()",
         "Invalid input symbol: ). Expected a quoted string, a number or a placeholder (column 38)."},
        {R"(INCLUDE ItemID WHERE Items.SHELF IN ("a",))",
         "Invalid input symbol: ). Expected a quoted string, a number or a placeholder (column 42)."},
        {R"(INCLUDE ItemID WHERE Items.SHELF IN ("a" "b"))",
         "Invalid input symbol: \"b\". Expected a comma or ) (column 42)."},
        {"INCLUDE ItemID WHERE Items.SHELF IN (film)",
         "Invalid input symbol: film. Expected a quoted string, a number or a placeholder (column 38)."},
        {R"(INCLUDE ItemID WHERE Items.SHELF IN ("a")",
         "Invalid Expression. Expected a comma or ), but the expression ends (column 41)."},
        {"INCLUDE ItemID WHERE Items.SHELF IN ($)",
         "Invalid input symbol: $. Expected a quoted string, a number or a placeholder (column 38)."},
        {"INCLUDE ItemID WHERE Items.SHELF IN (\u201cfilm\u201d)",
         "Invalid input symbol: \u201c. Expected a quoted string, a number or a placeholder (column 38)."},
        {R"(INCLUDE ItemID WHERE Items.SHELF IN ("film))",
         "Invalid input symbol: \"film). The string is not closed (column 38)."},
        {"INCLUDE ItemID WHERE Items.SHELF IN ('film\" \n)",
         "Invalid input symbol: 'film\" ... The string is not closed (column 38)."},
        {R"x(INCLUDE ItemID WHERE Items.SHELF IN ("a\"))x",
         "Invalid input symbol: \"a\\\"). The string is not closed (column 38)."},
        {"INCLUDE ItemID WHERE Items.YEAR == 1",
         "Invalid input symbol: =. Expected a quoted string, a number or a placeholder (column 34)."},
        {"INCLUDE ItemID WHERE Items.YEAR < Items.END",
         "Invalid input symbol: Items. Expected a quoted string, a number or a placeholder (column 35)."},
        {"INCLUDE ItemID WHERE Items.YEAR = 12th",
         "Invalid input symbol: 12th. Expected a quoted string, a number or a placeholder (column 35)."},
        {"INCLUDE ItemID WHERE Items.YEAR = (1",
         "Invalid Expression. Expected ), but the expression ends (column 37)."},
        {"INCLUDE ItemID WHERE (Items.YEAR = 1",
         "Invalid Expression. Expected AND, OR or ), but the expression ends (column 37)."},
        {"INCLUDE ItemID WHERE (Items.YEAR = 1 IF CurrentUser.AGE = 2)",
         "Invalid input symbol: IF. Expected AND, OR or ) (column 38)."},
        {"INCLUDE ItemID WHERE Items.YEAR = 1 IF (CurrentUser.AGE = 2",
         "Invalid Expression. Expected AND or ), but the expression ends (column 60)."},
        {"INCLUDE ItemID WHERE Items.YEAR = 1)",
         "Invalid input symbol: ). Expected AND, OR, IF, | or the end (column 36)."},
        {"INCLUDE ItemID WHERE Items.YEAR = 1;",
         "Invalid input symbol: ;. Expected AND, OR, IF, | or the end (column 36)."},
        {"INCLUDE ItemID WHERE Items.YEAR = 1 IF CurrentUser.AGE = 2 WHERE",
         "Invalid input symbol: WHERE. Expected AND, | or the end (column 60)."},
        {"INCLUDE ItemID WHERE Items.YEAR = 1 AND",
         "Invalid Expression. Expected a field such as Items.GENRE, but the expression ends (column 40)."},
        {"INCLUDE ItemID WHERE Items.YEAR = 1 |",
         "Invalid Expression. Expected INCLUDE or EXCLUDE, but the expression ends (column 38)."},
    };
    for (const auto& one : cases) {
        const auto error = refused(one.text);
        ASSERT_TRUE(error) << one.text;
        EXPECT_EQ(error->message(), one.message);
        EXPECT_EQ(error->evidence(), Evidence::inferred) << one.text;
        EXPECT_EQ(error->name(), "InvalidInputException");
        EXPECT_EQ(error->status(), 400);
    }
}

TEST(FilterExpression, ChecksTheDatasetOfEachExpressionSeparately) {
    const auto error = refused(
        R"(INCLUDE ItemID WHERE Items.A = 1 | INCLUDE ItemID WHERE Interactions.EVENT_TYPE = "a" OR Items.A = 1)");
    ASSERT_TRUE(error);
    EXPECT_NE(error->message().find("first one, INTERACTIONS;"), std::string::npos) << error->message();
}

TEST(FilterExpression, CountsColumnsInCharactersAndReportsThePosition) {
    const auto error = refused("INCLUDE ItemID WHERE Items.SHELF IN (\"\u00e9\u00e9\" \u00fc)");
    ASSERT_TRUE(error);
    EXPECT_EQ(error->message(), "Invalid input symbol: \u00fc. Expected a comma or ) (column 43).");
    EXPECT_EQ(error->why(), "filterExpression at column 43: Expected a comma or )");
    const auto forbidden = refused("INCLUDE ItemID WHERE Items.SHELF NOT IN ($S)");
    ASSERT_TRUE(forbidden);
    EXPECT_EQ(forbidden->why(), "filterExpression at column 42: Placeholders are not allowed with NOT_IN operator");
}

TEST(FilterExpression, ShortensALongSymbolBetweenCharacters) {
    const std::string start = "INCLUDE ItemID WHERE Items.SHELF IN (\"";
    std::string accents;
    for (int i = 0; i < 100; ++i) accents += "\u00e9";
    const auto error = refused(start + accents);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->message(),
              "Invalid input symbol: \"" + accents.substr(0, 58) + "... The string is not closed (column 38).");
}

TEST(FilterExpression, ParsesParenthesesOfAnyDepth) {
    const std::size_t depth = 200'000;
    const std::string start = "INCLUDE ItemID WHERE " + std::string(depth, '(') + "Items.YEAR = 1";
    EXPECT_FALSE(refused(start + std::string(depth, ')')));
    EXPECT_TRUE(refused(start + std::string(depth - 1, ')')));
    EXPECT_TRUE(refused(start + std::string(depth + 1, ')')));
}

TEST(FilterExpression, ParsesOrRefusesEveryMutationOfAValidExpression) {
    std::mt19937 draw(20180522);
    const auto below = [&draw](std::size_t bound) { return static_cast<std::size_t>(draw()) % bound; };
    const std::string_view inserts = "()\"'$.,|*=<>!\\- 1aI\n\xc3\xff";
    std::size_t reads = 0;
    std::size_t refusals = 0;
    for (int round = 0; round < 200; ++round) {
        for (const auto& [name, good] : good_expressions()) {
            std::string text = good;
            for (std::size_t change = below(3) + 1; change > 0 && !text.empty(); --change) {
                const std::size_t at = below(text.size());
                switch (below(4)) {
                    case 0:
                        text.erase(at, below(8) + 1);
                        break;
                    case 1:
                        text.insert(at, 1, inserts[below(inserts.size())]);
                        break;
                    case 2:
                        text[at] = inserts[below(inserts.size())];
                        break;
                    default:
                        text.insert(below(text.size()), text.substr(at, below(12) + 1));
                }
            }
            const auto error = refused(text);
            ++(error ? refusals : reads);
            if (!error) continue;
            EXPECT_EQ(error->name(), "InvalidInputException") << text;
            EXPECT_TRUE(error->message().starts_with("Invalid input symbol: ") ||
                        error->message().starts_with("Invalid Expression. "))
                << text << ": " << error->message();
        }
    }
    EXPECT_GT(reads, 100U);
    EXPECT_GT(refusals, 1000U);
}

}  // namespace
}  // namespace plocal::languages
