#include "server/local/snapshot/reader.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/service/lifecycle/timeline_state.h"
#include "server/service/resources/kinds.h"
#include "tests/unit/local/snapshot/readings.h"

namespace plocal::snapshot {
namespace {

using namespace std::chrono_literals;
using base::parse_iso8601;
using testing::ElementsAre;
using testing::IsEmpty;

/// The only resource of a document without problems.
storage::Record only(const std::string& document, const lifecycle::Plan& plan = {}) {
    const Reading reading = read({document}, plan);
    EXPECT_THAT(problems_of(reading), IsEmpty());
    EXPECT_EQ(reading.fixtures.size(), 1u);
    return reading.fixtures.empty() ? storage::Record() : reading.fixtures.front().record;
}

/// "STATUS since MOMENT", and the reason of a failure, at this time after loading.
std::string state(const storage::Record& record, std::chrono::milliseconds after = 0ms) {
    const auto now = lifecycle::state_at(record.timeline, loading + after);
    const std::string text = std::string(now.status) + " since " + base::iso8601(now.changed);
    return now.failure_reason.empty() ? text : text + ": " + std::string(now.failure_reason);
}

std::vector<std::string> arns_of(const Reading& reading) {
    std::vector<std::string> arns;
    for (const Fixture& fixture : reading.fixtures) arns.push_back(fixture.record.arn);
    return arns;
}

TEST(Fixture, IsWhatDescribePrints) {
    const storage::Record record = only(R"({
        "batchInferenceJob": {
            "jobName": "one",
            "batchInferenceJobArn": "arn:aws:personalize:eu-west-1:111111111111:batch-inference-job/one",
            "filterArn": "arn:aws:personalize:eu-west-1:111111111111:filter/comedy",
            "solutionVersionArn": "arn:aws:personalize:eu-west-1:111111111111:solution/movies/1234abcd",
            "numResults": 10,
            "jobInput": {"s3DataSource": {"path": "s3://bucket/in.json"}},
            "jobOutput": {"s3DataDestination": {"path": "s3://bucket/out/"}},
            "batchInferenceJobConfig": {"itemExplorationConfig": {"explorationWeight": "0.3"}},
            "roleArn": "arn:aws:iam::111111111111:role/personalize",
            "batchInferenceJobMode": "BATCH_INFERENCE",
            "status": "ACTIVE",
            "creationDateTime": "2023-11-14T22:13:20.500000+01:00",
            "lastUpdatedDateTime": "2023-11-14T22:30:00+01:00"
        }
    })");
    EXPECT_EQ(record.owner, (storage::Owner{"111111111111", "eu-west-1"}));
    EXPECT_EQ(record.kind, "batchInferenceJob");
    EXPECT_EQ(record.arn, "arn:aws:personalize:eu-west-1:111111111111:batch-inference-job/one");
    EXPECT_EQ(record.name, "one");
    EXPECT_EQ(record.parent, "arn:aws:personalize:eu-west-1:111111111111:solution/movies/1234abcd");
    EXPECT_EQ(record.created, parse_iso8601("2023-11-14T21:13:20.500Z"));
    EXPECT_EQ(state(record), "ACTIVE since 2023-11-14T21:30:00Z");
    EXPECT_EQ(record.document,
              R"({"jobName":"one",)"
              R"("batchInferenceJobArn":"arn:aws:personalize:eu-west-1:111111111111:batch-inference-job/one",)"
              R"("filterArn":"arn:aws:personalize:eu-west-1:111111111111:filter/comedy",)"
              R"("solutionVersionArn":"arn:aws:personalize:eu-west-1:111111111111:solution/movies/1234abcd",)"
              R"("numResults":10,"jobInput":{"s3DataSource":{"path":"s3://bucket/in.json"}},)"
              R"("jobOutput":{"s3DataDestination":{"path":"s3://bucket/out/"}},)"
              R"("batchInferenceJobConfig":{"itemExplorationConfig":{"explorationWeight":"0.3"}},)"
              R"("roleArn":"arn:aws:iam::111111111111:role/personalize","batchInferenceJobMode":"BATCH_INFERENCE"})");
}

TEST(Fixture, MayHaveResponseMetadataBesideIt) {
    const std::string text = job("");
    const std::string document = text.substr(0, text.size() - 1) + R"(, "ResponseMetadata": {"RequestId": "x"}})";
    EXPECT_EQ(only(document).name, "one");
    EXPECT_EQ(only("\xEF\xBB\xBF" + text + "\r\n").name, "one") << "a byte order mark";
}

TEST(Fixture, MayBeMany) {
    const Reading reading =
        read({R"({"solutionVersions": [{"solutionVersionArn": ")" + arn("solution/movies/1") +
              R"("}], "batchInferenceJobs": [{"batchInferenceJobArn": ")" + arn("batch-inference-job/one") +
              R"("}, {"batchInferenceJobArn": ")" + arn("batch-inference-job/two") + R"("}], "filters": []})"});
    EXPECT_THAT(problems_of(reading), IsEmpty());
    EXPECT_THAT(arns_of(reading),
                ElementsAre(arn("solution/movies/1"), arn("batch-inference-job/one"), arn("batch-inference-job/two")));
    EXPECT_EQ(reading.fixtures[2].place.text(), "1.json#/batchInferenceJobs/1");
}

