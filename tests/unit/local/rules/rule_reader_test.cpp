#include "server/local/rules/rule_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/local/rules/readings.h"

namespace plocal::rules {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> operations_of(const std::string& json) {
    std::vector<std::string> names;
    for (const model::Operation* each : rule(json).match.operations) names.push_back(each->name);
    return names;
}

// The nearest of all known names is searched for each.
TEST(RuleReader, StopsAfterManyProblems) {
    std::string unknown = R"({"delay":"1s","match":{)";
    for (int i = 0; i < 20'000; ++i) unknown += "\"nothingOfTheKind" + std::to_string(i) + "\":1,";
    unknown.back() = '}';
    EXPECT_EQ(problems_of(unknown + "}").size(), base::most_problems);
    std::string rules = "[";
    for (int i = 0; i < 20'000; ++i) rules += R"({"delai":"1s"},)";
    rules.back() = ']';
    std::vector<base::Problem> problems;
    read_rules(base::parse_json(rules), problems);
    EXPECT_LE(problems.size(), base::most_problems + 1);
}

TEST(RuleReader, ReadsEveryMember) {
    const Rule one = rule(R"({"id": "a", "match": {"operation": "CreateBatchInferenceJob", "account": "1*",
        "region": "eu-*", "jobName": "x", "numResults": 3},
        "lifecycle": {"outcome": "CREATE FAILED", "failureReason": "no space"},
        "error": {"type": "ThrottlingException", "message": "Rate exceeded", "status": 429, "afterCommit": true},
        "delay": "2s..3s", "connection": "truncate", "times": 2, "after": 1, "probability": 0.25})");
    EXPECT_EQ(one.id, "a");
    EXPECT_TRUE(one.match.account->matches("12"));
    EXPECT_TRUE(one.match.region->matches("eu-west-1"));
    ASSERT_EQ(one.match.members.size(), 2u);
    EXPECT_EQ(*one.match.members[1].value.exact(), "3");
    EXPECT_EQ(one.effects.lifecycle->failure_reason, "no space");
    EXPECT_EQ(one.effects.error->type, "ThrottlingException");
    EXPECT_EQ(one.effects.error->message, "Rate exceeded");
    EXPECT_EQ(one.effects.error->status, 429);
    EXPECT_TRUE(one.effects.error->after_commit);
    EXPECT_EQ(one.effects.delay, base::DurationRange(2s, 3s));
    EXPECT_EQ(one.effects.connection, ConnectionFault::truncate);
    EXPECT_EQ(one.times, 2);
    EXPECT_EQ(one.after, 1);
    EXPECT_EQ(one.probability, 0.25);
}

TEST(RuleReader, LeavesDefaults) {
    const Rule one = rule(R"({"error": {"type": "X"}})");
    EXPECT_EQ(one.id, "");
    EXPECT_EQ(one.match.operations.size(), 79u) << "no match is for all";
    EXPECT_FALSE(one.match.account);
    EXPECT_EQ(one.effects.error->message, "");
    EXPECT_FALSE(one.effects.error->status);
    EXPECT_FALSE(one.effects.error->after_commit);
    EXPECT_FALSE(one.effects.delay || one.effects.lifecycle || one.effects.connection);
    EXPECT_FALSE(one.times);
    EXPECT_EQ(one.after, 0);
    EXPECT_EQ(one.probability, 1);
}

TEST(RuleReader, FindsTheOperationsOfARule) {
    const struct {
        const char* json;
        std::vector<std::string> operations;
    } cases[] = {
        {R"({"match": {"operation": "DescribeBatch*"}, "delay": "1s"})",
         {"DescribeBatchInferenceJob", "DescribeBatchSegmentJob"}},
        {R"({"match": {"operation": "*BatchInferenceJob*", "jobName": "x"}, "delay": "1s"})",
         {"CreateBatchInferenceJob"}},
        {R"({"match": {"batchInferenceJobArn": "x"}, "delay": "1s"})", {"DescribeBatchInferenceJob"}},
        {R"({"match": {"/jobInput/s3DataSource/path": "x", "/tags/0/tagKey": "y", "numResults": 1}, "delay": "1s"})",
         {"CreateBatchInferenceJob", "CreateBatchSegmentJob"}},
        {R"({"match": {"operation": "*BatchInferenceJob"}, "lifecycle": {}})", {"CreateBatchInferenceJob"}},
        {R"({"match": {"operation": "*BatchInferenceJob"}, "lifecycle": {}, "delay": "1s"})",
         {"CreateBatchInferenceJob", "DescribeBatchInferenceJob"}},
        {R"({"match": {"operation": "GetRecommendations"}, "connection": "close"})", {"GetRecommendations"}},
        {R"({"match": {"operation": "PutEvents", "/eventList/0/eventType": "click"}, "delay": "1s"})", {"PutEvents"}},
    };
    for (const auto& one : cases) EXPECT_EQ(operations_of(one.json), one.operations) << one.json;
}

TEST(RuleReader, ReportsThePlaceAndTheExpectationOfEachProblem) {
    const std::string count = "a whole number, 0 or more";
    const std::string id = "1 to 100 letters, digits and any of :._-";
    const struct {
        std::string json;
        std::string problem;
    } cases[] = {
        {"[]", R"(: expected an object such as {"match": {...}, "delay": "2s"}, found [])"},
        {"{}", ": expected an effect: lifecycle, error, output, merge, candidates, delay or connection, found {}"},
        {R"({"match": {}})",
         R"(: expected an effect: lifecycle, error, output, merge, candidates, delay or connection, found {"match":{}})"},
        {R"({"delay": "1s", "tims": 2})", R"(/tims: expected times, found a member "tims", which is none of a rule)"},
        {R"({"delay": "1s", "jobName": 2})",
         "/jobName: expected id, match, lifecycle, error, output, merge, candidates, delay, connection, times, after "
         "or "
         "probability, "
         R"(found a member "jobName", which is none of a rule)"},
        {R"({"delay": "1s", "id": ""})", "/id: expected " + id + ", found \"\""},
        {R"({"delay": "1s", "id": 1})", "/id: expected " + id + ", found 1"},
        {R"({"delay": "1s", "id": "a\nb"})", "/id: expected " + id + R"(, found "a\nb")"},
        {R"({"delay": "1s", "times": 0})", "/times: expected a whole number, 1 or more, found 0"},
        {R"({"delay": "1s", "times": 1.5})", "/times: expected a whole number, 1 or more, found 1.5"},
        {R"({"delay": "1s", "times": 9223372036854775808})",
         "/times: expected a whole number, 1 or more, found 9223372036854775808"},
        {R"({"delay": "1s", "after": -1})", "/after: expected " + count + ", found -1"},
        {R"({"delay": "1s", "matched": "1"})", "/matched: expected " + count + R"(, found "1")"},
        {R"({"delay": "1s", "fired": -1})", "/fired: expected " + count + ", found -1"},
        {R"({"delay": "1s", "matchedBy": {"a": -1}})",
         R"(/matchedBy: expected an object of counts by account, found {"a":-1})"},
        {R"({"delay": "1s", "probability": 1.01})", "/probability: expected a number from 0 to 1, found 1.01"},
        {R"({"delay": "1s", "probability": -0.1})", "/probability: expected a number from 0 to 1, found -0.1"},
        {R"({"delay": "1s", "probability": true})", "/probability: expected a number from 0 to 1, found true"},
        {R"({"delay": 2})",
         "/delay: expected a duration such as 250ms, 2s, 1h30m or 22d, or a range such as 20m..40m, of 100 years at "
         "most, "
         "found 2"},
        {R"({"connection": "drop"})", R"(/connection: expected reset, close or truncate, found "drop")"},
        {R"({"error": "X"})", R"(/error: expected an object such as {"type": "ThrottlingException"}, found "X")"},
        {R"({"error": {}})", R"(/error: expected a member "type", found {})"},
        {R"({"error": {"type": ""}})",
         R"(/error/type: expected an error's name such as ThrottlingException, found "")"},
        {R"({"error": {"type": "a\r\nb: c"}})",
         R"(/error/type: expected an error's name such as ThrottlingException, found "a\r\nb: c")"},
        {R"({"error": {"type": "X", "message": 1}})", "/error/message: expected a text, found 1"},
        {R"({"error": {"type": "X", "status": 299}})",
         "/error/status: expected an HTTP status from 300 to 599, found 299"},
        {R"({"error": {"type": "X", "status": 600}})",
         "/error/status: expected an HTTP status from 300 to 599, found 600"},
        {R"({"error": {"type": "X", "status": "400"}})",
         R"(/error/status: expected an HTTP status from 300 to 599, found "400")"},
        {R"({"error": {"type": "X", "afterCommit": 1}})", "/error/afterCommit: expected true or false, found 1"},
        {R"({"error": {"type": "X", "aftercommit": true}})",
         R"(/error/aftercommit: expected afterCommit, found a member "aftercommit", which is none of an error)"},
        {R"({"lifecycle": {"pending": 1}})",
         "/lifecycle/pending: expected a duration such as 250ms, 2s, 1h30m or 22d, or a range such as 20m..40m, of 100 "
         "years at most, found 1"},
        {R"({"match": {"operation": "Describe*"}, "lifecycle": {}})",
         "/lifecycle: expected a match with an operation that creates, updates, deletes, starts or stops, "
         R"(found {"match":{"operation":"Describe*"},"lifecycle":{}})"},
        {R"({"lifecycle": {}, "error": {"type": "X"}})",
         R"(/lifecycle: expected "afterCommit": true in the error beside it, found {"type":"X"})"},
    };
    for (const auto& one : cases) EXPECT_THAT(problems_of(one.json), ElementsAre(one.problem)) << one.json;
}

TEST(RuleReader, ChecksAMatchAgainstTheModel) {
    const struct {
        const char* match;
        const char* problem;
    } cases[] = {
        {"[]", "/match: expected an object, found []"},
        {R"({"operation": 3})", "/match/operation: expected a text; * in it stands for anything, found 3"},
        {R"({"operation": "CreateBatchInferencJob"})",
         R"(/match/operation: expected CreateBatchInferenceJob, found "CreateBatchInferencJob", which is none that is known)"},
        {R"({"operation": "PutItem"})",
         R"(/match/operation: expected PutItems, found "PutItem", which is none that is known)"},
        {R"({"operation": "x"})",
         R"(/match/operation: expected an operation such as CreateBatchInferenceJob, found "x", which is none that is known)"},
        {R"({"account": 1})", "/match/account: expected a text; * in it stands for anything, found 1"},
        {R"({"account": "1234"})", R"(/match/account: expected twelve digits, or a text with * in it, found "1234")"},
        {R"({"region": null})", "/match/region: expected a text; * in it stands for anything, found null"},
        {R"({"jobname": "x"})",
         R"(/match/jobname: expected jobName, found a member "jobname", which no matching operation has as input)"},
        {R"({"operation": "List*", "jobName": "x"})",
         "/match/jobName: expected a member of the operation's input, by name or JSON pointer, "
         R"(found a member "jobName", which no matching operation has as input)"},
        {R"({"/jobInput/s3DataSorce/path": "x"})",
         "/match/~1jobInput~1s3DataSorce~1path: expected /jobInput/s3DataSource/path, "
         R"(found a member "/jobInput/s3DataSorce/path", which no matching operation has as input)"},
        {R"({"/job~Name": "x"})", R"(/match/~1job~0Name: expected a JSON pointer, ~ written as ~0, found "/job~Name")"},
        {R"({"jobInput": "x"})",
         "/match/jobInput: expected a JSON pointer to a text, a number or a boolean inside it, "
         R"(found a member "jobInput", which is a list or a structure)"},
        {R"({"jobName": null})", "/match/jobName: expected a text, a number or a boolean, found null"},
        {R"({"jobName": ["x"]})", R"(/match/jobName: expected a text, a number or a boolean, found ["x"])"},
        {R"({"jobName": "x", "campaignArn": "y"})",
         R"(/match: expected members that one operation has together, found {"jobName":"x","campaignArn":"y"})"},
    };
    for (const auto& one : cases) {
        const std::string json = R"({"delay": "1s", "match": )" + std::string(one.match) + "}";
        EXPECT_THAT(problems_of(json), ElementsAre(one.problem)) << json;
    }
}

TEST(RuleReader, ReportsAllProblems) {
    const char* const json =
        R"([{"delay": "1s"}, {"match": {"operation": "Foo", "nonsense": []}, "error": {"status": 1},
        "delay": "x", "times": 0, "more": 1}, 3])";
    std::vector<base::Problem> problems;
    read_rules(base::parse_json(json), problems);
    std::vector<std::string> pointers;
    pointers.reserve(problems.size());
    for (const auto& each : problems) pointers.push_back(each.pointer);
    EXPECT_THAT(pointers, ElementsAre("/1/match/operation", "/1/match/nonsense", "/1/match/nonsense", "/1/error/status",
                                      "/1/error", "/1/delay", "/1/times", "/1/more", "/2"));
}

TEST(RuleReader, ReadsAListInItsOrder) {
    std::vector<base::Problem> problems;
    const auto rules = read_rules(base::parse_json(R"([{"delay": "1s"}, {"id": "b", "delay": "2s"}])"), problems);
    EXPECT_THAT(texts_of(problems), IsEmpty());
    ASSERT_EQ(rules.size(), 2u);
    EXPECT_EQ(rules[1].id, "b");
    read_rules(base::parse_json("{}"), problems);
    EXPECT_THAT(texts_of(problems), ElementsAre(": expected a list of rules, found {}"));
}

}  // namespace
}  // namespace plocal::rules
