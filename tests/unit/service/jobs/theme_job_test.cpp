#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/service/jobs/batch_world.h"

namespace plocal::jobs {
namespace {

/// Films with titles.
Json titled_document() {
    Json document = films_for({"similar-items"});
    document["schemas"][0] =
        runtime::schema("items", "Items",
                        {runtime::field("ITEM_ID", "string"), runtime::field("TITLE", runtime::nullable("string")),
                         runtime::field("PLOT", runtime::nullable("string"), {{"textual", true}})});
    const Json titles = {{{"ITEM_ID", "a"}, {"TITLE", "Robot"}},
                         {{"ITEM_ID", "b"}, {"TITLE", "Love"}},
                         {{"ITEM_ID", "c"}, {"TITLE", "The War of the Robot"}},
                         {{"ITEM_ID", "d"}},
                         {{"ITEM_ID", "e"}, {"TITLE", "War"}}};
    document["datasets"][0] = runtime::dataset("ITEMS", "items", titles);
    return document;
}

Json theme_of(const char* column) {
    return {{"batchInferenceJobMode", "THEME_GENERATION"},
            {"themeGenerationConfig", {{"fieldsForThemeGeneration", {{"itemName", column}}}}}};
}

class ThemeJob : public testing::Test {
protected:
    BatchWorld films{titled_document()};
};

// Fidelity: documented | A job with themes gives each line a theme, and orders its items by the relevance that stands
//   beside them | DG/themed-batch-recommendations.html
TEST_F(ThemeJob, GivesTheItemsOfALineAThemeFromTheirNames) {
    EXPECT_EQ(films.inference("similar-items", R"({"itemId":"b"})", theme_of("TITLE")),
              R"({"input":{"itemId":"b"},"output":{"recommendedItems":["c","a","e","d"],"theme":"Robot, War",)"
              R"("itemsThemeRelevanceScores":[0.6,0.3,0.3,0.0]},"error":null})"
              "\n");
}

TEST_F(ThemeJob, HasAThemeWithoutNamesToo) {
    const Json output = Json::parse(films.inference("similar-items", R"({"itemId":"b"})", theme_of("PLOT")))["output"];
    EXPECT_EQ(output["theme"], "Similar items");
    EXPECT_EQ(output["itemsThemeRelevanceScores"], Json({0.0, 0.0, 0.0, 0.0}));
}

TEST_F(ThemeJob, MakesAThemeUpWhereTheGroupHasNoRows) {
    Json document = titled_document();
    for (Json& dataset : document["datasets"]) dataset.erase("_local");
    BatchWorld empty(document);
    const Json output = Json::parse(empty.inference("similar-items", R"({"itemId":"b"})", theme_of("TITLE")))["output"];
    EXPECT_EQ(output["recommendedItems"].size(), 25u);
    EXPECT_EQ(output["itemsThemeRelevanceScores"].size(), 25u);
}

}  // namespace
}  // namespace plocal::jobs
