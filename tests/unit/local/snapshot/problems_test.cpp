#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/local/snapshot/readings.h"

namespace plocal::snapshot {
namespace {

using testing::ElementsAre;

struct Case {
    const char* name;
    std::string document;
    std::string problem;  // without the file's name
};

void expect_each(std::initializer_list<Case> cases) {
    for (const Case& one : cases) {
        const Reading reading = read({one.document});
        EXPECT_THAT(problems_of(reading), ElementsAre("1.json" + one.problem)) << one.name;
        EXPECT_TRUE(reading.fixtures.empty()) << one.name;
    }
}

TEST(BadFixture, IsNotADocument) {
    expect_each({
        {"a list", "[]", ": expected an object, found []"},
        {"a text", "\"a\"", ": expected an object, found \"a\""},
        {"null", "null", ": expected an object, found null"},
    });
    for (const char* const text : {"", "{", "{\n\"batchInferenceJob\": }", "{} {}", "jobs", "{\"a\":\"\xff\"}"}) {
        const auto problems = problems_of({text});
        ASSERT_EQ(problems.size(), 1u) << text;
        EXPECT_THAT(problems[0], testing::MatchesRegex("1\\.json: expected JSON, found line [12], column [0-9]+: .+"))
            << text;
    }
}

TEST(BadFixture, HasAnUnknownMember) {
    expect_each({
        {"misspelt", R"({"batchInferenceJbo": {}})",
         R"(#/batchInferenceJbo: expected batchInferenceJob, found a member "batchInferenceJbo", which no fixture has)"},
        {"in other letters", R"({"batchinferencejobs": []})",
         R"(#/batchinferencejobs: expected batchInferenceJobs, found a member "batchinferencejobs", which no fixture has)"},
        {"like nothing here", R"({"a/b": 1})",
         R"(#/a~1b: expected a kind of resource, such as batchInferenceJob or batchInferenceJobs, found a member "a/b", )"
         "which no fixture has"},
    });
}

TEST(BadFixture, IsNotAnObjectOrAList) {
    expect_each({
        {"one that is a list", R"({"batchInferenceJob": []})", "#/batchInferenceJob: expected an object, found []"},
        {"one that is null", R"({"batchInferenceJob": null})", "#/batchInferenceJob: expected an object, found null"},
        {"many that are one", R"({"batchInferenceJobs": {}})",
         "#/batchInferenceJobs: expected a list of objects, found {}"},
        {"one of many", R"({"batchInferenceJobs": [3]})", "#/batchInferenceJobs/0: expected an object, found 3"},
    });
}

TEST(BadFixture, HasNoArnOfItsKind) {
    const std::string form =
        "#/batchInferenceJob/batchInferenceJobArn: expected "
        "arn:aws:personalize:REGION:ACCOUNT:batch-inference-job/NAME, found ";
    const auto with_arn = [](const std::string& text) {
        return R"({"batchInferenceJob": {"batchInferenceJobArn": )" + text + "}}";
    };
    expect_each({
        {"none", R"({"batchInferenceJob": {}})", form + "no such member"},
        {"null", with_arn("null"), form + "null"},
        {"no ARN", with_arn(R"("one")"), form + R"("one")"},
        {"another kind's", with_arn("\"" + arn("filter/one") + "\""), form + "\"" + arn("filter/one") + "\""},
        {"too many parts", with_arn("\"" + arn("batch-inference-job/one/two") + "\""),
         form + "\"" + arn("batch-inference-job/one/two") + "\""},
        {"a number", with_arn("1"),
         "#/batchInferenceJob/batchInferenceJobArn: expected the type that AWS gives it, found 1 (NUMBER_VALUE cannot "
         "be "
         "converted to String)"},
        {"a solution's for a version",
         R"({"solutionVersion": {"solutionVersionArn": ")" + arn("solution/movies") + "\"}}",
         "#/solutionVersion/solutionVersionArn: expected arn:aws:personalize:REGION:ACCOUNT:solution/PARENT/ID, found "
         "\"" +
             arn("solution/movies") + "\""},
    });
}

TEST(BadFixture, HasABadMember) {
    const std::string at = "#/batchInferenceJob";
    expect_each({
        {"unknown", job(R"(, "jobNam": "one")"),
         at + R"(/jobNam: expected jobName, found a member "jobNam", which BatchInferenceJob does not have)"},
        {"unknown, like none", job(R"(, "xyzzy": 1)"),
         at +
             R"(/xyzzy: expected a member that AWS names, found a member "xyzzy", which BatchInferenceJob does not have)"},
        {"unknown, further in", job(R"(, "jobInput": {"s3DataSource": {"path": "s3://b/k", "pth": 1}})"),
         at + R"(/jobInput/s3DataSource/pth: expected path, found a member "pth", which S3DataConfig does not have)"},
        {"another name than the ARN's", job(R"(, "jobName": "two")"),
         at + R"(/jobName: expected one, as in the ARN, found "two")"},
        {"a name that breaks the pattern", job(R"(, "jobName": "-")"),
         at + R"(/jobName: expected one, as in the ARN, found "-")"},
        {"a wrong type", job(R"(, "numResults": "25")"),
         at +
             R"(/numResults: expected the type that AWS gives it, found "25" (STRING_VALUE cannot be converted to Integer))"},
        {"a wrong type, further in", job(R"(, "jobInput": {"s3DataSource": {"path": 5}})"),
         at + "/jobInput/s3DataSource/path: expected the type that AWS gives it, found 5 (NUMBER_VALUE cannot be "
              "converted "
              "to String)"},
        {"a wrong type in a map",
         job(R"(, "batchInferenceJobConfig": {"itemExplorationConfig": {"explorationWeight": 0.3}})"),
         at + "/batchInferenceJobConfig/itemExplorationConfig/explorationWeight: expected the type that AWS gives it, "
              "found "
              "0.3 (DECIMAL_VALUE cannot be converted to String)"},
        {"a wrong type under a key with dots",
         job(R"(, "batchInferenceJobConfig": {"itemExplorationConfig": {"a.member": "x", "a.member.b/c": 1}})"),
         at + "/batchInferenceJobConfig/itemExplorationConfig/a.member.b~1c: expected the type that AWS gives it, "
              "found 1 "
              "(NUMBER_VALUE cannot be converted to String)"},
        {"an object for a text", job(R"(, "roleArn": {"a": 1})"),
         at +
             R"(/roleArn: expected the type that AWS gives it, found {"a":1} (Start of structure or map found where not )"
             "expected)"},
        {"a broken constraint", job(R"(, "batchInferenceJobMode": "FAST")"),
         at + "/batchInferenceJobMode: expected Member must satisfy enum value set: [BATCH_INFERENCE, "
              "THEME_GENERATION], "
              "found 'FAST'"},
        {"a broken constraint, further in", job(R"(, "jobOutput": {"s3DataDestination": {}})"),
         at + "/jobOutput/s3DataDestination/path: expected Member must not be null, found null"},
        {"a date that is none", job(R"(, "creationDateTime": "yesterday")"),
         at + R"(/creationDateTime: expected an ISO-8601 date and time, or seconds since 1970, found "yesterday")"},
        {"a date in milliseconds", job(R"(, "lastUpdatedDateTime": 1700000000123)"),
         at + "/lastUpdatedDateTime: expected an ISO-8601 date and time, or seconds since 1970, found 1700000000123"},
        {"a date that is true", job(R"(, "creationDateTime": true)"),
         at + "/creationDateTime: expected an ISO-8601 date and time, or seconds since 1970, found true"},
        {"a status that is none", job(R"(, "status": "RUNNING")"),
         at + R"(/status: expected PENDING, IN PROGRESS, ACTIVE or CREATE FAILED, found "RUNNING")"},
        {"a status of another kind", job(R"(, "status": "CREATE STOPPED")"),
         at + R"(/status: expected PENDING, IN PROGRESS, ACTIVE or CREATE FAILED, found "CREATE STOPPED")"},
        {"a batch job's status elsewhere",
         R"({"filter": {"filterArn": ")" + arn("filter/one") + R"(", "status": "PENDING"}})",
         R"(#/filter/status: expected CREATE PENDING, CREATE IN_PROGRESS, ACTIVE, CREATE FAILED, DELETE PENDING or )"
         R"(DELETE IN_PROGRESS, found "PENDING")"},
        {"a reason without a failure", job(R"(, "status": "ACTIVE", "failureReason": "x")"),
         at + R"(/failureReason: expected no failureReason where the status is not CREATE FAILED, found "x")"},
        {"an outcome behind the end", job(R"(, "status": "ACTIVE", "_local": {"outcome": "CREATE FAILED"})"),
         at + R"(/status: expected a status in progress, or none, beside an outcome in _local, found "ACTIVE")"},
        {"a status where there is none",
         R"({"schema": {"schemaArn": ")" + arn("schema/one") + R"(", "status": "ACTIVE"}})",
         R"(#/schema/status: expected a member that AWS names, found a member "status", which DatasetSchema does not have)"},
    });
}

TEST(BadFixture, HasABadLifecycle) {
    const std::string at = "#/batchInferenceJob/_local";
    expect_each({
        {"no object", job(R"(, "_local": "manual")"), at + R"(: expected an object, found "manual")"},
        {"null", job(R"(, "_local": null)"), at + ": expected an object, found null"},
        {"a bad duration", job(R"(, "_local": {"pending": 2})"),
         at + "/pending: expected a duration such as 250ms, 2s, 1h30m or 22d, or a range such as 20m..40m, of 100 "
              "years at "
              "most, found 2"},
        {"an unknown member", job(R"(, "_local": {"inprogress": "2s"})"),
         at + R"(/inprogress: expected inProgress, found a member "inprogress", which is none of a life)"},
        {"a life where there is none",
         R"({"schema": {"schemaArn": ")" + arn("schema/one") + R"(", "_local": {"calls": 3}}})",
         R"(#/schema/_local: expected no lifecycle, because this kind has no status, found {"calls":3})"},
    });
}

TEST(BadFixture, RefersToAnotherKind) {
    expect_each({
        {"a solution for its version", job(R"(, "solutionVersionArn": ")" + arn("solution/movies") + "\""),
         "#/batchInferenceJob/solutionVersionArn: expected the ARN of a solution version, found \"" +
             arn("solution/movies") + "\""},
        {"a campaign for a filter", job(R"(, "filterArn": ")" + arn("campaign/movies") + "\""),
         "#/batchInferenceJob/filterArn: expected the ARN of a filter, found \"" + arn("campaign/movies") + "\""},
        {"no ARN at all", job(R"(, "filterArn": "comedy")"),
         "#/batchInferenceJob/filterArn: expected the ARN of a filter, found \"comedy\""},
        {"a dataset for its group",
         R"({"filter": {"filterArn": ")" + arn("filter/one") + R"(", "datasetGroupArn": ")" +
             arn("dataset/movies/ITEMS") + "\"}}",
         "#/filter/datasetGroupArn: expected the ARN of a dataset group, found \"" + arn("dataset/movies/ITEMS") +
             "\""},
    });
}

