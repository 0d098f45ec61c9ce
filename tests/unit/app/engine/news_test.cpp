// What streams report of the changes of a world.
#include "server/app/engine/news.h"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/deployment.h"

namespace plocal::engine {
namespace {

using namespace std::chrono_literals;
using base::Json;
using support::arn;
using support::Deployment;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* account_of_a_clock = "111111111111";

class NewsTest : public testing::Test {
protected:
    News& news() { return world_.engine().news(); }

    /// Reads what is to be reported, at the end of a request or later.
    std::vector<StreamEvent> take() {
        if (news().has_due_work()) world_.engine().work().run_due();
        return news().take(world_.engine().take_changed(), false);
    }

    /// All events that can be had now: statuses as "NAME STATUS CAUSE", others as their name.
    std::vector<std::string> events() {
        std::vector<std::string> texts;
        for (int rounds = 0; rounds < 3; ++rounds) {
            for (const StreamEvent& each : take()) {
                if (each.name == "request") continue;
                texts.push_back(each.name == "resource" ? text_of(Json::parse(each.data)) : std::string(each.name));
            }
        }
        return texts;
    }

    static std::string text_of(const Json& data) {
        const std::string whole = data.at("arn");
        const Json& status = data.at("status");
        return whole.substr(whole.rfind('/') + 1) + ' ' + (status.is_null() ? "null" : status.get<std::string>()) +
               ' ' + data.at("cause").get<std::string>();
    }

    void begin() {
        take();
        news().begin();
        EXPECT_THAT(events(), IsEmpty());
    }

    void create(const std::string& name) {
        EXPECT_EQ(world_.call("CreateBatchInferenceJob", support::create_input(name)).status, 200);
    }

