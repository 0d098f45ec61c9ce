#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/local/snapshot/problem_list.h"
#include "tests/unit/local/snapshot/readings.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::snapshot {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

struct Collected {
    std::vector<std::string> names;
    std::vector<std::size_t> batches;
    std::vector<std::string> problems;
};

Collected collect(const std::vector<Document>& documents, const TargetAccounts& targets = {}, std::size_t most = 500,
                  const std::function<bool(std::string_view)>& is_wanted = {}) {
    lifecycle::Clocks clocks(lifecycle::Clock::frozen(loading));
    lifecycle::ClockReadings readings(clocks);
    const lifecycle::PlanOverrides plans{lifecycle::Plan{}};
    FixtureReader reader = DocumentSet(documents, targets).reader({plans, readings, {}, is_wanted});
    Collected all;
    std::vector<Fixture> batch;
    while (reader.next(batch, most)) {
        all.batches.push_back(batch.size());
        for (const Fixture& fixture : batch) {
            EXPECT_TRUE(reader.arns().contains(fixture.record.arn)) << fixture.record.arn;
            all.names.push_back(fixture.record.owner.account + "/" + fixture.record.name);
        }
    }
    for (const FixtureProblem& problem : reader.problems().list()) all.problems.push_back(problem.text());
    return all;
}

std::string entry(const std::string& name, const std::string& more = "") {
    return R"({"batchInferenceJobArn": ")" + arn("batch-inference-job/" + name) + "\"" + more + "}";
}

std::string list(int count, const std::string& more = "") {
    std::string text = R"({"batchInferenceJobs": [)";
    for (int i = 0; i < count; ++i) text += (i == 0 ? "" : ", ") + entry("job-" + std::to_string(i), more);
    return text + "]}";
}

TEST(Stream, ComesInBatchesInTheOrderOfTheDocuments) {
    const Collected all = collect({{"1.json", list(5)}, {"2.json", job("", "last")}}, {}, 2);
    EXPECT_THAT(all.problems, IsEmpty());
    EXPECT_THAT(all.batches, ElementsAre(2, 2, 2));
    EXPECT_EQ(all.names.front(), "000000000000/job-0");
    EXPECT_EQ(all.names.back(), "000000000000/last");
}