TEST(BadFixture, RefersToAResourceOfNoAccount) {
    const auto other = [](std::string_view account, std::string_view id) {
        return "arn:aws:personalize:us-east-1:" + std::string(account) + ":" + std::string(id);
    };
    const std::string expected = " expected the ARN of a dataset group, with an account of twelve digits, found \"";
    const auto filter_of = [](const std::string& group) {
        return R"({"filter": {"filterArn": ")" + arn("filter/one") + R"(", "datasetGroupArn": ")" + group + "\"}}";
    };
    const std::string short_account = other("12345", "dataset-group/movies");
    const std::string no_account = other("", "dataset-group/movies");
    const std::string letters = other("ACCOUNT", "solution/movies/1");
    expect_each({
        {"five digits", filter_of(short_account), "#/filter/datasetGroupArn:" + expected + short_account + "\""},
        {"none", filter_of(no_account), "#/filter/datasetGroupArn:" + expected + no_account + "\""},
        {"letters", job(R"(, "solutionVersionArn": ")" + letters + "\""),
         "#/batchInferenceJob/solutionVersionArn: expected the ARN of a solution version, with an account of twelve "
         "digits, found \"" +
             letters + "\""},
    });
    EXPECT_THAT(problems_of({R"({"solution": {"solutionArn": ")" + arn("solution/one") +
                             R"(", "recipeArn": "arn:aws:personalize:::recipe/aws-sims"}})"}),
                testing::IsEmpty())
        << "AWS owns recipes";
}

