#include "server/app/engine/training.h"

#include <chrono>
#include <optional>
#include <string>
#include <variant>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/hand_jobs.h"
#include "tests/unit/service/runtime/shop.h"

namespace plocal::engine {
namespace {

using namespace std::chrono_literals;
using base::Json;
using support::Answer;
using support::arn;
using support::HandJobs;
using support::World;

constexpr const char* tenant = "111122223333";

Json popular_films() {
    Json document = runtime::film_document();
    runtime::add_campaign(document, "popular", "aws-popularity-count");
    document["solutions"] = {{{"solutionArn", arn("solution/popular")},
                              {"datasetGroupArn", arn("dataset-group/films")},
                              {"recipeArn", "arn:aws:personalize:::recipe/aws-popularity-count"}}};
    document["eventTrackers"] = {{{"eventTrackerArn", arn("event-tracker/1")},
                                  {"datasetGroupArn", arn("dataset-group/films")},
                                  {"trackingId", "tracker"}}};
    return document;
}

world::WorldConfig config_of(const Json& document) {
    world::WorldConfig config{.settings = HandJobs::settings(), .clock = lifecycle::Clock::frozen(World::start_time())};
    config.documents.emplace_back("films.json", document.dump());
    config.accounts = {tenant};
    return config;
}

/// A GetRecommendations that a client has sent.
class Asked {
public:
    explicit Asked(World& world, const std::string& campaign = arn("campaign/popular"))
        : world_(world),
          body_(Json({{"campaignArn", campaign}, {"userId", "x"}}).dump()),
          request_{.method = "POST",
                   .target = "/recommendations",
                   .headers = {{"content-type", "application/json"}},
                   .body = body_},
          reply_(world.engine().answer(request_)) {}

    bool waits() const { return std::holds_alternative<control::Waiting>(reply_); }

    /// Checks a request that waits once more.
    void check(bool is_stopping = false) {
        if (!waits()) return;
        const control::Waiting waiting = std::get<control::Waiting>(reply_);
        reply_ = world_.engine().check(request_, waiting, is_stopping);
    }

    int status() const { return std::get<protocol::Response>(reply_).status; }
    const std::string& awaited() const { return std::get<control::Waiting>(reply_).arn; }

private:
    World& world_;
    std::string body_;
    protocol::Request request_;
    control::Reply reply_;
};

class TrainingByHand : public testing::Test {
protected:
    std::string create_version() {
        const Answer answer = world_.call("CreateSolutionVersion", {{"solutionArn", arn("solution/popular")}});
        EXPECT_EQ(answer.status, 200) << answer.text;
        return answer.body["solutionVersionArn"];
    }

    std::string status_of(const std::string& version) {
        return world_.call("DescribeSolutionVersion", {{"solutionVersionArn", version}})
            .body["solutionVersion"]
            .value("status", "");
    }

    Answer post(const std::string& target, const Json& json) {
        const std::string body = json.dump();
        return world_.send({.method = "POST", .target = target, .headers = {}, .body = body});
    }

    void watch_e() {
        Json rows = Json::array();
        for (int i = 0; i < 5; ++i) rows.push_back(runtime::seen("new" + std::to_string(i), "e", 10));
        EXPECT_EQ(post("/_local/data?dataset=" + arn("dataset/films/INTERACTIONS"), {{"rows", rows}}).status, 200);
    }

