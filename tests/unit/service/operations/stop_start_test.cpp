#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/deployment.h"

namespace plocal::operations {
namespace {

using namespace std::chrono_literals;
using base::Json;
using support::Answer;
using support::arn;
using support::Deployment;
using support::outcome;

Answer stop_creation(Deployment& world, const std::string& version) {
    return world.call("StopSolutionVersionCreation", {{"solutionVersionArn", version}});
}

// Fidelity: documented | Stopping a pending creation of a solution version takes effect at once and returns nothing |
//   DG/API_StopSolutionVersionCreation.html
TEST(StopSolutionVersionCreation, StopsAPendingCreationAtOnce) {
    Deployment world;
    const std::string version = world.created("solutionVersion");
    world.advance(500ms);
    const Answer answer = stop_creation(world, version);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.text, "");
    for (const auto by : {0ms, 3'600'000ms}) {
        world.advance(by);
        const Json resource = world.described(version);
        EXPECT_EQ(resource["status"], "CREATE STOPPED");
        EXPECT_NEAR(resource["lastUpdatedDateTime"].get<double>(), resource["creationDateTime"].get<double>() + 0.5,
                    1e-4);
        EXPECT_FALSE(resource.contains("trainingHours"));
    }
}

// Fidelity: documented | A creation in progress is CREATE STOPPING before it is CREATE STOPPED |
//   DG/API_StopSolutionVersionCreation.html
TEST(StopSolutionVersionCreation, StopsACreationInProgressGradually) {
    Deployment world;
    const std::string version = world.created("solutionVersion");
    world.advance(2500ms);
    stop_creation(world, version);
    EXPECT_EQ(world.status(version), "CREATE STOPPING");
    world.advance(1999ms);
    EXPECT_EQ(world.status(version), "CREATE STOPPING");
    world.advance(1ms);
    EXPECT_EQ(world.status(version), "CREATE STOPPED");
    EXPECT_FALSE(world.described(version).contains("trainingHours"));
    world.advance(24h);
    EXPECT_EQ(world.status(version), "CREATE STOPPED");
}

// Fidelity: documented | Only a creation that is pending or in progress can be stopped; it never resumes |
//   DG/API_StopSolutionVersionCreation.html
TEST(StopSolutionVersionCreation, RefusesEveryOtherStatus) {
    for (const char* const status : {"ACTIVE", "CREATE FAILED", "CREATE STOPPING", "CREATE STOPPED"}) {
        Deployment world;
        const std::string version = world.make("solutionVersion");
        world.force(version, status);
        EXPECT_EQ(outcome(stop_creation(world, version)),
                  "InvalidInputException: The creation of the given solution version cannot be stopped: " + version)
            << status;
        EXPECT_EQ(world.status(version), status);
    }
    Deployment world;
    const std::string absent = arn("solution/movies/12345678");
    EXPECT_EQ(outcome(stop_creation(world, absent)),
              "ResourceNotFoundException: The given solution version does not exist: " + absent);
}

TEST(StopSolutionVersionCreation, StopsNoOtherVersion) {
    Deployment world;
    const std::string first = world.created("solutionVersion");
    const std::string second = world.created("solutionVersion");
    stop_creation(world, first);
    world.advance(3s);
    EXPECT_EQ(world.status(first), "CREATE STOPPED");
    EXPECT_EQ(world.status(second), "ACTIVE");
}

TEST(StopSolutionVersionCreation, WaitsForACommandUnderManualProgression) {
    Deployment world;
    world.input("solutionVersion");
    world.control("PUT", "lifecycle", {{"solutionVersion", {{"progression", "manual"}}}});
    const std::string version = world.created("solutionVersion");
    world.control("POST", "transition", {{"arn", version}});
    stop_creation(world, version);
    world.advance(24h);
    EXPECT_EQ(world.status(version), "CREATE STOPPING");
    world.control("POST", "transition", {{"arn", version}});
    EXPECT_EQ(world.status(version), "CREATE STOPPED");
}

// Fidelity: documented | A recommender changes from ACTIVE through STOP PENDING and STOP IN_PROGRESS to INACTIVE, and
//   back through START PENDING and START IN_PROGRESS | DG/API_Recommender.html
TEST(Recommender, StopsAndStarts) {
    Deployment world;
    const std::string recommender = world.make("recommender");
    const Json resource = world.described(recommender);
    const struct {
        const char* verb;
        const char* at_first;
        const char* after_a_second;
        const char* at_last;
    } steps[] = {{"Stop", "STOP PENDING", "STOP IN_PROGRESS", "INACTIVE"},
                 {"Start", "START PENDING", "START IN_PROGRESS", "ACTIVE"}};
    for (const auto& step : steps) {
        EXPECT_EQ(world.call_on(step.verb, recommender).body, (Json{{"recommenderArn", recommender}}));
        EXPECT_EQ(world.status(recommender), step.at_first);
        world.advance(1s);
        EXPECT_EQ(world.status(recommender), step.after_a_second);
        world.advance(1999ms);
        EXPECT_EQ(world.status(recommender), step.after_a_second);
        world.advance(1ms);
        EXPECT_EQ(world.status(recommender), step.at_last);
        EXPECT_EQ(world.described(recommender)["modelMetrics"], resource["modelMetrics"]);
        EXPECT_EQ(world.described(recommender)["creationDateTime"], resource["creationDateTime"]);
    }
}

// Fidelity: inferred | A recommender in a transition is in use; one in another stable status has the wrong status | -
TEST(Recommender, StopsAndStartsOnlyFromStableStatuses) {
    constexpr const char* busy = "ResourceInUseException";
    constexpr const char* wrong = "InvalidInputException";
    const struct {
        const char* status;
        const char* stop;
        const char* start;
        const char* update;
    } cases[] = {
        {"CREATE PENDING", busy, busy, busy},
        {"CREATE IN_PROGRESS", busy, busy, busy},
        {"CREATE FAILED", wrong, wrong, wrong},
        {"STOP PENDING", busy, busy, busy},
        {"STOP IN_PROGRESS", busy, busy, busy},
        {"START PENDING", busy, busy, busy},
        {"START IN_PROGRESS", busy, busy, busy},
        {"an update", busy, busy, busy},
        {"DELETE PENDING", busy, busy, busy},
        {"INACTIVE", wrong, "", wrong},
        {"ACTIVE", "", wrong, ""},
    };
    const Json config = {{"recommenderConfig", {{"minRecommendationRequestsPerSecond", 2}}}};
    for (const auto& one : cases) {
        const auto refusal = [&](const char* verb, const Json& members) {
            Deployment world;
            const std::string recommender = world.make("recommender");
            if (std::string_view(one.status) == "an update") {
                world.call_on("Update", recommender, config);
            } else {
                world.force(recommender, one.status);
            }
            return world.call_on(verb, recommender, members).error();
        };
        EXPECT_EQ(refusal("Stop", Json::object()), one.stop) << one.status;
        EXPECT_EQ(refusal("Start", Json::object()), one.start) << one.status;
        EXPECT_EQ(refusal("Update", config), one.update) << one.status;
    }
}

TEST(Recommender, KeepsItsLatestUpdateAfterAStopAndAStart) {
    Deployment world;
    const std::string recommender = world.make("recommender");
    const Json config = {{"minRecommendationRequestsPerSecond", 9}};
    world.call_on("Update", recommender, {{"recommenderConfig", config}});
    world.advance(3s);
    const Json update = world.described(recommender)["latestRecommenderUpdate"];
    for (const char* const verb : {"Stop", "Start"}) {
        world.call_on(verb, recommender);
        for (int i = 0; i < 3; ++i) {
            EXPECT_EQ(world.described(recommender)["recommenderConfig"], config) << verb;
            EXPECT_EQ(world.described(recommender)["latestRecommenderUpdate"], update) << verb;
            world.advance(1s);
        }
    }
    EXPECT_EQ(world.status(recommender), "ACTIVE");
}

TEST(Recommender, MustExistToBeStopped) {
    Deployment world;
    const std::string absent = arn("recommender/none");
    for (const char* const verb : {"Stop", "Start"}) {
        EXPECT_EQ(outcome(world.call_on(verb, absent)),
                  "ResourceNotFoundException: The given recommender does not exist: " + absent);
    }
}

}  // namespace
}  // namespace plocal::operations