TEST(Fixture, MayBeNothing) {
    EXPECT_THAT(problems_of({"{}", R"({"batchInferenceJobs": []})"}), IsEmpty());
}

TEST(Fixture, TakesDatesAsTextOrAsSecondsSince1970) {
    for (const char* const date : {R"("2023-11-14T22:13:20.5Z")", R"("2023-11-14T23:13:20.500000+01:00")",
                                   "1700000000.5", "1.7000000005E9", R"("2023-11-14 22:13:20.5")"}) {
        const storage::Record record = only(job(std::string(R"(, "creationDateTime": )") + date));
        EXPECT_EQ(record.created, parse_iso8601("2023-11-14T22:13:20.5Z")) << date;
    }
    EXPECT_EQ(only(job(R"(, "creationDateTime": 0)")).created, parse_iso8601("1970-01-01"));
}

TEST(Fixture, NeedsNoMoreThanAnArn) {
    const struct {
        const char* kind;
        const char* resource;
        const char* name;
        std::string parent;
    } cases[] = {
        {"schema", "schema/films", "films", ""},
        {"datasetGroup", "dataset-group/movies", "movies", ""},
        {"dataset", "dataset/movies/ITEMS", "movies/ITEMS", arn("dataset-group/movies")},
        {"solution", "solution/movies", "movies", ""},
        {"solutionVersion", "solution/movies/1234abcd", "movies/1234abcd", arn("solution/movies")},
        {"filter", "filter/comedy", "comedy", ""},
        {"batchInferenceJob", "batch-inference-job/one", "one", ""},
    };
    for (const auto& one : cases) {
        SCOPED_TRACE(one.kind);
        const resources::Kind& kind = resources::kind_named(one.kind);
        const storage::Record record = only(R"({")" + std::string(kind.name) + R"(": {")" +
                                            std::string(kind.arn_member) + R"(": ")" + arn(one.resource) + "\"}}");
        EXPECT_EQ(record.kind, one.kind);
        EXPECT_EQ(record.name, one.name);
        EXPECT_EQ(record.parent, one.parent);
        EXPECT_EQ(record.owner, (storage::Owner{"000000000000", "us-east-1"}));
        EXPECT_EQ(record.created, loading);
        EXPECT_EQ(record.timeline.changed, loading);
        if (kind.has_status()) {
            EXPECT_EQ(state(record), "ACTIVE since 2026-01-31T12:00:00.123Z");
        }
    }
    const storage::Record recipe = only(R"({"recipe": {"recipeArn": "arn:aws:personalize:::recipe/aws-sims"}})");
    EXPECT_EQ(recipe.owner, storage::Owner{});
    EXPECT_EQ(recipe.name, "aws-sims");
}