    World world_ = World::from(config_of(popular_films()));
    HandJobs training_{world_};
};

TEST_F(TrainingByHand, LetsTheRequestThatNeedsTheModelWaitAndNoOther) {
    Asked asked(world_);
    ASSERT_TRUE(asked.waits());
    EXPECT_EQ(world_.call("ListCampaigns", Json::object()).status, 200);
    asked.check();
    EXPECT_TRUE(asked.waits()) << "its own checks make nothing";
    training_.run();
    asked.check();
    ASSERT_FALSE(asked.waits());
    EXPECT_EQ(asked.status(), 200);
}

TEST_F(TrainingByHand, WakesThoseThatWaitForTheModel) {
    Asked asked(world_);
    ASSERT_TRUE(asked.waits());
    world_.engine().take_changed();
    training_.run();
    EXPECT_THAT(world_.engine().take_changed().arns, testing::Contains(asked.awaited()));
}

TEST_F(TrainingByHand, IsDoneOnceForAllRequestsThatWaitForIt) {
    Asked first(world_);
    Asked second(world_);
    EXPECT_EQ(training_.in_queue(), 1U);
    training_.run();
    first.check();
    second.check();
    EXPECT_EQ(first.status(), 200);
    EXPECT_EQ(second.status(), 200);
}

TEST_F(TrainingByHand, EndsTheWaitWhereTheServerStops) {
    Asked asked(world_);
    asked.check(true);
    ASSERT_FALSE(asked.waits());
    EXPECT_EQ(asked.status(), 503);
}

TEST_F(TrainingByHand, IsSharedByTenantsWithTheSameRows) {
    Asked own(world_);
    training_.run();
    const std::string campaign = "arn:aws:personalize:us-east-1:" + std::string(tenant) + ":campaign/popular";
    Asked copy(world_, campaign);
    ASSERT_FALSE(copy.waits()) << "the model is there";
    EXPECT_EQ(copy.status(), 200);
}

TEST_F(TrainingByHand, IsNotRepeatedForLaterEvents) {
    Asked before(world_);
    training_.run();
    const Json event = {{"eventType", "Watch"}, {"itemId", "c"}, {"sentAt", 1000}};
    const Json input = {{"trackingId", "tracker"}, {"sessionId", "s"}, {"userId", "x"}, {"eventList", {event}}};
    ASSERT_EQ(runtime::ask(world_, "/events", input).status, 200);
    EXPECT_FALSE(Asked(world_).waits());
}

TEST_F(TrainingByHand, IsTheWorkOfAVersionThatIsCreated) {
    const std::string version = create_version();
    EXPECT_EQ(training_.in_queue(), 0U) << "it is pending";
    world_.advance(1h);
    EXPECT_EQ(status_of(version), "CREATE IN_PROGRESS");
    EXPECT_EQ(training_.in_queue(), 1U);
    training_.run();
    EXPECT_EQ(status_of(version), "ACTIVE");
    world_.call("CreateCampaign", {{"name", "fresh"}, {"solutionVersionArn", version}});
    world_.advance(1h);
    EXPECT_FALSE(Asked(world_, arn("campaign/fresh")).waits()) << "the model is made";
}

TEST_F(TrainingByHand, KnowsTheRowsOfTheMomentWhenItBegan) {
    const std::string version = create_version();
    world_.advance(1h);
    EXPECT_EQ(status_of(version), "CREATE IN_PROGRESS");
    watch_e();
    training_.run();
    world_.call("CreateCampaign", {{"name", "fresh"}, {"solutionVersionArn", version}});
    world_.advance(1h);
    EXPECT_EQ(runtime::ids(runtime::recommend(world_, "fresh", {{"userId", "x"}})), "a b c d e");
}

TEST_F(TrainingByHand, IsWaitedForByAnImmediateCreate) {
    world_.load({{"lifecycle", {{"default", {{"progression", "immediate"}}}}}});
    const std::string body = Json({{"solutionArn", arn("solution/popular")}, {"name", "v1"}}).dump();
    const protocol::Request request{.method = "POST",
                                    .target = "/",
                                    .headers = {{"content-type", "application/x-amz-json-1.1"},
                                                {"x-amz-target", "AmazonPersonalize.CreateSolutionVersion"}},
                                    .body = body};
    control::Reply reply = world_.engine().answer(request);
    ASSERT_TRUE(std::holds_alternative<control::Waiting>(reply));
    EXPECT_EQ(status_of(arn("solution/popular/v1")), "CREATE IN_PROGRESS");
    training_.run();
    reply = world_.engine().check(request, control::Waiting(std::get<control::Waiting>(reply)), false);
    ASSERT_TRUE(std::holds_alternative<protocol::Response>(reply));
    EXPECT_EQ(status_of(arn("solution/popular/v1")), "ACTIVE");
}

TEST_F(TrainingByHand, CostsNothingForAScheduledVersionUntilItIsAsked) {
    const Answer solution = world_.call("CreateSolution", {{"name", "weekly"},
                                                           {"datasetGroupArn", arn("dataset-group/films")},
                                                           {"recipeArn", "arn:aws:personalize:::recipe/aws-sims"},
                                                           {"performAutoTraining", true}});
    ASSERT_EQ(solution.status, 200) << solution.text;
    world_.advance(3h);
    const Json versions =
        world_.call("ListSolutionVersions", {{"solutionArn", arn("solution/weekly")}}).body["solutionVersions"];
    ASSERT_EQ(versions.size(), 1U);
    EXPECT_EQ(versions[0]["status"], "ACTIVE");
    EXPECT_EQ(training_.in_queue(), 0U);
}

TEST_F(TrainingByHand, EndsWithTheCreationThatIsStopped) {
    const std::string version = create_version();
    world_.advance(2s);
    EXPECT_EQ(status_of(version), "CREATE IN_PROGRESS");
    ASSERT_EQ(training_.in_queue(), 1U);
    EXPECT_EQ(world_.call("StopSolutionVersionCreation", {{"solutionVersionArn", version}}).status, 200);
    EXPECT_EQ(training_.in_queue(), 0U);
    world_.advance(1h);
    EXPECT_EQ(status_of(version), "CREATE STOPPED");
}

TEST_F(TrainingByHand, AnswersTheCallThatAsksForIt) {
    const std::string body = Json({{"arn", arn("solution/popular/1")}}).dump();
    const protocol::Request request{.method = "POST", .target = "/_local/train", .headers = {}, .body = body};
    control::Reply reply = world_.engine().answer(request);
    ASSERT_TRUE(std::holds_alternative<control::Waiting>(reply));
    training_.run();
    reply = world_.engine().check(request, control::Waiting(std::get<control::Waiting>(reply)), false);
    ASSERT_TRUE(std::holds_alternative<protocol::Response>(reply));
    EXPECT_EQ(Json::parse(std::get<protocol::Response>(reply).body)["interactions"], 10);
}

}  // namespace
}  // namespace plocal::engine
