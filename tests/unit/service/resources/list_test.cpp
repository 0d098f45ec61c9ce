#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/service/movies.h"

namespace plocal::resources {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

using Names = std::vector<std::string>;

/// The names of the jobs on one page; the error if there is none.
Names names_of(const Answer& answer) {
    if (!answer.error().empty()) return {outcome(answer)};
    Names names;
    for (const Json& job : answer.body.at("batchInferenceJobs")) names.push_back(job.at("jobName"));
    return names;
}

Answer list(World& world, const Json& input = Json::object()) {
    return world.call("ListBatchInferenceJobs", input);
}

/// Creates jobs with these names, one second apart.
void create_all(World& world, std::initializer_list<const char*> names) {
    for (const char* const name : names) {
        world.advance(1s);
        EXPECT_EQ(outcome(world.call("CreateBatchInferenceJob", create_input(name))), "200");
    }
}

/// Jobs of this solution version for a fixture, given only by their ARNs.
Json jobs(std::initializer_list<const char*> names, const char* solution_version) {
    Json all = Json::array();
    for (const char* const name : names) {
        all.push_back({{"batchInferenceJobArn", arn("batch-inference-job/" + std::string(name))},
                       {"solutionVersionArn", arn(solution_version)}});
    }
    return all;
}

TEST(ListBatchInferenceJobs, IsEmptyInAnEmptyWorld) {
    World world;
    EXPECT_EQ(list(world).text, R"({"batchInferenceJobs":[]})");
}

// Fidelity: inferred | A List returns the newest first: no order is documented, and careful code sorts by itself |
//   aws-solutions/maintaining-personalized-experiences-with-machine-learning
TEST(ListBatchInferenceJobs, ReturnsTheNewestFirst) {
    World world;
    support::load_solution_version(world);
    create_all(world, {"one", "two", "three"});
    EXPECT_THAT(names_of(list(world)), ElementsAre("three", "two", "one"));
}

TEST(ListBatchInferenceJobs, OrdersJobsOfTheSameTimestampByCreation) {
    World world;
    world.load({{"batchInferenceJobs", jobs({"one", "two", "three"}, "solution/movies/1")}});
    EXPECT_THAT(names_of(list(world)), ElementsAre("three", "two", "one"));
}

// Fidelity: documented | A List returns summaries: that of a batch job has neither its paths nor its number of results
//   | DG/API_BatchInferenceJobSummary.html
TEST(ListBatchInferenceJobs, ReturnsSummaries) {
    World world;
    world.load({{"batchInferenceJob",
                 {{"batchInferenceJobArn", arn("batch-inference-job/one")},
                  {"solutionVersionArn", arn("solution/movies/1")},
                  {"status", "CREATE FAILED"},
                  {"failureReason", "no space"},
                  {"numResults", 3},
                  {"roleArn", "arn:aws:iam::000000000000:role/r"},
                  {"batchInferenceJobMode", "BATCH_INFERENCE"},
                  {"creationDateTime", 1'700'000'000.5},
                  {"lastUpdatedDateTime", "2023-11-14T23:00:00Z"}}}});
    EXPECT_EQ(list(world).text,
              R"({"batchInferenceJobs":[{"batchInferenceJobArn":)"
              R"("arn:aws:personalize:us-east-1:000000000000:batch-inference-job/one","jobName":"one",)"
              R"("status":"CREATE FAILED","creationDateTime":1.7000000005E9,"lastUpdatedDateTime":1.7000028E9,)"
              R"("failureReason":"no space",)"
              R"("solutionVersionArn":"arn:aws:personalize:us-east-1:000000000000:solution/movies/1",)"
              R"("batchInferenceJobMode":"BATCH_INFERENCE"}]})");
}

// Fidelity: documented | Batch jobs can be listed by solution version, or all of the account together |
//   DG/API_ListBatchInferenceJobs.html
TEST(ListBatchInferenceJobs, FiltersBySolutionVersion) {
    World world;
    world.load({{"batchInferenceJobs", jobs({"one", "two"}, "solution/movies/1")}});
    world.load({{"batchInferenceJobs", jobs({"three"}, "solution/movies/2")}});
    EXPECT_THAT(names_of(list(world)), ElementsAre("three", "two", "one"));
    EXPECT_THAT(names_of(list(world, {{"solutionVersionArn", arn("solution/movies/1")}})), ElementsAre("two", "one"));
    EXPECT_THAT(names_of(list(world, {{"solutionVersionArn", arn("solution/movies/2")}})), ElementsAre("three"));
    EXPECT_THAT(names_of(list(world, {{"solutionVersionArn", arn("solution/movies/3")}})), IsEmpty());
    EXPECT_THAT(names_of(list(world, {{"solutionVersionArn", nullptr}})), ElementsAre("three", "two", "one"));
}

/// The names on all pages of this size, in order.
std::vector<Names> pages(World& world, Json input, int size) {
    std::vector<Names> all;
    input["maxResults"] = size;
    for (int i = 0; i < 1000; ++i) {
        const Answer answer = list(world, input);
        all.push_back(names_of(answer));
        if (!answer.body.contains("nextToken")) return all;
        input["nextToken"] = answer.body["nextToken"];
    }
    ADD_FAILURE() << "the pages have no end";
    return all;
}

TEST(ListBatchInferenceJobs, ReturnsPagesOfTheRequestedSize) {
    World world;
    world.load({{"batchInferenceJobs", jobs({"one", "two", "three", "four"}, "solution/movies/1")}});
    EXPECT_THAT(pages(world, Json::object(), 1),
                ElementsAre(Names{"four"}, Names{"three"}, Names{"two"}, Names{"one"}));
    EXPECT_THAT(pages(world, Json::object(), 2), ElementsAre(Names{"four", "three"}, Names{"two", "one"}));
    EXPECT_THAT(pages(world, Json::object(), 3), ElementsAre(Names{"four", "three", "two"}, Names{"one"}));
    EXPECT_THAT(pages(world, Json::object(), 4), ElementsAre(Names{"four", "three", "two", "one"}));
    EXPECT_THAT(pages(world, {{"solutionVersionArn", arn("solution/movies/1")}}, 3),
                ElementsAre(Names{"four", "three", "two"}, Names{"one"}));
}

// Fidelity: documented | A page has 100 entries by default | boto/botocore, personalize/2018-05-22/service-2.json
TEST(ListBatchInferenceJobs, ReturnsAHundredPerPageByDefault) {
    World world;
    Json all = Json::array();
    for (int i = 0; i < 101; ++i) {
        all.push_back({{"batchInferenceJobArn", arn("batch-inference-job/" + std::to_string(i))}});
    }
    world.load({{"batchInferenceJobs", all}});
    const Answer first = list(world);
    EXPECT_EQ(names_of(first).size(), 100u);
    EXPECT_THAT(names_of(list(world, {{"nextToken", first.body["nextToken"]}})), ElementsAre("0"));
    EXPECT_FALSE(list(world, {{"maxResults", 100}, {"nextToken", first.body["nextToken"]}}).body.contains("nextToken"));
}

TEST(ListBatchInferenceJobs, ReturnsEveryJobOnceWhileOthersAreCreated) {
    World world;
    support::load_solution_version(world);
    create_all(world, {"one", "two", "three", "four"});
    const Answer first = list(world, {{"maxResults", 2}});
    EXPECT_THAT(names_of(first), ElementsAre("four", "three"));
    create_all(world, {"five", "six"});
    const Answer second = list(world, {{"maxResults", 2}, {"nextToken", first.body["nextToken"]}});
    EXPECT_THAT(names_of(second), ElementsAre("two", "one"));
    EXPECT_FALSE(second.body.contains("nextToken"));
}

TEST(ListBatchInferenceJobs, AllowsThePageSizeToChangeBetweenPages) {
    World world;
    world.load({{"batchInferenceJobs", jobs({"one", "two", "three", "four"}, "solution/movies/1")}});
    const Json token = list(world, {{"maxResults", 1}}).body["nextToken"];
    EXPECT_THAT(names_of(list(world, {{"maxResults", 50}, {"nextToken", token}})), ElementsAre("three", "two", "one"));
}

// Fidelity: documented | An invalid token is refused with InvalidNextTokenException and status 400 |
//   DG/API_ListBatchInferenceJobs.html
// Fidelity: inferred | The message of an InvalidNextTokenException is its description in the model, since no real
//   message is public | -
TEST(ListBatchInferenceJobs, RefusesATokenOfAnotherQuery) {
    World world;
    world.load({{"batchInferenceJobs", jobs({"one", "two"}, "solution/movies/1")}});
    const Json token = list(world, {{"maxResults", 1}}).body["nextToken"];
    const Json input = {{"maxResults", 1}, {"nextToken", token}};
    const std::string refused = "InvalidNextTokenException: The token is not valid.";
    EXPECT_EQ(outcome(list(world, with(input, "solutionVersionArn", arn("solution/movies/1")))), refused);
    EXPECT_EQ(outcome(world.call_as("000000000000", "us-east-1", "ListBatchInferenceJobs", input)), refused);
    EXPECT_EQ(outcome(list(world, with(input, "nextToken", "made up"))), refused);
    EXPECT_THAT(names_of(list(world, input)), ElementsAre("one"));
}

// Fidelity: documented | A page may have 1 to 100 entries | DG/API_ListBatchInferenceJobs.html
TEST(ListBatchInferenceJobs, LimitsThePageSize) {
    World world;
    for (const int size : {0, 101, -1}) {
        EXPECT_EQ(list(world, {{"maxResults", size}}).error(), "ValidationException") << size;
    }
    EXPECT_EQ(outcome(list(world, {{"maxResults", 100}})), "200");
}

}  // namespace
}  // namespace plocal::resources
