#include "server/app/engine/work.h"

#include <chrono>
#include <string>
#include <variant>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/hand_work.h"
#include "tests/support/world.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::engine {
namespace {

using namespace std::chrono_literals;
using base::Json;
using support::Answer;
using support::HandWork;
using testing::ElementsAre;
using testing::IsEmpty;

std::string job_arn(const std::string& name) {
    return support::arn("batch-inference-job/" + name);
}

/// A world on a frozen clock in which batch inference jobs start work.
class WorkTest : public testing::Test {
protected:
    explicit WorkTest(resources::ServiceSettings settings = HandWork::settings()) : world_(std::move(settings)) {
        support::load_solution_version(world_);
    }

    Answer create(const std::string& name) {
        return world_.call("CreateBatchInferenceJob", support::create_input(name));
    }

    Json described(const std::string& name) {
        return world_.call("DescribeBatchInferenceJob", {{"batchInferenceJobArn", job_arn(name)}})
            .body["batchInferenceJob"];
    }

    std::string status(const std::string& name) { return described(name).value("status", ""); }

    control::Reply begin(const protocol::Request& request) { return world_.engine().answer(request); }

    control::Reply begin_control(const std::string& path, const Json& body) {
        body_ = body.dump();
        target_ = path;
        request_ = {.method = body.is_null() ? "GET" : "POST", .target = target_, .headers = {}, .body = body_};
        if (body.is_null()) request_.body = {};
        return begin(request_);
    }

    /// The reply to a call that has waited.
    control::Reply check(const control::Reply& waiting, bool is_stopping = false) {
        return world_.engine().check(request_, std::get<control::Waiting>(waiting), is_stopping);
    }

    static bool waits(const control::Reply& reply) { return std::holds_alternative<control::Waiting>(reply); }

    static Json body_of(const control::Reply& reply) { return Json::parse(std::get<protocol::Response>(reply).body); }

    Json history(const std::string& name) {
        const std::string target = "/_local/history?arn=" + job_arn(name);
        return world_.send({.method = "GET", .target = target, .headers = {}, .body = {}}).body["history"];
    }