TEST(Fixture, HasTheMembersThatFollowFromItsArn) {
    const storage::Record dataset = only(R"({"dataset": {"datasetArn": ")" + arn("dataset/movies/ITEMS") + "\"}}");
    EXPECT_EQ(dataset.document, R"({"name":"movies/ITEMS","datasetArn":")" + arn("dataset/movies/ITEMS") +
                                    R"(","datasetGroupArn":")" + arn("dataset-group/movies") +
                                    R"(","datasetType":"ITEMS"})");
    const storage::Record version =
        only(R"({"solutionVersion": {"solutionVersionArn": ")" + arn("solution/movies/1234abcd") + "\"}}");
    EXPECT_EQ(version.document, R"({"name":"movies/1234abcd","solutionVersionArn":")" +
                                    arn("solution/movies/1234abcd") + R"(","solutionArn":")" + arn("solution/movies") +
                                    "\"}");
}

TEST(Fixture, TakesNullForAbsent) {
    const storage::Record record = only(job(
        R"(, "jobName": null, "status": null, "filterArn": null, "creationDateTime": null, "failureReason": null)"));
    EXPECT_EQ(record.name, "one");
    EXPECT_EQ(record.created, loading);
    EXPECT_EQ(state(record), "ACTIVE since 2026-01-31T12:00:00.123Z");
}

TEST(Fixture, MayHaveTheLongNamesOfTheService) {
    const std::string name = std::string(60, 'a') + "/1234abcd";
    EXPECT_EQ(only(R"({"solutionVersion": {"solutionVersionArn": ")" + arn("solution/" + name) + R"(", "name": ")" +
                   name + "\"}}")
                  .name,
              name);
    EXPECT_EQ(only(R"({"dataset": {"datasetArn": ")" + arn("dataset/movies/ITEMS") + R"(", "name": "films"}})").name,
              "films");
}

struct Life {
    const char* name;
    const char* members;
    std::vector<std::pair<std::chrono::milliseconds, std::string>> states;
};

