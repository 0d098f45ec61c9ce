#include "server/local/rules/answer_reader.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/local/rules/readings.h"

namespace plocal::rules {
namespace {

using base::Json;
using testing::ElementsAre;

/// A rule for one operation with these effects: `"output": {...}`.
std::string for_operation(const std::string& operation, const std::string& effects) {
    return R"({"match": {"operation": ")" + operation + R"("}, )" + effects + "}";
}

Effects effects_of(const std::string& operation, const std::string& effects) {
    return rule(for_operation(operation, effects)).effects;
}

TEST(AnswerReader, ReadsAnOutputWithItsTimestampsInMilliseconds) {
    const Effects effects = effects_of(
        "DescribeSchema",
        R"("output": {"schema": {"name": "s", "creationDateTime": "2026-01-31", "lastUpdatedDateTime": 1.5}})");
    EXPECT_EQ(effects.output->value, Json::parse(R"({"schema": {"name": "s", "creationDateTime": 1769817600000,
                                                               "lastUpdatedDateTime": 1500}})"));
}

TEST(AnswerReader, FindsWhereARecommendationIdIsNeeded) {
    const struct {
        const char* operation;
        const char* output;
        bool is_needed;
    } cases[] = {
        {"GetRecommendations", "{}", true},
        {"GetPersonalizedRanking", R"({"personalizedRanking": []})", true},
        {"GetActionRecommendations", R"({"recommendationId": null})", true},
        {"GetRecommendations", R"({"recommendationId": "RID-1"})", false},
        {"GetRecommendations", R"({"recommendationId": ""})", false},
        {"DescribeSchema", "{}", false},
        {"PutEvents", "{}", false},
        {"DeleteSchema", "{}", false},
    };
    for (const auto& one : cases) {
        const Rule read = rule(for_operation(one.operation, R"("output": )" + std::string(one.output)));
        EXPECT_EQ(read.effects.output->needs_recommendation_id, one.is_needed) << one.operation << one.output;
        EXPECT_EQ(has_chance(read), one.is_needed) << one.operation << one.output;
    }
}

TEST(AnswerReader, ReadsAMergeWithWhatItTakesAway) {
    const Effects effects = effects_of(
        "DescribeSchema", R"("merge": {"schema": {"name": null, "creationDateTime": "1970-01-01T00:00:01Z"}})");
    EXPECT_EQ(*effects.merge, Json::parse(R"({"schema": {"name": null, "creationDateTime": 1000}})"));
}

TEST(AnswerReader, ReadsCandidatesInTheirOrder) {
    const Effects effects =
        effects_of("GetRecommendations", R"("candidates": ["a", {"itemId": "b", "score": 0.4}, {"itemId": "c"}])");
    ASSERT_EQ(effects.candidates->size(), 3u);
    EXPECT_EQ(effects.candidates->at(0).id, "a");
    EXPECT_FALSE(effects.candidates->at(0).score);
    EXPECT_EQ(effects.candidates->at(1).id, "b");
    EXPECT_EQ(effects.candidates->at(1).score, 0.4);
    EXPECT_EQ(effects.candidates->at(2).id, "c");
    EXPECT_FALSE(effects.candidates->at(2).score);
}

TEST(AnswerReader, ReadsCandidatesOfEveryOperationThatTakesThem) {
    const char* const cases[][2] = {{"GetRecommendations", R"({"itemId": "x"})"},
                                    {"GetPersonalizedRanking", R"({"itemId": "x"})"},
                                    {"GetActionRecommendations", R"({"actionId": "x"})"}};
    for (const auto& [operation, candidate] : cases) {
        const Effects effects = effects_of(operation, R"("candidates": [)" + std::string(candidate) + "]");
        EXPECT_EQ(effects.candidates->at(0).id, "x") << operation;
    }
    EXPECT_TRUE(effects_of("GetRecommendations", R"("candidates": [])").candidates->empty()) << "a model finds nothing";
}

TEST(AnswerReader, PointsAtWhatDoesNotFitTheOperation) {
    const struct {
        std::string operation;
        std::string effects;
        std::string problem;
    } cases[] = {
        {"GetRecommendations", R"("output": [])", "/output: expected an object, found []"},
        {"GetRecommendations", R"("output": null)", "/output: expected an object, found null"},
        {"GetRecommendations", R"("output": {"itemLst": []})",
         R"(/output/itemLst: expected itemList, found a member "itemLst", which GetRecommendationsResponse does not have)"},
        {"GetRecommendations", R"("output": {"itemList": [{"itemId": "a"}, {"itemID": "b"}]})",
         R"(/output/itemList/1/itemID: expected itemId, found a member "itemID", which PredictedItem does not have)"},
        {"GetRecommendations", R"("output": {"itemList": {}})",
         "/output/itemList: expected the type that AWS gives it, found {} (Start of structure or map found where not "
         "expected)"},
        {"GetRecommendations", R"("output": {"itemList": [{"itemId": 7}]})",
         "/output/itemList/0/itemId: expected the type that AWS gives it, found 7 (NUMBER_VALUE cannot be converted to "
         "String)"},
        {"GetRecommendations", R"("output": {"itemList": [{"metadata": {"a.b": 1}}]})",
         "/output/itemList/0/metadata/a.b: expected the type that AWS gives it, found 1 (NUMBER_VALUE cannot be "
         "converted to String)"},
        {"DescribeSchema", R"("output": {"schema": {"creationDateTime": "soon"}})",
         "/output/schema/creationDateTime: expected an ISO-8601 date and time, or seconds since 1970, found \"soon\""},
        {"PutEvents", R"("output": {"a": 1})",
         R"(/output: expected {}, because the answer of PutEvents is empty, found {"a":1})"},
        {"DescribeSchema", R"("merge": "x")", "/merge: expected an object, found \"x\""},
        {"DescribeSchema", R"("merge": {"schema": {"nmae": null}})",
         R"(/merge/schema/nmae: expected name, found a member "nmae", which DatasetSchema does not have)"},
        {"DescribeSchema", R"("merge": {"schema": []})",
         "/merge/schema: expected the type that AWS gives it, found [] (Unexpected field type)"},
        {"PutEvents", R"("merge": {})",
         R"(/merge: expected a match with an operation whose answer is not empty, found "PutEvents")"},
        {"DeleteSchema", R"("merge": {})",
         R"(/merge: expected a match with an operation whose answer is not empty, found "DeleteSchema")"},
        {"ListSchemas", R"("candidates": [])",
         "/candidates: expected a match with GetRecommendations, GetPersonalizedRanking or GetActionRecommendations, "
         "found \"ListSchemas\""},
        {"GetRecommendations", R"("candidates": {})", "/candidates: expected a list of ids, the best first, found {}"},
        {"GetRecommendations", R"("candidates": ["a", 7])",
         R"(/candidates/1: expected an id of 1 to 256 characters, or an object such as {"itemId": "a", "score": 0.4}, )"
         "found 7"},
        {"GetRecommendations", R"("candidates": [""])",
         R"(/candidates/0: expected an id of 1 to 256 characters, or an object such as {"itemId": "a", "score": 0.4}, )"
         "found \"\""},
        {"GetRecommendations", R"("candidates": [{"score": 1}])",
         R"(/candidates/0: expected a member "itemId", found {"score":1})"},
        {"GetRecommendations", R"("candidates": [{"itemId": ")" + std::string(257, 'x') + R"("}])",
         "/candidates/0/itemId: expected an id of 1 to 256 characters, found \"" + std::string(76, 'x') + "..."},
        {"GetRecommendations", R"("candidates": [{"itemId": "a", "score": "high"}])",
         R"(/candidates/0/score: expected a number, found "high")"},
        {"GetRecommendations", R"("candidates": [{"itemId": "a", "scor": 1}])",
         R"(/candidates/0/scor: expected score, found a member "scor", which is none of a candidate)"},
        {"GetActionRecommendations", R"("candidates": [{"itemId": "a", "actionId": "b"}])",
         R"(/candidates/0/itemId: expected actionId or score, found a member "itemId", which is none of a candidate)"},
        {"GetRecommendations", R"("candidates": ["a", {"itemId": "a", "score": 1}])",
         R"(/candidates/1: expected an id that no candidate before it has, found {"itemId":"a","score":1})"},
    };
    for (const auto& one : cases) {
        EXPECT_THAT(problems_of(for_operation(one.operation, one.effects)), ElementsAre(one.problem)) << one.effects;
    }
}

TEST(AnswerReader, ReportsAllThatDoesNotFit) {
    std::vector<base::Problem> problems;
    read_rule(base::parse_json(for_operation("GetRecommendations",
                                             R"("output": {"a": 1, "itemList": [{"itemId": 1}, {"score": "x"}]})")),
              problems);
    std::vector<std::string> pointers;
    for (const base::Problem& each : problems) pointers.push_back(each.pointer);
    EXPECT_THAT(pointers, ElementsAre("/output/a", "/output/itemList/0/itemId", "/output/itemList/1/score"));
}

TEST(AnswerReader, NeedsOneExactOperation) {
    const char* const effects[][2] = {{"output", "{}"}, {"merge", "{}"}, {"candidates", "[]"}};
    for (const auto& [name, value] : effects) {
        const std::string effect = "\"" + std::string(name) + "\": " + value;
        const std::string wanted = "expected a match with the exact name of one operation, found ";
        EXPECT_THAT(problems_of("{" + effect + "}"), ElementsAre("/" + std::string(name) + ": " + wanted + "{}"));
        EXPECT_THAT(problems_of(R"({"match": {"userId": "a"}, )" + effect + "}"),
                    ElementsAre("/" + std::string(name) + ": " + wanted + R"({"userId":"a"})"));
        for (const char* const pattern : {"Get*", "*", "GetRecommendations*"}) {
            EXPECT_THAT(problems_of(for_operation(pattern, effect)),
                        ElementsAre("/match/operation: expected the exact name of one operation, for \"" +
                                    std::string(name) + "\", found \"" + pattern + "\""));
        }
    }
}

TEST(AnswerReader, LeavesTheRefusalOfAnUnknownOperationToTheMatch) {
    EXPECT_THAT(problems_of(for_operation("GetRecomendations", R"("output": {"itemList": []})")),
                ElementsAre(R"(/match/operation: expected GetRecommendations, found "GetRecomendations", )"
                            "which is none that is known"));
}

TEST(AnswerReader, RefusesEffectsThatExcludeEachOther) {
    const std::string error = R"("error": {"type": "X"})";
    const std::string lost = R"("error": {"type": "X", "afterCommit": true})";
    const std::string found_error = R"(, found {"type":"X"})";
    const std::string found_lost = R"(, found {"type":"X","afterCommit":true})";
    const std::string no_error = R"(expected no "error" beside it)";
    const std::string no_output = R"(expected no "output" beside it)";
    const struct {
        std::string effects;
        std::string problem;
    } cases[] = {
        {R"("output": {}, )" + error, "/output: " + no_error + found_error},
        {R"("output": {}, )" + lost, "/output: " + no_error + found_lost},
        {R"("merge": {}, )" + error, "/merge: " + no_error + found_error},
        {R"("merge": {}, )" + lost, "/merge: " + no_error + found_lost},
        {R"("merge": {}, "output": {})", "/merge: " + no_output + ", found {}"},
        {R"("candidates": [], "output": {})", "/candidates: " + no_output + ", found {}"},
        {R"("candidates": [], )" + error,
         R"(/candidates: expected "afterCommit": true in the error beside it)" + found_error},
    };
    for (const auto& one : cases) {
        EXPECT_THAT(problems_of(for_operation("GetRecommendations", one.effects)), ElementsAre(one.problem))
            << one.effects;
    }
    EXPECT_THAT(problems_of(for_operation("CreateSchema", R"("output": {}, "lifecycle": {})")),
                ElementsAre(R"(/output: expected no "lifecycle" beside it, found {})"));
}

TEST(AnswerReader, ReadsEffectsThatGoTogether) {
    const char* const cases[][2] = {
        {"GetRecommendations", R"("output": {}, "delay": "1s", "connection": "truncate")"},
        {"GetRecommendations", R"("merge": {}, "candidates": [], "delay": "1s", "connection": "reset")"},
        {"GetRecommendations", R"("candidates": [], "error": {"type": "X", "afterCommit": true}, "delay": "1s")"},
        {"CreateSchema", R"("merge": {}, "lifecycle": {})"},
    };
    for (const auto& [operation, effects] : cases) rule(for_operation(operation, effects));
}

}  // namespace
}  // namespace plocal::rules
