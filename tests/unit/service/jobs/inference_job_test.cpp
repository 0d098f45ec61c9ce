#include "server/service/jobs/inference_job.h"

#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/model/render.h"
#include "server/service/jobs/batch_lines.h"
#include "tests/unit/service/jobs/batch_world.h"

namespace plocal::jobs {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

Json shop_document() {
    Json document =
        films_for({"popularity-count", "user-personalization", "personalized-ranking", "similar-items", "sims"});
    runtime::add_filter(document, "drama", "INCLUDE ItemID WHERE Items.GENRES IN (\"Drama\")");
    runtime::add_filter(document, "genre", "INCLUDE ItemID WHERE Items.GENRES IN ($GENRE)");
    runtime::add_filter(document, "unseen", "EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN (\"*\")");
    return document;
}

class InferenceJob : public testing::Test {
protected:
    BatchWorld films{shop_document()};
};

Json filter(const char* name) {
    return {{"filterArn", arn("filter/" + std::string(name))}};
}

// Fidelity: documented | All users get the same popular items, and their answers have no scores |
//   DG/batch-inference-job-output-examples.html
// Fidelity: seen | A line of the output is compact JSON with input, output and error, which is null for an answer |
//   aws-samples/amazon-personalize-samples, update-datasets-user-personalization-example.ipynb
TEST_F(InferenceJob, AnswersEachLineInTheFormOfTheService) {
    EXPECT_EQ(
        films.inference("popularity-count", "{\"userId\": \"ann\"}\n{\"userId\": \"zoe\", \"n\": [1, null]}\n"),
        R"({"input":{"userId":"ann"},"output":{"recommendedItems":["a","b","c","d","e"]},"error":null})"
        "\n"
        R"({"input":{"userId":"zoe","n":[1,null]},"output":{"recommendedItems":["a","b","c","d","e"]},"error":null})"
        "\n");
}

// Fidelity: seen | Scores are descending, rounded to seven decimals and written as Java prints doubles |
//   aws-samples/amazon-personalize-samples, update-datasets-user-personalization-example.ipynb
TEST_F(InferenceJob, GivesScoresToPersonalRecommendations) {
    const std::string line = films.inference("user-personalization", R"({"userId":"ann"})", {{"numResults", 3}});
    const Json campaign =
        films
            .ask("/recommendations",
                 {{"campaignArn", arn("campaign/user-personalization")}, {"userId", "ann"}, {"numResults", 3}})
            .body["itemList"];
    ASSERT_EQ(campaign.size(), 3u);
    std::string items;
    std::string scores;
    for (const Json& item : campaign) {
        items += (items.empty() ? "" : ",") + item["itemId"].dump();
        scores += (scores.empty() ? "" : ",") + model::java_double(item["score"].get<double>());
    }
    EXPECT_EQ(line, R"({"input":{"userId":"ann"},"output":{"recommendedItems":[)" + items + R"(],"scores":[)" + scores +
                        "]},\"error\":null}\n");
}

// Fidelity: documented | A line for a ranking has the list to rank, and all of its items come back in another order |
//   DG/batch-inference-job-output-examples.html
// Fidelity: inferred | Items that the model does not know come last and have no score, as in real time | -
TEST_F(InferenceJob, RanksTheListOfALine) {
    const std::string line =
        films.inference("personalized-ranking", R"({"userId":"ann","itemList":["x","d","a","y"]})");
    const Json output = Json::parse(line)["output"];
    EXPECT_EQ(output["recommendedItems"], Json({"a", "d", "x", "y"})) << line;
    ASSERT_EQ(output["scores"].size(), 2u) << line;
    EXPECT_NEAR(output["scores"][0].get<double>() + output["scores"][1].get<double>(), 1, 1e-6);
}

TEST_F(InferenceJob, RanksLongerListsThanACampaign) {
    Json list = Json::array();
    for (int i = 0; i < 600; ++i) list.push_back("i" + std::to_string(i));
    const std::string line =
        films.inference("personalized-ranking", Json({{"userId", "u"}, {"itemList", list}}).dump());
    EXPECT_EQ(Json::parse(line)["output"]["recommendedItems"].size(), 600u);
}

// Fidelity: documented | A line for related items names an item, and its answer has no scores |
//   DG/batch-inference-job-output-examples.html
TEST_F(InferenceJob, FindsRelatedItemsForTheItemOfALine) {
    EXPECT_EQ(films.inference("sims", R"({"itemId":"b"})", {{"numResults", 2}}),
              R"({"input":{"itemId":"b"},"output":{"recommendedItems":["a","c"]},"error":null})"
              "\n");
}

// Fidelity: documented | filterValues stand beside the id of a line, and the input that comes back has them too |
//   DG/filter-batch.html
TEST_F(InferenceJob, FiltersByTheValuesOfEachLine) {
    EXPECT_EQ(films.inference("popularity-count",
                              R"({"userId":"ann","filterValues":{"GENRE":"\"Horror\",\"Music\""}})"
                              "\n"
                              R"({"userId":"ann","filterValues":{"GENRE":"\"Drama\""}})",
                              filter("genre")),
              R"({"input":{"userId":"ann","filterValues":{"GENRE":"\"Horror\",\"Music\""}},)"
              R"("output":{"recommendedItems":["b","c"]},"error":null})"
              "\n"
              R"({"input":{"userId":"ann","filterValues":{"GENRE":"\"Drama\""}},)"
              R"("output":{"recommendedItems":["a","b"]},"error":null})"
              "\n");
}