TEST(BadFixture, HasAllOfItsProblemsReported) {
    std::vector<std::string> places;
    const Reading reading =
        read({R"({"batchInferenceJob": {"batchInferenceJobArn": "no", "jobNam": "x", "numResults": "25",
        "jobInput": {"s3DataSource": {"path": 5}}, "roleArn": 7, "batchInferenceJobMode": "FAST", "status": "RUNNING",
        "creationDateTime": "yesterday", "lastUpdatedDateTime": false, "solutionVersionArn": "s", "filterArn": "f",
        "_local": {"pending": 2, "calls": 0}}})"});
    for (const FixtureProblem& problem : reading.problems) places.push_back(problem.place.pointer);
    const std::string at = "/batchInferenceJob/";
    EXPECT_THAT(places, testing::UnorderedElementsAre(
                            at + "_local/pending", at + "_local/calls", at + "jobNam", at + "creationDateTime",
                            at + "lastUpdatedDateTime", at + "numResults", at + "jobInput/s3DataSource/path",
                            at + "roleArn", at + "batchInferenceJobMode", at + "batchInferenceJobArn",
                            at + "solutionVersionArn", at + "filterArn", at + "status"));
}

TEST(BadFixtures, AreReportedWithTheirFile) {
    EXPECT_THAT(
        problems_of({"[", job(R"(, "status": "RUNNING")"), job("", "good"),
                     R"({"batchInferenceJobs": [{"batchInferenceJobArn": ")" + arn("batch-inference-job/two") +
                         R"("}, 1, null]})"}),
        ElementsAre(testing::StartsWith("1.json: expected JSON, found line 1, column "),
                    "2.json#/batchInferenceJob/status: expected PENDING, IN PROGRESS, ACTIVE or CREATE FAILED, found "
                    "\"RUNNING\"",
                    "4.json#/batchInferenceJobs/1: expected an object, found 1",
                    "4.json#/batchInferenceJobs/2: expected an object, found null"));
}