    support::World world_;
    HandWork work_{world_};
    std::string body_;
    std::string target_;
    protocol::Request request_{};
};

TEST_F(WorkTest, BeginsWhenTheStatusInProgressBegins) {
    create("one");
    EXPECT_EQ(work_.in_queue(), 0U);
    world_.advance(999ms);
    EXPECT_EQ(status("one"), "PENDING");
    EXPECT_EQ(work_.in_queue(), 0U);
    world_.advance(1ms);
    EXPECT_EQ(status("one"), "IN PROGRESS");
    work_.step();
    EXPECT_THAT(work_.begun(), ElementsAre("one"));
}

class WorkInSlicesTest : public WorkTest {
protected:
    WorkInSlicesTest() : WorkTest(in_slices_of_two()) {}

private:
    static resources::ServiceSettings in_slices_of_two() {
        resources::ServiceSettings settings = HandWork::settings();
        settings.due.slice_pieces = 2;
        return settings;
    }
};

TEST_F(WorkInSlicesTest, BeginsAFewAtATimeWhereManyBeginAtOnce) {
    for (const char* const name : {"a", "b", "c", "d", "e"}) create(name);
    world_.advance(1h);
    for (const std::size_t begun : {2U, 4U, 5U, 5U}) {
        world_.engine().work().run_due();
        EXPECT_EQ(work_.in_queue(), begun);
    }
    while (work_.in_queue() > 0) work_.succeed();
    for (const char* const name : {"a", "b", "c", "d", "e"}) EXPECT_EQ(status(name), "ACTIVE") << name;
}

TEST_F(WorkTest, KeepsTheStatusInProgressUntilItIsOverAndTakesNoTimeOfAFrozenClock) {
    create("one");
    world_.advance(1h);
    EXPECT_EQ(status("one"), "IN PROGRESS");
    EXPECT_TRUE(work_.succeed());
    const Json job = described("one");
    EXPECT_EQ(job["status"], "ACTIVE");
    EXPECT_EQ(job["lastUpdatedDateTime"].get<double>() - job["creationDateTime"].get<double>(), 3);
}

TEST_F(WorkTest, ThatIsOverEarlyWaitsForItsTime) {
    create("one");
    world_.advance(1s);
    status("one");
    EXPECT_TRUE(work_.succeed());
    EXPECT_EQ(status("one"), "IN PROGRESS");
    world_.advance(2s);
    EXPECT_EQ(status("one"), "ACTIVE");
}

TEST_F(WorkTest, ThatFailsShowsItsReason) {
    create("one");
    world_.advance(1h);
    status("one");
    EXPECT_TRUE(work_.fail("no such key: s3://bucket/input/users.json"));
    EXPECT_EQ(status("one"), "CREATE FAILED");
    EXPECT_EQ(described("one")["failureReason"], "no such key: s3://bucket/input/users.json");
}

TEST_F(WorkTest, IsShownInTheHistoryWithItsCounts) {
    create("one");
    world_.advance(1h);
    status("one");
    work_.step();
    work_.succeed();
    const Json changes = history("one");
    ASSERT_EQ(changes.size(), 3U);
    EXPECT_FALSE(changes[1].contains("work"));
    EXPECT_EQ(changes[2]["cause"], "work");
    EXPECT_EQ(changes[2]["work"], (Json{{"files", 0}, {"bytes", 0}, {"lines", 20}, {"errors", 0}}));
}

TEST_F(WorkTest, IsNotBegunIfARuleMakesTheCreationFail) {
    world_.send({.method = "POST",
                 .target = "/_local/rules",
                 .headers = {},
                 .body = R"({"rules":[{"match":{"jobName":"one"},"lifecycle":{"outcome":"CREATE FAILED"}}]})"});
    create("one");
    world_.advance(1h);
    EXPECT_EQ(status("one"), "CREATE FAILED");
    EXPECT_FALSE(work_.step());
}

TEST_F(WorkTest, OfAFixtureInProgressBeginsWhenItIsLoaded) {
    world_.load({{"batchInferenceJob", {{"batchInferenceJobArn", job_arn("one")}, {"status", "IN PROGRESS"}}}});
    EXPECT_TRUE(work_.succeed());
    EXPECT_THAT(work_.begun(), ElementsAre("one"));
}

TEST_F(WorkTest, IsWaitedForByAnAdvance) {
    create("one");
    control::Reply reply = begin_control("/_local/clock/advance", {{"by", "1h"}});
    ASSERT_TRUE(waits(reply));
    EXPECT_TRUE(waits(check(reply)));
    EXPECT_EQ(status("one"), "IN PROGRESS") << "others are answered meanwhile";
    work_.succeed();
    reply = check(reply);
    EXPECT_EQ(body_of(reply)["now"], "2026-01-31T13:00:00.123Z");
    EXPECT_EQ(status("one"), "ACTIVE");
}

TEST_F(WorkTest, IsPartOfAnAdvanceUntilIdle) {
    create("one");
    control::Reply reply = begin_control("/_local/clock/advance", {{"until", "idle"}});
    ASSERT_TRUE(waits(reply));
    EXPECT_EQ(status("one"), "IN PROGRESS");
    work_.succeed();
    EXPECT_EQ(body_of(check(reply))["now"], "2026-01-31T12:00:03.123Z");
    EXPECT_EQ(status("one"), "ACTIVE");
}

TEST_F(WorkTest, EndsAnAdvanceWith503WhenTheServerStops) {
    create("one");
    const control::Reply reply = begin_control("/_local/clock/advance", {{"by", "1h"}});
    EXPECT_EQ(std::get<protocol::Response>(check(reply, true)).status, 503);
}

TEST_F(WorkTest, IsWaitedForByAWaitAndFailsIt) {
    create("one");
    world_.advance(1h);
    const control::Reply reply = begin_control("/_local/wait?arn=" + job_arn("one") + "&status=ACTIVE", nullptr);
    ASSERT_TRUE(waits(reply));
    work_.fail("no such key");
    EXPECT_EQ(std::get<protocol::Response>(check(reply)).status, 409);
}

TEST_F(WorkTest, ThatMayFailLetsAWaitForTheFailure) {
    create("one");
    const std::string target = "/_local/wait?arn=" + job_arn("one") + "&status=CREATE%20FAILED";
    const control::Reply reply = begin_control(target, nullptr);
    ASSERT_TRUE(waits(reply));
    world_.advance(3s);
    status("one");
    work_.fail("no such key");
    EXPECT_EQ(body_of(check(reply))["status"], "CREATE FAILED");
}

TEST_F(WorkTest, IsDoneBeforeATransitionToActive) {
    create("one");
    const control::Reply reply = begin_control("/_local/transition", {{"arn", job_arn("one")}, {"to", "ACTIVE"}});
    ASSERT_TRUE(waits(reply)) << "the work begins with the command";
    EXPECT_EQ(status("one"), "IN PROGRESS");
    work_.succeed();
    EXPECT_EQ(body_of(check(reply))["status"], "ACTIVE");
}

TEST_F(WorkTest, ThatFailsEndsATransitionToActiveInFailure) {
    create("one");
    const control::Reply reply = begin_control("/_local/transition", {{"arn", job_arn("one")}, {"to", "ACTIVE"}});
    work_.fail("no such key");
    EXPECT_EQ(body_of(check(reply))["status"], "CREATE FAILED");
    EXPECT_EQ(described("one")["failureReason"], "no such key");
}

TEST_F(WorkTest, IsAbortedByATransitionToAFailure) {
    create("one");
    world_.advance(1s);
    status("one");
    work_.step();
    const control::Reply reply =
        begin_control("/_local/transition", {{"arn", job_arn("one")}, {"to", "CREATE FAILED"}});
    EXPECT_EQ(body_of(reply)["status"], "CREATE FAILED");
    EXPECT_EQ(work_.in_queue(), 0U);
    EXPECT_FALSE(work_.step());
}

TEST_F(WorkTest, WhoseResultCannotBeStoredEndsOnceTheStoreWorks) {
    create("one");
    world_.advance(1h);
    status("one");
    {
        const storage::sqlite::Transaction other = world_.store().begin();  // no second one can begin
        EXPECT_TRUE(work_.fail("no such key"));
        EXPECT_EQ(status("one"), "IN PROGRESS");
        EXPECT_EQ(status("one"), "IN PROGRESS") << "the attempt after the Describe has failed too";
    }
    world_.engine().work().run_due();
    EXPECT_EQ(status("one"), "CREATE FAILED");
    EXPECT_EQ(described("one")["failureReason"], "no such key");
    EXPECT_EQ(work_.in_queue(), 0U);
}

TEST_F(WorkTest, WhoseResultCannotBeStoredIsDroppedIfTheResourceChanges) {
    create("one");
    world_.advance(1h);
    status("one");
    {
        const storage::sqlite::Transaction other = world_.store().begin();  // no second one can begin
        EXPECT_TRUE(work_.succeed());
    }
    begin_control("/_local/transition", {{"arn", job_arn("one")}, {"to", "CREATE FAILED"}});
    EXPECT_EQ(status("one"), "CREATE FAILED");
    EXPECT_EQ(status("one"), "CREATE FAILED");
}

TEST_F(WorkTest, IsAbortedByAReset) {
    create("one");
    world_.advance(1s);
    status("one");
    work_.step();
    begin_control("/_local/reset?fixtures=false", Json::object());
    EXPECT_EQ(work_.in_queue(), 0U);
}

TEST_F(WorkTest, OfAFixtureBeginsAgainAfterAReplacement) {
    const Json document = {
        {"batchInferenceJob", {{"batchInferenceJobArn", job_arn("one")}, {"status", "IN PROGRESS"}}}};
    world_.load(document);
    work_.step();
    const std::string body = document.dump();
    world_.send({.method = "PUT", .target = "/_local/state", .headers = {}, .body = body});
    work_.step();
    EXPECT_THAT(work_.begun(), ElementsAre("one", "one"));
    EXPECT_EQ(work_.in_queue(), 1U);
}

resources::ServiceSettings working(lifecycle::Progression progression) {
    resources::ServiceSettings settings = HandWork::settings();
    settings.plan.progression = progression;
    return settings;
}

class ImmediateWork : public WorkTest {
protected:
    ImmediateWork() : WorkTest(working(lifecycle::Progression::immediate)) {}

