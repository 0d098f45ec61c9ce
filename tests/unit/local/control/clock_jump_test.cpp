// Moves of a clock over much that is due, slice by slice.
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/base/iso8601.h"
#include "tests/support/deployment.h"
#include "tests/support/long_request.h"
#include "tests/unit/local/control/asking.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::control {
namespace {

using namespace std::chrono_literals;
using base::Instant;
using base::Json;
using support::arn;
using support::Deployment;
using support::LongRequest;
using testing::HasSubstr;

constexpr auto day = std::chrono::hours(24);
constexpr const char* solution = "solution/daily";

/// A world in which a slice does one piece of work, with a solution that trains daily.
class ClockJumpTest : public testing::Test {
protected:
    ClockJumpTest() { begin(":memory:"); }

    static resources::ServiceSettings settings() {
        resources::ServiceSettings settings;
        settings.due.slice_pieces = 1;
        settings.due.slice_time = 1h;  // it does not end a slice on a slow machine
        return settings;
    }

    void begin(const std::string& database) {
        world_ = std::make_unique<Deployment>(settings_, database);
        world_->load({{"solutions",
                       {{{"solutionArn", arn(solution)},
                         {"performAutoTraining", true},
                         {"solutionConfig", {{"autoTrainingConfig", {{"schedulingExpression", "rate(1 day)"}}}}}}}}});
    }

    LongRequest advance(const Json& body, const std::string& account = "") {
        return LongRequest(*world_, "POST", "clock/advance" + (account.empty() ? "" : "?account=" + account), body);
    }

    Instant now() { return *base::parse_iso8601(get(*world_, "/_local/clock")["now"].get<std::string>()); }

    /// When each version was created, newest first.
    std::vector<Instant> trained() {
        std::vector<Instant> moments;
        for (const storage::Record& each : world_->store().resources().children(arn(solution), "solutionVersion")) {
            moments.push_back(each.created);
        }
        return moments;
    }

