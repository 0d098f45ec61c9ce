#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/service/jobs/user_deletion.h"
#include "tests/unit/service/runtime/shop.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::runtime {
namespace {

/// Which rows a model knows: by "popular", the order is that of the number of users. At first it is "a b c d e".
class KnownRows : public testing::Test {
protected:
    KnownRows() {
        Json document = film_document();
        add_campaign(document, "popular", "aws-popularity-count");
        add_campaign(document, "personal", "aws-user-personalization");
        document["solutions"] = {{{"solutionArn", arn("solution/popular")},
                                  {"datasetGroupArn", arn("dataset-group/films")},
                                  {"recipeArn", "arn:aws:personalize:::recipe/aws-popularity-count"}}};
        document["eventTrackers"] = {{{"eventTrackerArn", arn("event-tracker/1")},
                                      {"datasetGroupArn", arn("dataset-group/films")},
                                      {"trackingId", "tracker"}}};
        world.load(document);
    }

    /// Five more users watch "e", which makes it the most popular.
    Answer watch_e() {
        Json rows = Json::array();
        for (int i = 0; i < 5; ++i) rows.push_back(seen("new" + std::to_string(i), "e", 10));
        return post("/_local/data?dataset=" + arn("dataset/films/INTERACTIONS"), {{"rows", rows}});
    }

    Answer post(const std::string& target, const Json& json) {
        const std::string body = json.dump();
        return world.send({.method = "POST", .target = target, .headers = {}, .body = body});
    }

    void put_event(std::string_view session, Json user, std::string_view item, std::string_view type = "Watch") {
        const Json event = {{"eventType", type}, {"itemId", item}, {"sentAt", 1000}};
        Json input = {{"trackingId", "tracker"}, {"sessionId", session}, {"eventList", {event}}};
        if (!user.is_null()) input["userId"] = std::move(user);
        const Answer answer = ask(world, "/events", input);
        ASSERT_EQ(answer.status, 200) << answer.text;
    }

    std::string popular(const std::string& campaign = "popular") {
        return ids(recommend(world, campaign, {{"userId", "x"}}));
    }

    /// Creates a version of the solution "popular" and returns its ARN.
    std::string create_version() {
        const Answer answer = world.call("CreateSolutionVersion", {{"solutionArn", arn("solution/popular")}});
        EXPECT_EQ(answer.status, 200) << answer.text;
        return answer.body["solutionVersionArn"];
    }

    void deploy(const std::string& version) {
        const Answer answer = world.call("CreateCampaign", {{"name", "fresh"}, {"solutionVersionArn", version}});
        ASSERT_EQ(answer.status, 200) << answer.text;
        world.advance(std::chrono::seconds(3));
    }