TEST(BadFixtures, LeaveTheGoodOnes) {
    const Reading reading =
        read({R"({"batchInferenceJobs": [1, {"batchInferenceJobArn": ")" + arn("batch-inference-job/two") + R"("}]})"});
    EXPECT_EQ(reading.problems.size(), 1u);
    ASSERT_EQ(reading.fixtures.size(), 1u);
    EXPECT_EQ(reading.fixtures[0].record.name, "two");
}

TEST(DuplicateFixtures, AreMergedWhereTheyAreEqual) {
    const Reading reading =
        read({job(R"(, "numResults": 3)"), job(R"(,"numResults":3,"jobName":"one")"), job("", "two")});
    EXPECT_THAT(problems_of(reading), testing::IsEmpty());
    ASSERT_EQ(reading.fixtures.size(), 2u);
    EXPECT_EQ(reading.fixtures[0].place.text(), "1.json#/batchInferenceJob") << "the first stays";
}

TEST(DuplicateFixtures, AreAProblemWhereTheyDiffer) {
    const std::string different = "2.json#/batchInferenceJob: expected each ARN once, or the same each time, found " +
                                  arn("batch-inference-job/one") + ", which differs from 1.json#/batchInferenceJob";
    const struct {
        const char* one;
        const char* other;
    } cases[] = {
        {R"(, "numResults": 3)", R"(, "numResults": 4)"},
        {R"(, "status": "ACTIVE")", R"(, "status": "PENDING")"},
        {R"(, "creationDateTime": 1)", R"(, "creationDateTime": 2)"},
        {R"(, "_local": {"pending": "1s"})", R"(, "_local": {"pending": "2s"})"},
    };
    for (const auto& each : cases) {
        EXPECT_THAT(problems_of({job(each.one), job(each.other)}), ElementsAre(different)) << each.one;
    }
}