TEST_F(InferenceJob, FiltersByTheInteractionsOfTheUserOfALine) {
    const std::string lines =
        films.inference("popularity-count", "{\"userId\":\"ann\"}\n{\"userId\":\"eve\"}", filter("unseen"));
    EXPECT_THAT(lines, HasSubstr(R"({"userId":"ann"},"output":{"recommendedItems":["d","e"]})"));
    EXPECT_THAT(lines, HasSubstr(R"({"userId":"eve"},"output":{"recommendedItems":["a","b","c","e"]})"));
}

// Fidelity: inferred | A line that fails keeps its place and has input and error, without an output | -
TEST_F(InferenceJob, WritesAnErrorInThePlaceOfALineThatFails) {
    const struct {
        const char* name;
        std::string line;
        const char* input;
        const char* error;
    } cases[] = {
        {"no JSON", "user-1", R"("user-1")", "The line is not valid JSON: column 1"},
        {"a broken object", R"({"userId":"a")", R"("{\"userId\":\"a\"")", "The line is not valid JSON: "},
        {"no object", R"(["a"])", R"("[\"a\"]")", "The line is not a JSON object."},
        {"no user", R"({"itemId":"a"})", R"({"itemId":"a"})", "The given solution version requires userId."},
        {"an empty user", R"({"userId":""})", R"({"userId":""})", "The given solution version requires userId."},
        {"a number", R"({"userId":5})", R"({"userId":5})", "userId must be a string."},
        {"null", R"({"userId":null})", R"({"userId":null})", "The given solution version requires userId."},
        {"no UTF-8", "{\"userId\":\"\xFF\"}", "\"{\\\"userId\\\":\\\"\xEF\xBF\xBD\\\"}\"",
         "The line is not valid JSON: "},
    };
    for (const auto& each : cases) {
        const std::string lines =
            films.inference("popularity-count", "{\"userId\":\"u\"}\n" + each.line + "\n{\"userId\":\"v\"}\n");
        EXPECT_THAT(lines, StartsWith(R"({"input":{"userId":"u"},"output")")) << each.name;
        EXPECT_THAT(lines, HasSubstr("\n{\"input\":" + std::string(each.input) + ",\"error\":\"" + each.error))
            << each.name;
        EXPECT_THAT(lines, HasSubstr("}\n{\"input\":{\"userId\":\"v\"},\"output\"")) << each.name;
        EXPECT_EQ(films.work()["errors"], 1) << each.name;
        EXPECT_EQ(films.work()["lines"], 3) << each.name;
    }
}

TEST_F(InferenceJob, ReportsALineThatIsTooLong) {
    const std::string lines =
        films.inference("popularity-count", std::string(longest_line_bytes + 1, 'x') + "\n{\"userId\":\"v\"}\n");
    EXPECT_THAT(lines, StartsWith("{\"input\":\"xxx"));
    EXPECT_THAT(lines, HasSubstr("x\",\"error\":\"The line is longer than 1 MiB.\"}\n{\"input\":{\"userId\":\"v\"}"));
    EXPECT_LT(lines.size(), 1000u);
}

TEST_F(InferenceJob, ReportsAMissingOrWrongListAndMissingFilterValues) {
    EXPECT_THAT(films.inference("personalized-ranking", R"({"userId":"ann"})"),
                HasSubstr(R"("error":"The given solution version requires itemList.")"));
    EXPECT_THAT(films.inference("personalized-ranking", R"({"userId":"ann","itemList":[]})"),
                HasSubstr(R"("error":"itemList must be a list of strings that is not empty.")"));
    EXPECT_THAT(films.inference("popularity-count", R"({"userId":"ann"})", filter("genre")),
                HasSubstr(R"("error":"Invalid filterValues for $GENRE)"));
    EXPECT_THAT(films.inference("popularity-count", R"({"userId":"ann","filterValues":{"GENRE":1}})", filter("genre")),
                HasSubstr(R"("error":"filterValues must be an object of strings.")"));
}

TEST_F(InferenceJob, CountsWhatItReadAndReportsTheFirstError) {
    films.put("in/other.json", "\n\n{}\n{}\n");
    films.inference("popularity-count", "{\"userId\":\"u\"}\n");
    const Json work = films.work();
    EXPECT_EQ(work["files"], 2) << work;
    EXPECT_EQ(work["bytes"], 23) << work;
    EXPECT_EQ(work["lines"], 3) << work;
    EXPECT_EQ(work["errors"], 2) << work;
    EXPECT_EQ(work["detail"], "s3://bucket/in/other.json, line 3: The given solution version requires userId.") << work;
}

// Fidelity: documented | Exploration and rankingInfluence are options of a batch inference job |
//   DG/API_BatchInferenceJobConfig.html
TEST_F(InferenceJob, SaysThatExplorationAndInfluenceAreNotUsed) {
    films.inference(
        "user-personalization", R"({"userId":"ann"})",
        {{"batchInferenceJobConfig",
          {{"itemExplorationConfig", {{"explorationWeight", "0.3"}}}, {"rankingInfluence", {{"POPULARITY", 0.5}}}}}});
    EXPECT_EQ(films.outcome(), "ACTIVE");
    EXPECT_EQ(films.work()["detail"], "itemExplorationConfig is not used; rankingInfluence is not used");
}

TEST_F(InferenceJob, MakesItemsUpWhereTheGroupHasNoRows) {
    Json document = shop_document();
    document.erase("datasets");
    BatchWorld empty(document);
    const Json first = Json::parse(empty.inference("user-personalization", R"({"userId":"ann"})"));
    EXPECT_EQ(first["output"]["recommendedItems"].size(), 25u);
    EXPECT_THAT(first["output"]["recommendedItems"][0].get<std::string>(), StartsWith("item-"));
    EXPECT_EQ(first["output"]["scores"].size(), 25u);
    EXPECT_EQ(empty.work()["detail"], "made up: the dataset group has no rows");
    EXPECT_THAT(empty.inference("user-personalization", R"({"userId":"ann"})", {{"numResults", 500}}),
                HasSubstr("E-5]},\"error\":null}"));
    EXPECT_EQ(Json::parse(empty.inference("user-personalization", R"({"userId":"ann"})")), first);
    const Json ranked =
        Json::parse(empty.inference("personalized-ranking", R"({"userId":"ann","itemList":["x","y"]})"));
    EXPECT_EQ(ranked["output"]["scores"].size(), 2u);
    const Json filtered = Json::parse(empty.inference("user-personalization", R"({"userId":"a"})", filter("drama")));
    EXPECT_EQ(filtered["output"]["recommendedItems"].size(), 0u);
}

}  // namespace
}  // namespace plocal::jobs