    Deployment world_;
};

TEST_F(NewsTest, HasEachStatusAtItsMoment) {
    support::load_solution_version(world_);
    begin();
    create("one");
    EXPECT_THAT(events(), ElementsAre("one PENDING call"));
    world_.advance(999ms);
    EXPECT_THAT(events(), IsEmpty());
    world_.advance(1ms);
    EXPECT_THAT(events(), ElementsAre("one IN PROGRESS timer"));
    world_.advance(1h);
    EXPECT_THAT(events(), ElementsAre("one ACTIVE timer"));
    EXPECT_THAT(events(), IsEmpty());
}

TEST_F(NewsTest, HasTheStatusesOfAllResourcesInTheOrderOfTheirMoments) {
    support::load_solution_version(world_);
    begin();
    create("one");
    world_.advance(500ms);
    create("two");
    events();
    world_.advance(1h);
    EXPECT_THAT(events(),
                ElementsAre("one IN PROGRESS timer", "two IN PROGRESS timer", "one ACTIVE timer", "two ACTIVE timer"));
}

TEST_F(NewsTest, GoesOnWithWhatWasInTransitionBefore) {
    support::load_solution_version(world_);
    create("one");
    world_.advance(1s);
    begin();
    world_.advance(2s);
    EXPECT_THAT(events(), ElementsAre("one ACTIVE timer"));
}

TEST_F(NewsTest, TellsWhatACommandHasDoneAtAFrozenMoment) {
    support::load_solution_version(world_);
    create("one");
    begin();
    const Json onward = {{"arn", arn("batch-inference-job/one")}};
    world_.control("POST", "transition", onward);
    EXPECT_THAT(events(), ElementsAre("one IN PROGRESS command"));
    world_.control("POST", "transition",
                   {{"arn", arn("batch-inference-job/one")}, {"to", "CREATE FAILED"}, {"failureReason", "none"}});
    EXPECT_THAT(events(), ElementsAre("one CREATE FAILED command"));
    world_.control("POST", "transition", {{"arn", arn("batch-inference-job/one")}, {"to", "ACTIVE"}, {"force", true}});
    EXPECT_THAT(events(), ElementsAre("one ACTIVE command"));
    world_.advance(1h);
    EXPECT_THAT(events(), IsEmpty());
}

TEST_F(NewsTest, HasTheStatusesThatCallsBring) {
    support::load_solution_version(world_);
    world_.control("PUT", "lifecycle", {{"default", {{"progression", "calls"}, {"calls", 1}}}});
    begin();
    create("one");
    for (int i = 0; i < 3; ++i) {
        world_.call("DescribeBatchInferenceJob", {{"batchInferenceJobArn", arn("batch-inference-job/one")}});
    }
    EXPECT_THAT(events(), ElementsAre("one PENDING call", "one IN PROGRESS call", "one ACTIVE call"));
}

TEST_F(NewsTest, HasAllStatusesOfACreationThatIsImmediate) {
    support::load_solution_version(world_);
    world_.control("PUT", "lifecycle", {{"default", {{"progression", "immediate"}}}});
    begin();
    create("one");
    EXPECT_EQ(events().back(), "one ACTIVE timer");
}

TEST_F(NewsTest, NamesTheRuleThatHasDecided) {
    support::load_solution_version(world_);
    begin();
    world_.control("POST", "rules", {{"id", "slow"}, {"match", Json::object()}, {"lifecycle", {{"pending", "1h"}}}});
    create("one");
    EXPECT_THAT(events(), ElementsAre("rules", "one PENDING rule:slow"));
}

TEST_F(NewsTest, FollowsADeletionToItsEnd) {
    const std::string group = world_.make("datasetGroup");
    const std::string name = group.substr(group.rfind('/') + 1);
    begin();
    world_.call_on("Delete", group);
    EXPECT_THAT(events(), ElementsAre(name + " DELETE PENDING call"));
    world_.advance(1h);
    EXPECT_THAT(events(), ElementsAre(name + " DELETED timer"));
    EXPECT_EQ(world_.status(group), "ResourceNotFoundException");
    EXPECT_THAT(events(), IsEmpty());
}

TEST_F(NewsTest, HasWhatIsRemovedWithItsParent) {
    const std::string version = world_.make("solutionVersion");
    const std::string solution = version.substr(0, version.rfind('/'));
    begin();
    EXPECT_EQ(world_.call_on("Delete", solution).status, 200);
    events();
    world_.advance(1h);
    const std::vector<std::string> seen = events();
    EXPECT_THAT(seen, testing::Contains(version.substr(version.rfind('/') + 1) + " DELETED timer"));
    EXPECT_THAT(seen, testing::Contains(solution.substr(solution.rfind('/') + 1) + " DELETED timer"));
}

TEST_F(NewsTest, HasCreationAndDeletionOfAKindWithoutStatus) {
    begin();
    const std::string schema = world_.make("schema");
    const std::string name = schema.substr(schema.rfind('/') + 1);
    EXPECT_THAT(events(), ElementsAre(name + " null call"));
    world_.call_on("Delete", schema);
    EXPECT_THAT(events(), ElementsAre(name + " DELETED call"));
}

TEST_F(NewsTest, TellsAResourceThatSucceedsAnotherOfItsName) {
    const std::string schema = world_.make("schema");
    const std::string name = schema.substr(schema.rfind('/') + 1);
    begin();
    world_.call_on("Delete", schema);
    world_.forget();
    world_.make("schema");
    EXPECT_THAT(events(), ElementsAre(name + " DELETED call", name + " null call"));
}

TEST_F(NewsTest, HasNothingOfWhatWasRefused) {
    support::load_solution_version(world_);
    create("one");
    begin();
    EXPECT_EQ(world_.call("CreateBatchInferenceJob", support::create_input("one")).status, 400);
    EXPECT_EQ(world_.call("CreateBatchInferenceJob", {{"jobName", "two"}}).status, 400);
    EXPECT_THAT(events(), IsEmpty());
}

TEST_F(NewsTest, HasARequestWithoutItsBodies) {
    begin();
    world_.call("DescribeSchema", {{"schemaArn", arn("schema/none")}});
    const std::vector<StreamEvent> seen = take();
    ASSERT_THAT(seen, SizeIs(1));
    EXPECT_EQ(seen[0].name, "request");
    const Json data = Json::parse(seen[0].data);
    EXPECT_EQ(data.at("operation"), "DescribeSchema");
    EXPECT_EQ(data.at("error"), "ResourceNotFoundException");
    EXPECT_FALSE(data.at("why").get<std::string>().empty());
    EXPECT_FALSE(data.contains("input"));
}

TEST_F(NewsTest, HasTheChangesOfClocksAndRules) {
    begin();
    world_.control("PUT", "clock", {{"mode", "frozen"}});
    EXPECT_THAT(events(), ElementsAre("clock"));
    world_.control("POST", "clock/advance?account=" + std::string(account_of_a_clock), {{"by", "1s"}});
    const std::vector<StreamEvent> moved = take();
    ASSERT_THAT(moved, SizeIs(1));
    EXPECT_EQ(moved[0].data, R"({"account":"111111111111"})");
    EXPECT_FALSE(moved[0].is_common);
    world_.control("PUT", "rules", {{"rules", Json::array()}});
    const std::vector<StreamEvent> ruled = take();
    ASSERT_THAT(ruled, SizeIs(1));
    EXPECT_EQ(ruled[0].data, R"({"account":""})");
    EXPECT_TRUE(ruled[0].is_common);
    world_.control("GET", "rules");
    world_.control("GET", "clock");
    EXPECT_THAT(events(), IsEmpty());
}

TEST_F(NewsTest, HasAResetAndNothingOfWhatWasBefore) {
    support::load_solution_version(world_);
    begin();
    create("one");
    world_.control("POST", "reset");
    EXPECT_THAT(events(), ElementsAre("reset"));
    world_.advance(1h);
    EXPECT_THAT(events(), IsEmpty());
}

TEST_F(NewsTest, FollowsWhatAReplacedStateHas) {
    begin();
    world_.control(
        "PUT", "state",
        {{"batchInferenceJob", {{"batchInferenceJobArn", arn("batch-inference-job/new")}, {"status", "IN PROGRESS"}}}});
    EXPECT_THAT(events(), ElementsAre("reset"));
    world_.advance(1h);
    EXPECT_THAT(events(), ElementsAre("new ACTIVE timer"));
}

TEST_F(NewsTest, HasWhatADocumentAdds) {
    support::load_solution_version(world_);
    begin();
    world_.load({{"batchInferenceJobs",
                  {{{"batchInferenceJobArn", arn("batch-inference-job/new")}, {"status", "IN PROGRESS"}},
                   {{"batchInferenceJobArn", arn("batch-inference-job/old")}, {"status", "ACTIVE"}}}},
                 {"rules", Json::array({{{"match", {{"operation", "List*"}}}, {"delay", "1ms"}}})}});
    EXPECT_THAT(events(), testing::UnorderedElementsAre("rules", "new IN PROGRESS fixture", "old ACTIVE fixture"));
    world_.advance(1h);
    EXPECT_THAT(events(), ElementsAre("new ACTIVE timer"));
}

TEST_F(NewsTest, ComeInPartsWhereTheyAreVeryMany) {
    Json jobs = Json::array();
    for (int i = 0; i < 450; ++i) {
        jobs.push_back(
            {{"batchInferenceJobArn", arn("batch-inference-job/job-" + std::to_string(i))}, {"status", "IN PROGRESS"}});
    }
    world_.load({{"batchInferenceJobs", jobs}});
    news().begin();
    while (!news().take(world_.engine().take_changed(), false).empty()) {
    }
    for (int readings = 0; readings < 10; ++readings) take();
    world_.advance(1h);
    EXPECT_THAT(take(), SizeIs(200));
    const auto end = std::chrono::steady_clock::now() + 2min;
    std::size_t more = 0;
    while (more < 250 && std::chrono::steady_clock::now() < end) more += take().size();
    EXPECT_EQ(more, 250u);
}

TEST_F(NewsTest, AreNotCollectedWhileTheyAreNotWanted) {
    support::load_solution_version(world_);
    begin();
    news().end();
    create("one");
    EXPECT_THAT(take(), IsEmpty());
    news().begin();
    EXPECT_THAT(events(), IsEmpty()) << "what was before is not reported";
    world_.advance(1s);
    EXPECT_THAT(events(), ElementsAre("one IN PROGRESS timer"));
}

TEST_F(NewsTest, SayWhenTheClockBringsTheNext) {
    support::load_solution_version(world_);
    begin();
    const auto now = std::chrono::steady_clock::now();
    EXPECT_GE(news().next_take(), now + 400ms) << "a frozen clock brings nothing";
    create("one");
    EXPECT_THAT(events(), ElementsAre("one PENDING call"));
    world_.control("PUT", "clock", {{"mode", "real"}, {"speed", 2.5}});
    const auto next = news().next_take();
    EXPECT_LE(next, std::chrono::steady_clock::now() + 400ms) << "a second of the service is 400 ms";
}

}  // namespace
}  // namespace plocal::engine