    resources::ServiceSettings settings_ = settings();
    std::unique_ptr<Deployment> world_;
};

TEST_F(ClockJumpTest, ShowsOthersTheWorldAsItIsOnTheWay) {
    const Instant start = now();
    LongRequest call = advance({{"by", "240h"}});
    std::vector<Instant> seen;
    for (std::size_t slices = 1; call.waits(); ++slices, call.step()) {
        ASSERT_EQ(trained().size(), slices) << "one training a slice";
        EXPECT_EQ(now(), trained().front()) << "the clock is where the work is, and never past work that is not done";
        EXPECT_EQ(world_->listed("solutionVersion").size(), slices);
        EXPECT_EQ(world_->status(world_->listed("solutionVersion").front()), "CREATE PENDING");
        seen.push_back(now());
    }
    EXPECT_EQ(call.body()["now"], base::iso8601(start + 10 * day));
    EXPECT_EQ(call.body()["done"], (Json{{"trainings", 10}}));
    EXPECT_EQ(now(), start + 10 * day);
    ASSERT_EQ(trained().size(), 10U);
    for (std::size_t i = 1; i < 10; ++i) EXPECT_EQ(trained()[i - 1] - trained()[i], day);
}

TEST_F(ClockJumpTest, ComesToTheSameAsOneLongSlice) {
    advance({{"by", "2400h"}}).finish();
    const std::vector<Instant> sliced = trained();
    settings_.due = {};
    begin(":memory:");
    LongRequest call = advance({{"by", "2400h"}});
    call.finish();
    EXPECT_EQ(trained(), sliced);
    EXPECT_EQ(call.body()["done"], (Json{{"trainings", 100}}));
}

TEST_F(ClockJumpTest, AnswersWithoutCountsWhereNothingIsDue) {
    LongRequest call = advance({{"by", "1ms"}});
    EXPECT_FALSE(call.waits());
    EXPECT_EQ(call.body(), (Json{{"mode", "frozen"}, {"now", "2026-01-31T12:00:00.124Z"}, {"speed", 1.0}}));
}

TEST_F(ClockJumpTest, CountsRemovalsUpdatesAndTrainingsThatWereSkipped) {
    const std::string campaign = world_->make("campaign");
    const std::string filter = world_->make("filter");
    world_->call_on("Update", campaign, {{"minProvisionedTPS", 2}});
    world_->call_on("Delete", filter);
    const Json first = advance({{"by", "1m"}}).finish().body()["done"];
    EXPECT_EQ(first["removals"], 1);
    EXPECT_EQ(first["updates"], 1);
    EXPECT_FALSE(first.contains("skippedTrainings"));
    begin(":memory:");
    world_->make("datasetImportJob");
    world_->created("solution", {{"performAutoTraining", nullptr}});
    world_->call_on("Delete", arn("dataset/movies/INTERACTIONS"));
    advance({{"by", "1m"}}).finish();
    const Json done = advance({{"by", "672h"}}).finish().body()["done"];
    EXPECT_EQ(done["skippedTrainings"], 4);
    EXPECT_EQ(done["trainings"], 28);
}

TEST_F(ClockJumpTest, StaysBeforeTheMomentAtWhichManyLeaveUntilAllAreGone) {
    const std::string group = world_->load_bare_group();
    Json input = support::part_named("filter").input;
    input["datasetGroupArn"] = group;
    for (int i = 0; i < 120; ++i) {
        input["name"] = "filter-" + std::to_string(i);
        ASSERT_EQ(world_->call("CreateFilter", input).status, 200);
    }
    world_->advance(3s);
    world_->call_on("Delete", group);
    const Instant leaves = now() + 1s;
    LongRequest call = advance({{"by", "1m"}});
    int slices = 0;
    for (; call.waits(); call.step(), ++slices) {
        EXPECT_EQ(now(), leaves - 1ms);
        EXPECT_EQ(world_->status(group), "DELETE PENDING");
        EXPECT_LT(world_->listed("filter").size(), 100U);
    }
    EXPECT_EQ(slices, 2);
    EXPECT_EQ(call.body()["done"]["removals"], 121);
    EXPECT_EQ(world_->status(group), "ResourceNotFoundException");
}

TEST_F(ClockJumpTest, OfTwoOnOneClockTheSecondBeginsWhereTheFirstHasEnded) {
    const Instant start = now();
    LongRequest first = advance({{"by", "72h"}});
    LongRequest second = advance({{"by", "48h"}});
    LongRequest third(*world_, "PUT", "clock", {{"now", base::iso8601(start + 4 * day)}});
    ASSERT_TRUE(first.waits());
    second.step();
    third.step();
    EXPECT_EQ(trained().size(), 1U) << "they wait for the first";
    first.finish();
    EXPECT_EQ(first.body()["now"], base::iso8601(start + 3 * day));
    EXPECT_EQ(first.body()["done"]["trainings"], 3);
    second.finish();
    EXPECT_EQ(second.body()["now"], base::iso8601(start + 5 * day));
    EXPECT_EQ(second.body()["done"]["trainings"], 2);
    third.step();
    EXPECT_EQ(third.status(), 409) << "that moment has passed";
}

TEST_F(ClockJumpTest, LeavesOtherClocksAlone) {
    LongRequest common = advance({{"by", "72h"}});
    LongRequest alices = advance({{"by", "1h"}}, alice);
    EXPECT_FALSE(alices.waits());
    common.finish();
    EXPECT_EQ(trained().size(), 3U);
}

TEST_F(ClockJumpTest, IsMadeByAPutOfALaterMomentToo) {
    const Instant start = now();
    LongRequest put(*world_, "PUT", "clock", {{"now", base::iso8601(start + 5 * day)}, {"speed", 60}});
    ASSERT_TRUE(put.waits());
    EXPECT_LT(now(), start + day);
    EXPECT_EQ(get(*world_, "/_local/clock")["speed"], 1.0);
    put.finish();
    EXPECT_EQ(put.body(), (Json{{"mode", "frozen"},
                                {"now", base::iso8601(start + 5 * day)},
                                {"speed", 60.0},
                                {"done", {{"trainings", 5}}}}));
    LongRequest same(*world_, "PUT", "clock", {{"now", base::iso8601(start + 5 * day)}});
    EXPECT_FALSE(same.body().contains("done"));
}

TEST_F(ClockJumpTest, UntilIdleGoesFromRoundToRound) {
    world_->load({{"solutionVersion", {{"solutionVersionArn", arn("solution/movies/1234abcd")}}}});
    EXPECT_EQ(world_->call("CreateBatchInferenceJob", support::create_input("one")).status, 200);
    const Instant start = now();
    LongRequest call = advance({{"until", "idle"}});
    EXPECT_EQ(call.finish().body()["now"], base::iso8601(start + 3s));
    asked(*world_, "PUT", "/_local/lifecycle", {{"default", {{"inProgress", "48h"}}}});
    EXPECT_EQ(world_->call("CreateBatchInferenceJob", support::create_input("two")).status, 200);
    const Json endless = advance({{"until", "idle"}}).finish().body();
    EXPECT_EQ(endless["stopped"], "after 100 rounds: each has begun something new");
    EXPECT_GE(endless["done"]["trainings"], 100);
}

TEST_F(ClockJumpTest, StopsAloudAtItsBound) {
    settings_.due.move_pieces = 5;
    begin(":memory:");
    const Instant start = now();
    const Json answer = advance({{"by", "240h"}}).finish().body();
    EXPECT_EQ(answer["stopped"], "after 5 pieces of due work");
    EXPECT_EQ(answer["done"]["trainings"], 5);
    EXPECT_EQ(now(), trained().front());
    LongRequest put(*world_, "PUT", "clock", {{"now", base::iso8601(start + 20 * day)}, {"speed", 2}});
    EXPECT_EQ(put.finish().body()["stopped"], "after 5 pieces of due work");
    EXPECT_EQ(put.body()["speed"], 2.0);
    EXPECT_EQ(trained().size(), 10U);
    EXPECT_EQ(now(), trained().front());
}

TEST_F(ClockJumpTest, EndsWhereTheServerStopsAndKeepsWhatWasDone) {
    LongRequest call = advance({{"by", "240h"}});
    LongRequest other = advance({{"by", "240h"}});
    call.step();
    call.step();
    EXPECT_FALSE(call.step(true));
    EXPECT_EQ(call.status(), 503);
    EXPECT_THAT(call.body()["error"].get<std::string>(),
                testing::AllOf(HasSubstr("has come to " + base::iso8601(now())), HasSubstr("trainings: 3")));
    EXPECT_EQ(trained().size(), 3U);
    EXPECT_FALSE(other.step(true));
    EXPECT_EQ(other.status(), 503);
}

TEST_F(ClockJumpTest, EndsWhereAnotherCallSetsTheClockBack) {
    LongRequest call = advance({{"by", "240h"}});
    call.step();
    asked(*world_, "POST", "/_local/reset");
    EXPECT_FALSE(call.step());
    EXPECT_EQ(call.status(), 409);
    EXPECT_FALSE(advance({{"by", "1ms"}}).waits()) << "the clock is free again";
}

TEST_F(ClockJumpTest, GoesOnAfterARestartFromTheLastSlice) {
    const storage::TemporaryFolder folder;
    begin(folder.file("world.db"));
    {
        LongRequest call = advance({{"by", "240h"}});
        call.step();
        call.step();
    }
    world_.reset();  // killed
    world_ = std::make_unique<Deployment>(settings_, folder.file("world.db"));
    EXPECT_EQ(trained().size(), 3U);
    EXPECT_EQ(now(), trained().front());
    EXPECT_EQ(world_->listed("solutionVersion").size(), 3U);
    advance({{"by", "240h"}}).finish();
    EXPECT_EQ(trained().size(), 13U);
    for (std::size_t i = 1; i < trained().size(); ++i) EXPECT_EQ(trained()[i - 1] - trained()[i], day);
}

}  // namespace
}  // namespace plocal::control