    World world;
};

TEST_F(KnownRows, AreThoseOfTheLoadForAFixture) {
    ASSERT_EQ(watch_e().status, 200);
    EXPECT_EQ(popular(), "a b c d e");
    Json later = Json::object();
    add_campaign(later, "later", "aws-popularity-count");
    world.load(later);
    EXPECT_EQ(popular("later"), "e a b c d") << "of its own load";
}

TEST_F(KnownRows, AreThoseOfTheLoadAgainAfterAReset) {
    Json document = film_document();
    add_campaign(document, "popular", "aws-popularity-count");
    world::WorldConfig config{.clock = lifecycle::Clock::frozen(World::start_time())};
    config.documents.emplace_back("films.json", document.dump());
    World films = World::from(std::move(config));
    for (int run = 0; run < 2; ++run) {
        const Json rows = {seen("one", "e", 10), seen("two", "e", 10), seen("six", "e", 10), seen("ten", "e", 10),
                           seen("ace", "e", 10)};
        const std::string body = Json({{"rows", rows}}).dump();
        const std::string target = "/_local/data?dataset=" + arn("dataset/films/INTERACTIONS");
        EXPECT_EQ(films.send({.method = "POST", .target = target, .headers = {}, .body = body}).status, 200);
        EXPECT_EQ(ids(recommend(films, "popular", {{"userId", "x"}})), "a b c d e") << "run " << run;
        EXPECT_EQ(films.send({.method = "POST", .target = "/_local/reset", .headers = {}, .body = {}}).status, 200);
    }
}

TEST_F(KnownRows, AreThoseOfTheFirstRequestForAFixtureWhoseGroupHadNone) {
    Json document = film_document();
    for (Json& each : document["datasets"]) each.erase("_local");
    add_campaign(document, "popular", "aws-popularity-count");
    World films;
    films.load(document);
    EXPECT_NE(ids(recommend(films, "popular", {{"userId", "x"}})).find("item-"), std::string::npos) << "made up";
    const std::string body = Json({{"rows", views()}}).dump();
    const std::string target = "/_local/data?dataset=" + arn("dataset/films/INTERACTIONS");
    EXPECT_EQ(films.send({.method = "POST", .target = target, .headers = {}, .body = body}).status, 200);
    EXPECT_EQ(ids(recommend(films, "popular", {{"userId", "x"}})), "a b c d");
}

// Fidelity: documented | A campaign answers from what its solution version was trained on |
//   DG/how-new-data-influences.html
TEST_F(KnownRows, StayTheSameUntilTheNextTraining) {
    EXPECT_EQ(popular(), "a b c d e");
    ASSERT_EQ(watch_e().status, 200);
    EXPECT_EQ(popular(), "a b c d e");
    const Answer trained = post("/_local/train", {{"arn", arn("solution/popular/1")}});
    EXPECT_EQ(trained.status, 200) << trained.text;
    EXPECT_EQ(trained.body["interactions"], 15);
    EXPECT_EQ(trained.body["users"], 10);
    EXPECT_EQ(trained.body["items"], 5);
    EXPECT_EQ(popular(), "e a b c d");
}

TEST_F(KnownRows, AreThoseOfTheMomentWhenTheTrainingBegins) {
    const std::string version = create_version();
    world.advance(std::chrono::seconds(2));
    ASSERT_EQ(watch_e().status, 200);
    world.advance(std::chrono::seconds(3));
    deploy(version);
    EXPECT_EQ(popular("fresh"), "a b c d e");
}

TEST_F(KnownRows, IncludeWhatComesWhileTheTrainingIsPending) {
    const std::string version = create_version();
    world.advance(std::chrono::milliseconds(500));
    ASSERT_EQ(watch_e().status, 200);
    world.advance(std::chrono::seconds(5));
    deploy(version);
    EXPECT_EQ(popular("fresh"), "e a b c d");
}

TEST_F(KnownRows, AreTakenBeforeWhatComesInTheSameMillisecond) {
    world.load({{"lifecycle", {{"default", {{"progression", "immediate"}}}}}});
    const std::string version = create_version();
    ASSERT_EQ(watch_e().status, 200);
    deploy(version);
    EXPECT_EQ(popular("fresh"), "a b c d e");
}

// Fidelity: documented | Events bend the next answer of a real-time recipe, without a training |
//   DG/recording-events.html
TEST_F(KnownRows, AreJoinedByLaterEventsOfTheUser) {
    const std::string before = ids(recommend(world, "personal", {{"userId", "zoe"}}));
    EXPECT_EQ(before, "a b c d e");
    put_event("s1", "zoe", "c");
    const Answer answer = recommend(world, "personal", {{"userId", "zoe"}});
    EXPECT_EQ(ids(answer).substr(0, 1), "a");
    EXPECT_NE(answer.body["itemList"], recommend(world, "personal", {{"userId", "yan"}}).body["itemList"]);
    EXPECT_EQ(answer.header("x-personalize-local-why"), "");
    EXPECT_EQ(popular(), "a b c d e") << "not real-time";
}

// Fidelity: documented | A session may stand in the user's place | DG/recording-events.html
TEST_F(KnownRows, AreJoinedByLaterEventsOfASession) {
    put_event("s1", "first", "a");
    ASSERT_EQ(recommend(world, "personal", {{"userId", "zoe"}}).status, 200);
    put_event("s2", nullptr, "c");
    const Answer session = recommend(world, "personal", {{"userId", "s2"}});
    EXPECT_NE(session.body["itemList"], recommend(world, "personal", {{"userId", "yan"}}).body["itemList"]);
    EXPECT_EQ(session.header("x-personalize-local-why"), "");
}

TEST_F(KnownRows, CountASessionsEventsAsTheUsersForFilters) {
    Json document = Json::object();
    add_filter(document, "watched", "INCLUDE ItemID WHERE Interactions.EVENT_TYPE IN (\"watch\")");
    world.load(document);
    const auto watched = [&](std::string_view user) {
        return ids(recommend(world, "popular", {{"userId", user}, {"filterArn", arn("filter/watched")}}));
    };
    put_event("s3", nullptr, "d");
    EXPECT_EQ(watched("zoe"), "");
    EXPECT_EQ(watched("s3"), "d");
    put_event("s3", "zoe", "b");
    EXPECT_EQ(watched("zoe"), "b d");
}

TEST_F(KnownRows, AreRefusedForWhatIsNotTrained) {
    const auto train = [&](const std::string& name) { return post("/_local/train", {{"arn", arn(name)}}).status; };
    EXPECT_EQ(train("solution/none/1"), 404);
    EXPECT_EQ(train("campaign/popular"), 400);
    const std::string version = create_version();
    EXPECT_EQ(post("/_local/train", {{"arn", version}}).status, 409);
    EXPECT_EQ(post("/_local/train", Json::object()).status, 400);
}

TEST(SameRows, GiveTheSameAnswerInAnyOrderAndAfterARestart) {
    const storage::TemporaryFolder folder;
    const auto answer_of = [](World& world) {
        return recommend(world, "personal", {{"userId", "ann"}}).body["itemList"].dump();
    };
    std::string expected;
    for (const bool is_turned : {false, true}) {
        const std::string file = folder.file(is_turned ? "turned.db" : "plain.db");
        {
            Json document = film_document();
            Json& datasets = document["datasets"];
            if (is_turned) {
                for (Json& each : datasets) {
                    Json& rows = each["_local"]["rows"];
                    rows = Json(std::vector<Json>(rows.rbegin(), rows.rend()));
                }
            }
            add_campaign(document, "personal", "aws-user-personalization");
            World world({}, file);
            world.load(document);
            if (expected.empty()) expected = answer_of(world);
            EXPECT_EQ(answer_of(world), expected);
        }
        World again({}, file);
        EXPECT_EQ(answer_of(again), expected);
    }
}

TEST_F(KnownRows, AreWithoutUsersWhoseRowsWereDeleted) {
    EXPECT_EQ(popular(), "a b c d e");
    jobs::UserDeletion deletion(
        {arn("dataset/films/INTERACTIONS"), arn("dataset-group/films"), "INTERACTIONS", "000000000000"});
    for (const char* user : {"ann", "bob", "dan"}) deletion.add(user);
    while (deletion.step(world.store())) continue;
    EXPECT_EQ(popular(), "a c d b e") << "the model is made again";
}

}  // namespace
}  // namespace plocal::runtime
