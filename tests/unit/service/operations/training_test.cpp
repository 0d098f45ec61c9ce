#include <chrono>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/deployment.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::operations {
namespace {

using namespace std::chrono_literals;
using base::Json;
using resources::ServiceSettings;
using support::arn;
using support::Deployment;
using support::outcome;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto week = std::chrono::hours(7 * 24);
constexpr auto day = std::chrono::hours(24);

/// Creates a solution with automatic training in a group with data, and returns its ARN.
std::string auto_trained_solution(Deployment& world, const Json& config = nullptr) {
    world.make("datasetImportJob");
    const Json members = {{"performAutoTraining", nullptr}, {"solutionConfig", config}};
    return world.created("solution", members);
}

Json every_days(int days) {
    const std::string schedule = "rate(" + std::to_string(days) + " days)";
    return {{"autoTrainingConfig", {{"schedulingExpression", schedule}}}};
}

/// The creation time of each version in milliseconds, oldest first.
std::vector<std::int64_t> trained_at(Deployment& world, const std::string& solution) {
    std::vector<std::int64_t> readings;
    Json input = {{"solutionArn", solution}};
    do {
        const Json page = world.call("ListSolutionVersions", input).body;
        for (const Json& version : page["solutionVersions"]) {
            readings.insert(readings.begin(), std::llround(version["creationDateTime"].get<double>() * 1000));
        }
        input["nextToken"] = page.value("nextToken", Json());
    } while (!input["nextToken"].is_null());
    return readings;
}

std::int64_t ms_now(Deployment& world) {
    return world.now().time_since_epoch().count();
}

// Fidelity: documented | The first automatic training begins within an hour of the solution's creation; its
//   trainingType is AUTOMATIC | DG/solution-config-auto-training.html
TEST(AutomaticTraining, BeginsWithinAnHour) {
    Deployment world;
    const std::string solution = auto_trained_solution(world);
    const std::int64_t created = ms_now(world);
    EXPECT_THAT(trained_at(world, solution), IsEmpty());
    world.advance(1h);
    const std::vector<std::int64_t> trained = trained_at(world, solution);
    ASSERT_EQ(trained.size(), 1);
    EXPECT_GT(trained[0], created);
    EXPECT_LE(trained[0], created + 3'600'000);
    world.advance(3s);
    const Json version = world.described(world.listed("solutionVersion").front());
    EXPECT_EQ(version["trainingType"], "AUTOMATIC");
    EXPECT_EQ(version["status"], "ACTIVE");
    EXPECT_EQ(version["recipeArn"], "arn:aws:personalize:::recipe/aws-user-personalization");
    EXPECT_TRUE(version.contains("trainingHours"));
}

TEST(AutomaticTraining, DependsOnlyOnTheSeed) {
    std::vector<std::int64_t> firsts;
    for (const std::uint64_t seed : {1U, 1U, 2U}) {
        ServiceSettings settings;
        settings.plan.seed = seed;
        Deployment world(settings);
        const std::string solution = auto_trained_solution(world);
        const std::int64_t created = ms_now(world);
        world.advance(1h);
        firsts.push_back(trained_at(world, solution).at(0) - created);
    }
    EXPECT_EQ(firsts[0], firsts[1]);
    EXPECT_NE(firsts[0], firsts[2]);
}

// Fidelity: documented | A solution trains every seven days unless its schedulingExpression says otherwise |
//   DG/API_AutoTrainingConfig.html
TEST(AutomaticTraining, RepeatsOnSchedule) {
    for (const int days : {7, 1, 3, 30}) {
        Deployment world;
        const std::string solution = auto_trained_solution(world, days == 7 ? Json() : every_days(days));
        const std::int64_t period = std::int64_t{days} * 24 * 3'600'000;
        world.advance(1h);
        const std::int64_t first = trained_at(world, solution).at(0);
        world.advance(std::chrono::milliseconds(first + 3 * period - ms_now(world) - 1));
        EXPECT_THAT(trained_at(world, solution), ElementsAre(first, first + period, first + 2 * period)) << days;
        world.advance(1ms);
        EXPECT_THAT(trained_at(world, solution),
                    ElementsAre(first, first + period, first + 2 * period, first + 3 * period))
            << days;
    }
}

TEST(AutomaticTraining, HappensOnTimeHoweverFarTheClockAdvances) {
    Deployment step_by_step;
    Deployment at_once;
    const std::string solution = auto_trained_solution(step_by_step);
    auto_trained_solution(at_once);
    for (int hour = 0; hour < 24 * 29; ++hour) {
        step_by_step.advance(1h);
        step_by_step.listed("solutionVersion");
    }
    at_once.advance(29 * day);
    EXPECT_EQ(trained_at(step_by_step, solution).size(), 5);
    EXPECT_EQ(trained_at(at_once, solution), trained_at(step_by_step, solution));
    EXPECT_EQ(at_once.listed("solutionVersion"), step_by_step.listed("solutionVersion"));
    for (const std::string& version : at_once.listed("solutionVersion")) {
        EXPECT_EQ(at_once.described(version), step_by_step.described(version));
    }
}

TEST(AutomaticTraining, SkipsNoneWhereTheClockSkipsYears) {
    Deployment world;
    const std::string solution = auto_trained_solution(world, every_days(1));
    constexpr int days = 1'200;
    world.advance(days * day + 1h);
    const std::vector<std::int64_t> trained = trained_at(world, solution);
    ASSERT_EQ(trained.size(), days + 1);
    for (std::size_t i = 1; i < trained.size(); ++i) EXPECT_EQ(trained[i] - trained[i - 1], 24 * 3'600'000);
    world.advance(day);
    EXPECT_EQ(trained_at(world, solution).size(), trained.size() + 1);
}

// Fidelity: documented | The first automatic training is skipped if a version was created manually before it |
//   DG/solution-config-auto-training.html
TEST(AutomaticTraining, SkipsTheFirstRunAfterAManualTraining) {
    Deployment world;
    const std::string solution = auto_trained_solution(world);
    EXPECT_EQ(outcome(world.call("CreateSolutionVersion", {{"solutionArn", solution}})), "200");
    world.advance(2h);
    EXPECT_EQ(trained_at(world, solution).size(), 1);
    EXPECT_EQ(world.described(world.listed("solutionVersion").front())["trainingType"], "MANUAL");
    world.advance(week);
    EXPECT_EQ(trained_at(world, solution).size(), 2);
    EXPECT_EQ(world.described(world.listed("solutionVersion").front())["trainingType"], "AUTOMATIC");
}

// Fidelity: documented | performAutoTraining false turns automatic training off, and UpdateSolution changes it |
//   DG/API_UpdateSolution.html
TEST(AutomaticTraining, CanBeTurnedOnAndOff) {
    Deployment world;
    world.make("datasetImportJob");
    const std::string solution = world.make("solution");
    world.advance(5 * week);
    EXPECT_THAT(trained_at(world, solution), IsEmpty());
    world.call_on("Update", solution, {{"performAutoTraining", true}});
    world.advance(3s);
    EXPECT_THAT(trained_at(world, solution), IsEmpty()) << "the update must be done first";
    world.advance(1h);
    EXPECT_EQ(world.described(solution)["performAutoTraining"], true);
    EXPECT_EQ(trained_at(world, solution).size(), 1);
    world.advance(week);
    EXPECT_EQ(trained_at(world, solution).size(), 2);
    world.call_on("Update", solution, {{"performAutoTraining", false}});
    world.advance(5 * week);
    EXPECT_EQ(world.described(solution)["performAutoTraining"], false);
    EXPECT_EQ(trained_at(world, solution).size(), 2);
}

// Fidelity: documented | A changed frequency restarts the schedule: a training within an hour of the end of the update,
//   then the new frequency | DG/updating-solution.html
TEST(AutomaticTraining, RestartsWithAnUpdatedSchedule) {
    Deployment world;
    const std::string solution = auto_trained_solution(world, every_days(30));
    world.advance(day);
    world.call_on("Update", solution, {{"solutionUpdateConfig", every_days(2)}});
    world.advance(3s);
    EXPECT_EQ(trained_at(world, solution).size(), 1);
    world.advance(1h + 4 * day);
    const std::vector<std::int64_t> trained = trained_at(world, solution);
    ASSERT_EQ(trained.size(), 4);
    const std::int64_t two_days = std::int64_t{2} * 24 * 3'600'000;
    EXPECT_EQ(trained[2] - trained[1], two_days);
    EXPECT_EQ(trained[3] - trained[2], two_days);
}

// Fidelity: documented | After UpdateSolution turns it on, automatic training begins within an hour, unless a version
//   is created manually within that hour | DG/updating-solution.html
TEST(AutomaticTraining, SkipsTheFirstRunAfterAnUpdateAndAManualTraining) {
    Deployment world;
    world.make("datasetImportJob");
    const std::string solution = world.make("solution");
    world.advance(week);
    world.call_on("Update", solution, {{"performAutoTraining", true}});
    world.advance(3s);
    EXPECT_EQ(outcome(world.call("CreateSolutionVersion", {{"solutionArn", solution}})), "200");
    world.advance(1h);
    EXPECT_EQ(trained_at(world, solution).size(), 1);
}

// Fidelity: documented | A schedule is `rate(N days)` with N from 1 to 30 | DG/API_AutoTrainingConfig.html
TEST(AutomaticTraining, NeedsAScheduleInDays) {
    Deployment world;
    for (const char* const schedule : {"rate(0 days)", "rate(31 days)"}) {
        const Json config = {{"autoTrainingConfig", {{"schedulingExpression", schedule}}}};
        EXPECT_EQ(outcome(world.create("solution", {{"solutionConfig", config}})),
                  "InvalidInputException: Invalid schedulingExpression '" + std::string(schedule) +
                      "': expected a number of days between 1 and 30.");
        EXPECT_EQ(world.call_on("Update", world.make("solution"), {{"solutionUpdateConfig", config}}).error(),
                  "InvalidInputException");
    }
}

TEST(AutomaticTraining, NeedsDataAndAnActiveSolution) {
    const struct {
        const char* name;
        void (*prevent)(Deployment&, const std::string& solution);
    } cases[] = {
        {"the dataset is deleted",
         [](Deployment& world, const std::string&) { world.call_on("Delete", arn("dataset/movies/INTERACTIONS")); }},
        {"the solution is being deleted",
         [](Deployment& world, const std::string& solution) { world.call_on("Delete", solution); }},
        {"the solution has failed",
         [](Deployment& world, const std::string& solution) { world.force(solution, "CREATE FAILED"); }},
    };
    for (const auto& one : cases) {
        Deployment world;
        const std::string solution = auto_trained_solution(world);
        one.prevent(world, solution);
        world.advance(5 * week);
        EXPECT_THAT(world.listed("solutionVersion"), IsEmpty()) << one.name;
    }
}

TEST(AutomaticTraining, FollowsTheClockOfItsAccount) {
    const auto solution_of = [](const char* account) {
        return std::string("arn:aws:personalize:us-east-1:") + account + ":solution/movies";
    };
    constexpr const char* frozen_account = "111111111111";
    constexpr const char* default_account = "222222222222";
    Deployment world;
    Json solutions = Json::array();
    for (const char* const account : {frozen_account, default_account}) {
        solutions.push_back({{"solutionArn", solution_of(account)}, {"performAutoTraining", true}});
    }
    world.load({{"solutions", solutions}});
    EXPECT_EQ(world.control("PUT", std::string("clock?account=") + frozen_account, {{"mode", "frozen"}}).status, 200);
    EXPECT_EQ(world.control("POST", std::string("clock/advance?account=") + frozen_account, {{"by", "200h"}}).status,
              200);
    EXPECT_GE(trained_at(world, solution_of(frozen_account)).size(), 1);
    EXPECT_THAT(trained_at(world, solution_of(default_account)), IsEmpty());
    const std::size_t before = trained_at(world, solution_of(frozen_account)).size();
    world.advance(4 * week);
    EXPECT_GE(trained_at(world, solution_of(default_account)).size(), 4);
    EXPECT_EQ(trained_at(world, solution_of(frozen_account)).size(), before);
}

TEST(AutomaticTraining, ContinuesAfterARestartAndASnapshot) {
    Deployment undisturbed;
    const std::string solution = auto_trained_solution(undisturbed);
    const storage::TemporaryFolder folder;
    {
        Deployment before({}, folder.file("world.db"));
        auto_trained_solution(before);
    }
    Deployment restarted({}, folder.file("world.db"));
    restarted.advance(undisturbed.now() - restarted.now());
    Deployment copied;
    copied.control("PUT", "state", undisturbed.control("GET", "state").body);
    for (Deployment* const world : {&undisturbed, &restarted, &copied}) world->advance(3 * week);
    EXPECT_EQ(trained_at(undisturbed, solution).size(), 3);
    EXPECT_EQ(trained_at(restarted, solution), trained_at(undisturbed, solution));
    EXPECT_EQ(trained_at(copied, solution), trained_at(undisturbed, solution));
}

// Fidelity: seen | DescribeSolution returns the latest version once there is one |
//   aws-samples/amazon-personalize-samples, user_segmentation_example
TEST(DescribeSolution, IncludesTheLatestVersion) {
    Deployment world;
    const std::string solution = world.make("solution");
    EXPECT_FALSE(world.described(solution).contains("latestSolutionVersion"));
    const std::string first = world.make("solutionVersion");
    EXPECT_EQ(world.described(solution)["latestSolutionVersion"]["solutionVersionArn"], first);
    world.advance(1min);
    const std::string second = world.created("solutionVersion");
    for (const char* const status : {"CREATE PENDING", "CREATE IN_PROGRESS", "ACTIVE"}) {
        const Json latest = world.described(solution)["latestSolutionVersion"];
        const Json listed = world.call("ListSolutionVersions", {{"solutionArn", solution}}).body;
        EXPECT_EQ(latest, listed["solutionVersions"][0]);
        EXPECT_EQ(latest["solutionVersionArn"], second);
        EXPECT_EQ(latest["status"], status);
        EXPECT_EQ(latest["trainingType"], "MANUAL");
        world.advance(1500ms);
    }
}

}  // namespace
}  // namespace plocal::operations