/// A job, its solution version and its filter, each in its own file.
std::vector<std::string> fit_of(const std::string& version_group, const std::string& filter_group,
                                const std::string& solution_group = "") {
    const auto group = [](const std::string& name) {
        return name.empty() ? std::string() : R"(, "datasetGroupArn": ")" + arn("dataset-group/" + name) + "\"";
    };
    const std::string version = R"({"solutionVersion": {"solutionVersionArn": ")" + arn("solution/movies/1") + "\"" +
                                group(version_group) + "}}";
    const std::string filter =
        R"({"filter": {"filterArn": ")" + arn("filter/comedy") + "\"" + group(filter_group) + "}}";
    const std::string solution =
        R"({"solution": {"solutionArn": ")" + arn("solution/movies") + "\"" + group(solution_group) + "}}";
    const std::string one = job(R"(, "solutionVersionArn": ")" + arn("solution/movies/1") + R"(", "filterArn": ")" +
                                arn("filter/comedy") + "\"");
    return problems_of({one, version, filter, solution_group.empty() ? "{}" : std::string_view(solution)});
}

std::string misfit(const std::string& version_group, const std::string& filter_group) {
    return "1.json#/batchInferenceJob/filterArn: expected a filter of " + arn("dataset-group/" + version_group) +
           ", as the solution version is, found " + arn("filter/comedy") + ", which is of " +
           arn("dataset-group/" + filter_group);
}

TEST(Fixtures, ThatNameEachOtherMustBelongToOneDatasetGroup) {
    EXPECT_THAT(fit_of("movies", "movies"), testing::IsEmpty());
    EXPECT_THAT(fit_of("movies", "books"), ElementsAre(misfit("movies", "books")));
    EXPECT_THAT(fit_of("movies", "movies", "books"), testing::IsEmpty()) << "the version's own group counts";
    EXPECT_THAT(fit_of("", "books", "movies"), ElementsAre(misfit("movies", "books"))) << "else its solution's";
}

TEST(Fixtures, AreTakenToFitWhereSomethingIsAbsent) {
    EXPECT_THAT(fit_of("", "books"), testing::IsEmpty());
    EXPECT_THAT(fit_of("movies", ""), testing::IsEmpty());
    EXPECT_THAT(problems_of({job(R"(, "solutionVersionArn": ")" + arn("solution/movies/1") + R"(", "filterArn": ")" +
                                 arn("filter/comedy") + "\""),
                             R"({"filter": {"filterArn": ")" + arn("filter/comedy") + R"(", "datasetGroupArn": ")" +
                                 arn("dataset-group/books") + "\"}}"}),
                testing::IsEmpty())
        << "the solution version is absent";
}

TEST(BadFixture, HasABadSchedule) {
    const std::string solution = R"({"solution": {"solutionArn": ")" + arn("solution/movies") + "\", ";
    expect_each(
        {{"no days",
          solution + R"json("solutionConfig": {"autoTrainingConfig": {"schedulingExpression": "rate(0 days)"}}}})json",
          R"json(#/solution/solutionConfig/autoTrainingConfig/schedulingExpression: expected rate(N days), of 1 )json"
          R"json(to 30 days, found "rate(0 days)")json"},
         {"no moment", solution + R"("_local": {"nextTraining": "soon"}}})",
          R"(#/solution/_local/nextTraining: expected ISO-8601, or such as 1500ms ago or in 2s, found "soon")"}});
}

}  // namespace
}  // namespace plocal::snapshot
