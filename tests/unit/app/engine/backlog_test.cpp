// Requests that come while much is due.
#include <chrono>
#include <cstdint>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/deployment.h"
#include "tests/support/long_request.h"

namespace plocal::engine {
namespace {

using namespace std::chrono_literals;
using base::Json;
using support::Deployment;
using support::LongRequest;

constexpr const char* alice = "111111111111";
constexpr const char* bob = "222222222222";

std::string solution_of(const std::string& account) {
    return "arn:aws:personalize:us-east-1:" + account + ":solution/daily";
}

/// A world in which a slice does one piece of work. Alice has a clock of her own and so has Bob; both train daily.
class BacklogTest : public testing::Test {
protected:
    static resources::ServiceSettings settings() {
        resources::ServiceSettings settings;
        settings.due.slice_pieces = 1;
        settings.due.slice_time = 1h;  // it does not end a slice on a slow machine
        return settings;
    }

    BacklogTest() {
        Json solutions = Json::array();
        for (const char* const account : {alice, bob}) {
            solutions.push_back(
                {{"solutionArn", solution_of(account)},
                 {"performAutoTraining", true},
                 {"solutionConfig", {{"autoTrainingConfig", {{"schedulingExpression", "rate(1 day)"}}}}}});
        }
        world_.load({{"solutions", solutions}});
        for (const char* const account : {alice, bob}) {
            EXPECT_EQ(world_.control("PUT", std::string("clock?account=") + account, {{"mode", "frozen"}}).status, 200);
        }
    }

    /// Moves the clock of an account as time does, without a call.
    void pass(const std::string& account, std::chrono::hours by) { world_.engine().clock(account).advance(by); }

    std::size_t versions(const std::string& account) {
        return world_.store().resources().children(solution_of(account), "solutionVersion").size();
    }

    Json list_input() { return {{"maxResults", 100}}; }

    Deployment world_{settings()};
};

TEST_F(BacklogTest, IsDoneInSlicesBeforeARequestIsAnswered) {
    pass(alice, 72h);
    LongRequest list(world_, "ListSolutionVersions", list_input(), alice);
    for (std::size_t slices = 1; list.waits(); ++slices, list.step()) ASSERT_EQ(versions(alice), slices);
    EXPECT_EQ(list.body()["solutionVersions"].size(), 3U);
}

TEST_F(BacklogTest, LetsOthersThrough) {
    pass(alice, 240h);
    LongRequest list(world_, "ListSolutionVersions", list_input(), alice);
    ASSERT_TRUE(list.waits());
    EXPECT_FALSE(LongRequest(world_, "ListSolutionVersions", list_input(), bob).waits());
    EXPECT_FALSE(LongRequest(world_, "GET", "health").waits());
    EXPECT_FALSE(LongRequest(world_, "GET", "clock").waits());
    EXPECT_FALSE(LongRequest(world_, "GET", "history?arn=" + solution_of(bob)).waits());
    EXPECT_FALSE(LongRequest(world_, "GET", "wait?arn=" + solution_of(bob)).waits());
    EXPECT_FALSE(LongRequest(world_, "GET", std::string("state?account=") + bob).waits());
    EXPECT_TRUE(LongRequest(world_, "GET", "state").waits());
    EXPECT_TRUE(LongRequest(world_, "GET", "history?arn=" + solution_of(alice)).waits());
    EXPECT_TRUE(LongRequest(world_, "ListSolutionVersions", list_input(), "").waits()) << "it sees all accounts";
    EXPECT_EQ(versions(alice), 1U) << "one request does the slices of a clock";
    EXPECT_EQ(list.finish().body()["solutionVersions"].size(), 10U);
}

TEST_F(BacklogTest, IsTakenOverWhereTheRequestThatDidItHasGone) {
    pass(alice, 240h);
    LongRequest second = [this] {
        const LongRequest first(world_, "ListSolutionVersions", list_input(), alice);
        return LongRequest(world_, "ListSolutionVersions", list_input(), alice);
    }();
    EXPECT_EQ(second.finish().body()["solutionVersions"].size(), 10U);
}

TEST_F(BacklogTest, IsNotWaitedForIfItCameLaterThanTheRequest) {
    pass(alice, 48h);
    LongRequest list(world_, "ListSolutionVersions", list_input(), alice);
    ASSERT_TRUE(list.waits());
    pass(alice, 24 * 365h);
    list.step();
    ASSERT_FALSE(list.waits()) << "a clock that runs fast cannot keep a request for ever";
    EXPECT_EQ(list.body()["solutionVersions"].size(), 2U);
}

TEST_F(BacklogTest, HoldsAWaitThatHasBegun) {
    EXPECT_EQ(world_.call_as(alice, "us-east-1", "CreateDatasetGroup", {{"name", "movies"}}).status, 200);
    const std::string group = std::string("arn:aws:personalize:us-east-1:") + alice + ":dataset-group/movies";
    LongRequest wait(world_, "GET", "wait?arn=" + group);
    ASSERT_TRUE(wait.waits());
    pass(alice, 48h);
    ASSERT_TRUE(wait.step());
    EXPECT_EQ(versions(alice), 1U);
    EXPECT_EQ(wait.finish().body()["status"], "ACTIVE");
    EXPECT_EQ(versions(alice), 2U);
}

TEST_F(BacklogTest, IsRefusedWhereTheServerStops) {
    pass(alice, 240h);
    LongRequest list(world_, "ListSolutionVersions", list_input(), alice);
    LongRequest history(world_, "GET", "history?arn=" + solution_of(alice));
    EXPECT_FALSE(list.step(true));
    EXPECT_EQ(list.status(), 503);
    EXPECT_FALSE(history.step(true));
    EXPECT_EQ(history.status(), 503);
}

TEST_F(BacklogTest, ShowsNoChildOfADeletedParent) {
    const std::string group = world_.load_bare_group();
    Json filter = support::part_named("filter").input;
    filter["datasetGroupArn"] = group;
    for (int i = 0; i < 120; ++i) {
        Json input = filter;
        input["name"] = "filter-" + std::to_string(i);
        ASSERT_EQ(world_.call("CreateFilter", input).status, 200);
    }
    world_.advance(3s);
    EXPECT_EQ(world_.call_on("Delete", group).status, 200);
    world_.advance(3s);
    const std::int64_t before = world_.store().counts().by_kind().at("filter");
    LongRequest list(world_, "ListFilters", Json::object(), "");
    ASSERT_TRUE(list.waits());
    EXPECT_LT(world_.store().counts().by_kind().at("filter"), before) << "some are removed";
    EXPECT_TRUE(list.finish().body()["Filters"].empty());
    EXPECT_FALSE(world_.store().counts().by_kind().contains("filter"));
}

}  // namespace
}  // namespace plocal::engine