TEST(Fixture, StaysInOrGoesOnFromItsStatus) {
    const std::string created = "2026-01-01T00:00:00Z";
    const Life cases[] = {
        {"active", R"("status": "ACTIVE")", {{0ms, "ACTIVE since " + created}, {1h, "ACTIVE since " + created}}},
        {"failed",
         R"("status": "CREATE FAILED", "failureReason": "no space")",
         {{0ms, "CREATE FAILED since " + created + ": no space"},
          {1h, "CREATE FAILED since " + created + ": no space"}}},
        {"failed without a reason", R"("status": "CREATE FAILED")", {{0ms, "CREATE FAILED since " + created}}},
        {"pending, as documented",
         R"("status": "PENDING")",
         {{0ms, "CREATE PENDING since " + created},
          {999ms, "CREATE PENDING since " + created},
          {1s, "CREATE IN_PROGRESS since 2026-01-31T12:00:01.123Z"},
          {3s, "ACTIVE since 2026-01-31T12:00:03.123Z"}}},
        {"pending, as seen", R"("status": "CREATE PENDING")", {{0ms, "CREATE PENDING since " + created}}},
        {"in progress, as documented",
         R"("status": "IN PROGRESS")",
         {{0ms, "CREATE IN_PROGRESS since " + created}, {2s, "ACTIVE since 2026-01-31T12:00:02.123Z"}}},
        {"in progress, as seen",
         R"("status": "CREATE IN_PROGRESS")",
         {{0ms, "CREATE IN_PROGRESS since " + created}, {2s, "ACTIVE since 2026-01-31T12:00:02.123Z"}}},
        {"a life of its own begins now",
         R"("_local": {"pending": "5s", "inProgress": "1s"})",
         {{4999ms, "CREATE PENDING since " + created},
          {5s, "CREATE IN_PROGRESS since 2026-01-31T12:00:05.123Z"},
          {6s, "ACTIVE since 2026-01-31T12:00:06.123Z"}}},
        {"one that fails",
         R"("_local": {"outcome": "CREATE FAILED", "failureReason": "no space"})",
         {{2999ms, "CREATE IN_PROGRESS since 2026-01-31T12:00:01.123Z"},
          {3s, "CREATE FAILED since 2026-01-31T12:00:03.123Z: no space"}}},
        {"one that fails from where it is",
         R"("status": "IN PROGRESS", "_local": {"outcome": "CREATE FAILED"})",
         {{2s,
           "CREATE FAILED since 2026-01-31T12:00:02.123Z: The outcome was set to CREATE FAILED, without a reason."}}},
        {"one that fails for the reason beside it",
         R"("status": "PENDING", "failureReason": "no space", "_local": {"outcome": "CREATE FAILED"})",
         {{0ms, "CREATE PENDING since " + created}, {3s, "CREATE FAILED since 2026-01-31T12:00:03.123Z: no space"}}},
        {"a pinned one",
         R"("status": "IN PROGRESS", "_local": {"progression": "manual"})",
         {{0ms, "CREATE IN_PROGRESS since " + created}, {24h, "CREATE IN_PROGRESS since " + created}}},
        {"one that waits for calls",
         R"("_local": {"progression": "calls", "calls": 3})",
         {{24h, "CREATE PENDING since " + created}}},
        {"an immediate one",
         R"("_local": {"progression": "immediate"})",
         {{0ms, "ACTIVE since 2026-01-31T12:00:00.123Z"}}},
        {"an empty life is none", R"("_local": {})", {{0ms, "ACTIVE since " + created}}},
    };
    for (const Life& one : cases) {
        const storage::Record record =
            only(job(std::string(R"(, "creationDateTime": "2026-01-01T00:00:00Z", )") + one.members));
        for (const auto& [after, told] : one.states) {
            EXPECT_EQ(state(record, after), told) << one.name << ", " << after.count() << " ms";
        }
        EXPECT_EQ(record.document.find("_local"), std::string::npos) << one.name;
    }
}

TEST(Fixture, FollowsTheCommonPlanWhereItsOwnIsSilent) {
    const lifecycle::Plan plan{.pending = base::DurationRange(10s), .in_progress = base::DurationRange(20s)};
    const storage::Record record = only(job(R"(, "_local": {"pending": "1s"})"), plan);
    EXPECT_EQ(state(record, 1s), "CREATE IN_PROGRESS since 2026-01-31T12:00:01.123Z");
    EXPECT_EQ(state(record, 21s), "ACTIVE since 2026-01-31T12:00:21.123Z");
    const storage::Record calls = only(job(R"(, "status": "PENDING")"), {.progression = lifecycle::Progression::calls});
    EXPECT_EQ(state(calls, 24h), "CREATE PENDING since 2026-01-31T12:00:00.123Z");
}

TEST(Fixture, KeepsDatesInsideIt) {
    const storage::Record record = only(
        R"({"solution": {"solutionArn": ")" + arn("solution/movies") +
        R"(", "latestSolutionVersion": {"creationDateTime": "2023-11-14T22:13:20.5Z", "lastUpdatedDateTime": 1700000000}}})");
    EXPECT_NE(record.document.find(R"("creationDateTime":1.7000000005E9,"lastUpdatedDateTime":1.7E9)"),
              std::string::npos)
        << record.document;
}

TEST(Fixture, HasItsReferences) {
    const Reading reading = read({job(R"(, "solutionVersionArn": ")" + arn("solution/movies/1") +
                                      R"(", "filterArn": ")" + arn("filter/comedy") + "\"")});
    ASSERT_EQ(reading.fixtures.size(), 1u);
    EXPECT_THAT(reading.fixtures[0].references, ElementsAre(storage::Reference{arn("solution/movies/1"), false},
                                                            storage::Reference{arn("filter/comedy"), false}));
}

}  // namespace
}  // namespace plocal::snapshot