    control::Reply begin_create(const std::string& name) {
        body_ = support::create_input(name).dump();
        request_ = {.method = "POST", .target = "/", .headers = {}, .body = body_};
        request_.headers = {{"content-type", "application/x-amz-json-1.1"},
                            {"x-amz-target", "AmazonPersonalize.CreateBatchInferenceJob"}};
        return begin(request_);
    }
};

TEST_F(ImmediateWork, IsWaitedForByTheCreateAlone) {
    const control::Reply reply = begin_create("one");
    ASSERT_TRUE(waits(reply));
    EXPECT_EQ(status("one"), "IN PROGRESS") << "it is committed, and others see it";
    EXPECT_TRUE(waits(check(reply)));
    work_.succeed();
    EXPECT_EQ(body_of(check(reply)), (Json{{"batchInferenceJobArn", job_arn("one")}}));
    EXPECT_EQ(status("one"), "ACTIVE");
}

TEST_F(ImmediateWork, IsNoLongerWaitedForWhenTheServerStops) {
    const control::Reply reply = begin_create("one");
    EXPECT_EQ(body_of(check(reply, true)), (Json{{"batchInferenceJobArn", job_arn("one")}}));
}

TEST_F(ImmediateWork, IsWaitedForTwentySecondsAtMost) {
    const control::Reply reply = begin_create("one");
    ASSERT_TRUE(waits(reply));
    const auto left = std::get<control::Waiting>(reply).check_again - std::chrono::steady_clock::now();
    EXPECT_LE(left, 20s);
    EXPECT_GT(left, 10s);
}

class ManualWork : public WorkTest {
protected:
    ManualWork() : WorkTest(working(lifecycle::Progression::manual)) {}
};

TEST_F(ManualWork, IsEndedByTheCommandAfterTheOneThatBeganIt) {
    create("one");
    EXPECT_EQ(body_of(begin_control("/_local/transition", {{"arn", job_arn("one")}}))["status"], "IN PROGRESS");
    const control::Reply reply = begin_control("/_local/transition", {{"arn", job_arn("one")}});
    ASSERT_TRUE(waits(reply));
    EXPECT_TRUE(work_.fail("no such key"));
    EXPECT_EQ(status("one"), "IN PROGRESS");
    EXPECT_EQ(body_of(check(reply))["status"], "CREATE FAILED");
}

class PolledWork : public WorkTest {
protected:
    PolledWork() : WorkTest(working(lifecycle::Progression::calls)) {}
};

TEST_F(PolledWork, IsSeenInProgressAsOftenAsAskedFor) {
    create("one");
    for (const char* const expected : {"PENDING", "PENDING", "IN PROGRESS"}) EXPECT_EQ(status("one"), expected);
    EXPECT_TRUE(work_.succeed());
    EXPECT_EQ(status("one"), "IN PROGRESS");
    EXPECT_EQ(status("one"), "ACTIVE");
}

TEST_F(PolledWork, IsSeenInProgressUntilItIsOver) {
    create("one");
    for (int poll = 0; poll < 2; ++poll) status("one");
    for (int poll = 0; poll < 5; ++poll) EXPECT_EQ(status("one"), "IN PROGRESS");
    EXPECT_TRUE(work_.succeed());
    EXPECT_EQ(status("one"), "ACTIVE");
}

TEST(WorkAfterARestart, BeginsAgain) {
    const storage::TemporaryFolder folder;
    {
        support::World world(HandWork::settings(), folder.file("world.db"));
        HandWork work(world);
        support::load_solution_version(world);
        world.call("CreateBatchInferenceJob", support::create_input("one"));
        world.advance(1s);
        world.call("DescribeBatchInferenceJob", {{"batchInferenceJobArn", job_arn("one")}});
        EXPECT_TRUE(work.step());
        world.engine().stop();
    }
    support::World world(HandWork::settings(), folder.file("world.db"));
    HandWork work(world);
    world.advance(1h);
    EXPECT_EQ(world.call("ListBatchInferenceJobs", Json::object()).body["batchInferenceJobs"][0]["status"],
              "IN PROGRESS");
    EXPECT_TRUE(work.succeed());
    EXPECT_THAT(work.begun(), ElementsAre("one"));
    EXPECT_EQ(world.call("ListBatchInferenceJobs", Json::object()).body["batchInferenceJobs"][0]["status"], "ACTIVE");
}

// The database of a program that has a maker for the kind, opened by one that has none.
TEST(WorkWithoutAMaker, IsDoneAsSoonAsItBegins) {
    support::World world(HandWork::settings());
    support::load_solution_version(world);
    world.call("CreateBatchInferenceJob", support::create_input("one"));
    world.advance(1h);
    world.call("ListBatchInferenceJobs", Json::object());
    EXPECT_EQ(world.call("ListBatchInferenceJobs", Json::object()).body["batchInferenceJobs"][0]["status"], "ACTIVE");
}

TEST(WorkWithoutAMaker, IsDoneOnceTheStoreWorks) {
    support::World world(HandWork::settings());
    support::load_solution_version(world);
    world.call("CreateBatchInferenceJob", support::create_input("one"));
    world.advance(1h);
    {
        const storage::sqlite::Transaction other = world.store().begin();  // no second one can begin
        world.call("ListBatchInferenceJobs", Json::object());
    }
    world.engine().work().run_due();
    EXPECT_EQ(world.call("ListBatchInferenceJobs", Json::object()).body["batchInferenceJobs"][0]["status"], "ACTIVE");
}

TEST(WorkInASnapshot, GoesOnWhereItStood) {
    support::World world(HandWork::settings());
    HandWork work(world);
    support::load_solution_version(world);
    world.call("CreateBatchInferenceJob", support::create_input("one"));
    world.advance(1s);
    const Json open = world.send({.method = "GET", .target = "/_local/state", .headers = {}, .body = {}}).body;
    work.step();
    work.succeed();
    const Json over = world.send({.method = "GET", .target = "/_local/state", .headers = {}, .body = {}}).body;
    support::World other(HandWork::settings());
    HandWork other_work(other);
    other.load(open);
    EXPECT_TRUE(other_work.succeed());
    other.advance(2s);
    EXPECT_EQ(other.call("ListBatchInferenceJobs", Json::object()).body["batchInferenceJobs"][0]["status"], "ACTIVE");
    support::World third(HandWork::settings());
    HandWork third_work(third);
    third.load(over);
    EXPECT_FALSE(third_work.step()) << "its work is over";
    const Json again = third.send({.method = "GET", .target = "/_local/state", .headers = {}, .body = {}}).body;
    EXPECT_EQ(again["batchInferenceJobs"][0]["_local"], over["batchInferenceJobs"][0]["_local"]);
}

}  // namespace
}  // namespace plocal::engine
