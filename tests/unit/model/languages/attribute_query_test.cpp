#include "server/model/languages/attribute_query.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/model/api_error.h"

namespace plocal::languages {
namespace {

/// "COLUMN=VALUE COLUMN=VALUE", or the refusal.
std::string parsed(std::string_view text) {
    std::string result;
    try {
        for (const AttributeCondition& each : parse_attribute_query(text)) {
            result += (result.empty() ? "" : " ") + each.column + '=' + each.value;
        }
    } catch (const model::ApiError& error) {
        return error.message();
    }
    return result;
}

// Fidelity: documented | Items of a segment are described by attributes that are equal to a value, joined by AND |
//   DG/batch-data-upload.html
// Fidelity: seen | The dataset is ITEMS, and the column is spelled as in the schema |
//   aws-samples/amazon-personalize-samples, update-item-dataset-schema-example.ipynb
TEST(AttributeQuery, HasEqualityAndAnd) {
    const struct {
        const char* text;
        const char* expected;
    } cases[] = {
        {R"(ITEMS.genres = "Comedy" AND ITEMS.genres = "Action")", "genres=Comedy genres=Action"},
        {R"(ITEMS.CATEGORY_L1 = "food service")", "CATEGORY_L1=food service"},
        {R"(items.YEAR=1994 and Items.A='b' AND ITEMS.B="\"q\"")", "YEAR=1994 A=b B=\"q\""},
    };
    for (const auto& each : cases) EXPECT_EQ(parsed(each.text), each.expected) << each.text;
}

TEST(AttributeQuery, RefusesEverythingElseWithItsPlace) {
    const struct {
        const char* text;
        const char* message;
    } cases[] = {
        {"", "Invalid Expression. Expected a field such as ITEMS.GENRES, but the expression ends (column 1)."},
        {R"(USERS.AGE = "1")", "Invalid input symbol: USERS. Expected a field such as ITEMS.GENRES (column 1)."},
        {R"(ITEMS = "1")", "Invalid input symbol: =. Expected a dot and the name of a field (column 7)."},
        {R"(ITEMS.A != "1")", "Invalid input symbol: !=. Expected = (column 9)."},
        {R"(ITEMS.A IN ("1"))", "Invalid input symbol: IN. Expected = (column 9)."},
        {"ITEMS.A = b", "Invalid input symbol: b. Expected a quoted string (column 11)."},
        {"ITEMS.A = $B", "Invalid input symbol: $B. Expected a quoted string (column 11)."},
        {R"(ITEMS.A = "b)", "Invalid input symbol: \"b. Expected a quoted string (column 11)."},
        {R"(ITEMS.A = "b" OR ITEMS.A = "c")", "Invalid input symbol: OR. Expected AND or the end (column 15)."},
        {R"(ITEMS.A = "b" AND)",
         "Invalid Expression. Expected a field such as ITEMS.GENRES, but the expression ends (column 18)."},
    };
    for (const auto& each : cases) EXPECT_EQ(parsed(each.text), each.message) << each.text;
}

}  // namespace
}  // namespace plocal::languages