TEST(Stream, IsTheSameWhateverThePiecesOfTheText) {
    const std::string text = "\xEF\xBB\xBF {\"ResponseMetadata\": {\"a\": [1, \"]\"]}, \"batchInferenceJobs\" : [ " +
                             entry("one", R"(, "failureReason": null)") + " , " + entry("two") +
                             "],\n\"filter\": {\"filterArn\": \"" + arn("filter/\\u0063omedy") + "\"} }\n";
    for (const std::size_t size : {1u, 2u, 3u, 64u, 100'000u}) {
        const Collected all = collect({Document("1.json", text, size)});
        EXPECT_THAT(all.problems, IsEmpty()) << size;
        EXPECT_THAT(all.names, ElementsAre("000000000000/one", "000000000000/two", "000000000000/comedy")) << size;
    }
}

TEST(Stream, ReadsALargeFileEachTimeItIsNeeded) {
    const storage::TemporaryFolder folder;
    const std::string path = folder.file("large.json");
    std::ofstream(path) << list(
        3'000, R"(, "failureReason": "\u0041)" + std::string(500, 'x') + R"(", "status": "CREATE FAILED")");
    std::vector<Document> documents;
    std::vector<FixtureProblem> problems;
    read_path(documents, path, problems);
    EXPECT_THAT(problems, IsEmpty());
    EXPECT_EQ(collect(documents).names.size(), 3'000u);
    std::ofstream(path) << list(1, std::string(2'000'000, ' '));
    EXPECT_EQ(collect(documents).names.size(), 1u);
    std::filesystem::remove(path);
    EXPECT_THAT(
        collect(documents).problems,
        ElementsAre(path + ": expected a file that can be read, found one that cannot: No such file or directory"));
}

TEST(Stream, SettingsBehindResourcesAreReadFirst) {
    const std::string text = R"({"batchInferenceJobs": [)" + entry("one") + R"(], "lifecycle": {"late": true}})";
    const DocumentSet documents({{"1.json", text}}, {});
    const KnownSettings known{{"lifecycle"}, [](std::string_view, const base::Json&, std::vector<base::Problem>&) {}};
    std::vector<FixtureProblem> problems;
    const SettingsSections sections = documents.sections(known, problems);
    EXPECT_THAT(problems, IsEmpty());
    const SettingValue& value = sections.at("").at("lifecycle").at(0);
    EXPECT_EQ(value.json, base::Json({{"late", true}}));
    EXPECT_EQ(value.place.text(), "1.json#/lifecycle");
}

TEST(Stream, LeavesOutAFixtureThatEqualsAnEarlierOne) {
    const Collected all = collect({{"1.json", list(3)}, {"2.json", list(4)}});
    EXPECT_THAT(all.problems, IsEmpty());
    EXPECT_EQ(all.names.size(), 4u);
}

TEST(Stream, NamesBothPlacesOfAnArnWithTwoContents) {
    const Collected all = collect({{"1.json", list(3)}, {"2.json", list(2, R"(, "numResults": 7)")}});
    EXPECT_THAT(
        all.problems,
        ElementsAre("2.json#/batchInferenceJobs/0: expected each ARN once, or the same each time, found " +
                        arn("batch-inference-job/job-0") + ", which differs from 1.json#/batchInferenceJobs/0",
                    "2.json#/batchInferenceJobs/1: expected each ARN once, or the same each time, found " +
                        arn("batch-inference-job/job-1") + ", which differs from 1.json#/batchInferenceJobs/1"));
}

TEST(Stream, ListsAThousandProblemsAndCountsTheOthers) {
    const Collected all = collect({{"1.json", list(1'500, R"(, "numResults": "many")")}});
    ASSERT_EQ(all.problems.size(), ProblemList::most_kept + 1);
    EXPECT_THAT(all.problems[999], StartsWith("1.json#/batchInferenceJobs/999/numResults: expected"));
    EXPECT_EQ(all.problems.back(),
              "1.json: expected at most 1000 problems, found 1500, of which the first ones are listed");
    EXPECT_THAT(all.names, IsEmpty());
}

TEST(Stream, HasOneProblemForADocumentThatIsCutOff) {
    const std::string good = R"({"filter": {"filterArn": ")" + arn("filter/one") + "\"}}";
    const std::string text = list(20, R"(, "numResults": "many")");
    for (const std::size_t size : {text.size() - 1, text.size() - 2, text.size() / 2, std::size_t{1}}) {
        const Collected all = collect({{"1.json", text.substr(0, size)}, {"2.json", good}});
        EXPECT_THAT(all.problems, ElementsAre(StartsWith("1.json: expected JSON, found line 1, column " +
                                                         std::to_string(size + 1) + ": ")));
        EXPECT_THAT(all.names, ElementsAre("000000000000/one"));
    }
}

TEST(Stream, HasOneProblemForADocumentThatIsNoJsonInsideAResource) {
    const std::string text = R"({"batchInferenceJobs": [{"numResults": "many"}, {"jobName": tru}]})";
    EXPECT_THAT(collect({{"1.json", text}}).problems,
                ElementsAre(StartsWith("1.json: expected JSON, found line 1, column 64: ")));
    EXPECT_THAT(collect({{"1.json", R"({"batchInferenceJobs": [{"a": [1}]}]})"}}).problems,
                ElementsAre(StartsWith("1.json: expected JSON, found line 1, column 33: ")));
    EXPECT_THAT(collect({{"1.json", R"({"batchInferenceJobs": [{} {}]})"}}).problems,
                ElementsAre(StartsWith("1.json: expected JSON, found line 1, column 28: ")));
}

TEST(Stream, MayBeAsDeepAsAnyJson) {
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    const auto document = [&](std::size_t depth) {
        return "{\"batchInferenceJobs\": [" + entry("one", ", \"tags\": " + nested(depth)) + "]}";
    };
    EXPECT_THAT(collect({{"1.json", document(61)}}).problems,
                ElementsAre(StartsWith("1.json#/batchInferenceJobs/0/tags: expected a member that AWS names")));
    EXPECT_THAT(collect({{"1.json", document(62)}}).problems,
                ElementsAre(testing::EndsWith(": nested deeper than 64 arrays and objects")));
    EXPECT_THAT(
        collect({{"1.json", "{\"rules\": " + nested(64) + "}"}}).problems,
        ElementsAre("1.json: expected JSON, found line 1, column 74: nested deeper than 64 arrays and objects"));
}

TEST(Stream, TakesTheLastOfTwoMembersWithTheSameName) {
    const std::string text = R"({"batchInferenceJobs": [)" + entry("first") + R"(], "filter": {"filterArn": ")" +
                             arn("filter/one") + R"("}, "batch\u0049nferenceJobs": [)" + entry("last") + "]}";
    const Collected all = collect({{"1.json", text}});
    EXPECT_THAT(all.problems, IsEmpty());
    EXPECT_THAT(all.names, ElementsAre("000000000000/last", "000000000000/one"));
}

TEST(Stream, CopiesResourcesForAccounts) {
    const Collected all = collect({{"1.json", list(2)}}, {.as_written = true, .accounts = {"111111111111"}});
    EXPECT_THAT(all.names,
                ElementsAre("000000000000/job-0", "000000000000/job-1", "111111111111/job-0", "111111111111/job-1"));
}

TEST(Stream, LeavesOutAccountsThatAreNotWanted) {
    const auto is_wanted = [](std::string_view account) { return account == "111111111111"; };
    const Collected all =
        collect({{"1.json", list(1)}}, {.as_written = true, .accounts = {"111111111111"}}, 500, is_wanted);
    EXPECT_THAT(all.names, ElementsAre("111111111111/job-0"));
}

TEST(Stream, StopsBeforeTheNextAccountWhereThereIsAProblem) {
    const Collected all = collect({{"1.json", R"({"batchInferenceJobs": [3]})"}, {"2.json", list(1)}},
                                  {.as_written = true, .accounts = {"111111111111"}});
    EXPECT_THAT(all.problems, ElementsAre("1.json#/batchInferenceJobs/0: expected an object, found 3"));
    EXPECT_THAT(all.names, ElementsAre("000000000000/job-0"));
}

TEST(Stream, FindsAFilterOfAnotherGroupInAnyOrder) {
    const auto group = [](const char* name) {
        return R"(, "datasetGroupArn": ")" + arn(std::string("dataset-group/") + name) + "\"";
    };
    const std::string jobs = R"({"batchInferenceJobs": [)" +
                             entry("one", R"(, "filterArn": ")" + arn("filter/f") + R"(", "solutionVersionArn": ")" +
                                              arn("solution/s/1") + "\"") +
                             "]}";
    const std::string filter = R"({"filter": {"filterArn": ")" + arn("filter/f") + "\"" + group("b") + "}}";
    const std::string solution = R"({"solution": {"solutionArn": ")" + arn("solution/s") + "\"" + group("a") +
                                 R"(}, "solutionVersion": {"solutionVersionArn": ")" + arn("solution/s/1") + "\"}}";
    for (const auto& documents : {std::vector<Document>{{"1", jobs}, {"2", filter}, {"3", solution}},
                                  std::vector<Document>{{"3", solution}, {"2", filter}, {"1", jobs}}}) {
        EXPECT_THAT(collect(documents).problems,
                    ElementsAre("1#/batchInferenceJobs/0/filterArn: expected a filter of " + arn("dataset-group/a") +
                                ", as the solution version is, found " + arn("filter/f") + ", which is of " +
                                arn("dataset-group/b")));
    }
}

TEST(Stream, PassesFixturesOnInBatchesAndInOrder) {
    lifecycle::Clocks clocks(lifecycle::Clock::frozen(loading));
    lifecycle::ClockReadings readings(clocks);
    const lifecycle::PlanOverrides plans{lifecycle::Plan{}};
    FixtureReader reader =
        DocumentSet({{"1.json", list(1'200)}}, {}).reader({.plans = plans, .readings = readings, .threads = 4});
    std::vector<std::size_t> batches;
    std::vector<std::string> places;
    std::vector<Fixture> batch;
    while (reader.next(batch)) {
        batches.push_back(batch.size());
        for (const Fixture& fixture : batch) places.push_back(fixture.place.text());
    }
    EXPECT_THAT(batches, ElementsAre(500, 500, 200));
    ASSERT_EQ(places.size(), 1'200);
    for (std::size_t i = 0; i < places.size(); ++i) {
        ASSERT_EQ(places[i], "1.json#/batchInferenceJobs/" + std::to_string(i));
    }
    EXPECT_THAT(reader.problems().list(), IsEmpty());
}

}  // namespace
}  // namespace plocal::snapshot
