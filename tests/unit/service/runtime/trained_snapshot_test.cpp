// What solution versions and recommenders know goes with a snapshot, and stays over a restart.
#include <chrono>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/service/runtime/shop.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::runtime {
namespace {

using namespace std::chrono_literals;

constexpr const char* all_campaigns[] = {"personal", "first", "second"};

Answer local(World& world, std::string_view method, const std::string& target, const Json& json = nullptr) {
    const std::string body = json.is_null() ? "" : json.dump();
    return world.send({.method = method, .target = target, .headers = {}, .body = body});
}

void watch(World& world, std::string_view item, int users) {
    Json rows = Json::array();
    for (int i = 0; i < users; ++i) rows.push_back(seen(std::string(item) + std::to_string(i), item, 10));
    const Answer answer =
        local(world, "POST", "/_local/data?dataset=" + arn("dataset/films/INTERACTIONS"), {{"rows", std::move(rows)}});
    ASSERT_EQ(answer.status, 200) << answer.text;
}

void put_event_of(World& world, std::string_view user, std::string_view item) {
    const Json event = {{"eventType", "Watch"}, {"itemId", item}, {"sentAt", 1000}};
    const Answer answer = ask(
        world, "/events", {{"trackingId", "tracker"}, {"sessionId", "s"}, {"userId", user}, {"eventList", {event}}});
    ASSERT_EQ(answer.status, 200) << answer.text;
}

/// Trains a version by a Create, and gives it a campaign.
void train_by_create(World& world, const std::string& name) {
    const Answer version =
        world.call("CreateSolutionVersion", {{"solutionArn", arn("solution/popular")}, {"name", name}});
    ASSERT_EQ(version.status, 200) << version.text;
    world.advance(4s);
    const Answer campaign =
        world.call("CreateCampaign", {{"name", name}, {"solutionVersionArn", version.body["solutionVersionArn"]}});
    ASSERT_EQ(campaign.status, 200) << campaign.text;
    world.advance(4s);
}

/// A world whose campaigns answer from rows of three moments: those of the document, two trainings, events between.
void make_history(World& world) {
    Json document = film_document();
    add_campaign(document, "personal", "aws-user-personalization");
    document["solutions"] = {{{"solutionArn", arn("solution/popular")},
                              {"datasetGroupArn", arn("dataset-group/films")},
                              {"performAutoTraining", false},
                              {"recipeArn", "arn:aws:personalize:::recipe/aws-popularity-count"}}};
    document["eventTrackers"] = {{{"eventTrackerArn", arn("event-tracker/1")},
                                  {"datasetGroupArn", arn("dataset-group/films")},
                                  {"trackingId", "tracker"}}};
    world.load(document);
    ASSERT_EQ(recommend(world, "personal", {{"userId", "zoe"}}).status, 200);
    put_event_of(world, "zoe", "c");
    watch(world, "e", 5);
    train_by_create(world, "first");
    put_event_of(world, "zoe", "d");
    watch(world, "d", 9);
    train_by_create(world, "second");
    watch(world, "c", 20);
    put_event_of(world, "ann", "e");
}

std::vector<std::string> answers(World& world) {
    std::vector<std::string> texts;
    for (const char* const campaign : all_campaigns) {
        for (const char* const user : {"ann", "zoe", "nobody"}) {
            const Answer answer = recommend(world, campaign, {{"userId", user}});
            texts.push_back(std::string(campaign) + " " + user + " " +
                            (answer.status == 200 ? answer.body["itemList"].dump() : answer.text));
        }
    }
    return texts;
}

std::string popular_of(World& world, const std::string& campaign) {
    return ids(recommend(world, campaign, {{"userId", "nobody"}}));
}

Json local_of(const Json& state, const std::string& name) {
    for (const Json& version : state["solutionVersions"]) {
        if (version["solutionVersionArn"] == arn(name)) return version["_local"];
    }
    return nullptr;
}

TEST(TrainedInSnapshots, GiveTheSameAnswersElsewhere) {
    World world;
    make_history(world);
    EXPECT_EQ(popular_of(world, "first"), "e a b c d");
    EXPECT_EQ(popular_of(world, "second"), "d e a b c");
    for (const bool are_asked_before : {true, false}) {
        World original;
        make_history(original);
        if (are_asked_before) answers(original);
        Json state = local(original, "GET", "/_local/state").body;
        for (const char* const method : {"PUT", "POST"}) {
            World other;
            other.advance(100h);
            const Answer loaded = local(other, method, "/_local/state", state);
            state.erase("clock");  // what is added goes on where it stood, at the moment of the other clock
            ASSERT_EQ(loaded.status, 200) << loaded.text;
            EXPECT_EQ(answers(other), answers(world)) << method << are_asked_before;
            EXPECT_EQ(answers(original), answers(world)) << "a snapshot changes nothing";
        }
    }
}

TEST(TrainedInSnapshots, AreTheirRevisionsAndMoments) {
    World world;
    make_history(world);
    const Json state = local(world, "GET", "/_local/state").body;
    EXPECT_EQ(local_of(state, "solution/popular/first")["trained"], (Json{{"revision", 5}, {"at", "15s ago"}}));
    EXPECT_EQ(local_of(state, "solution/popular/second")["trained"], (Json{{"revision", 7}, {"at", "7s ago"}}));
    EXPECT_EQ(local_of(state, "solution/personal/1")["trained"]["revision"], 3) << "the rows of the first request";
    const Json without = local(world, "GET", "/_local/state?data=false").body;
    EXPECT_FALSE(local_of(without, "solution/popular/first").contains("trained"));
}

TEST(TrainedInSnapshots, AreWrittenAsTheyWereLoaded) {
    World world;
    make_history(world);
    const std::string state = local(world, "GET", "/_local/state").text;
    World other;
    other.advance(100h);
    other.send({.method = "PUT", .target = "/_local/state", .headers = {}, .body = state});
    const Json first = Json::parse(state);
    const Json again = local(other, "GET", "/_local/state").body;
    EXPECT_EQ(again["solutionVersions"], first["solutionVersions"]);
}

TEST(TrainedInSnapshots, FollowTheRevisionsOfAGroupThatIsThere) {
    World world;
    Json document = film_document();
    const Json datasets = document["datasets"];
    document["datasets"] = {datasets[0], datasets[1]};
    world.load(document);
    Json more = {{"datasets", {datasets[2]}}};
    more["datasets"][0].erase("_local");
    more["datasets"][0]["_local"] = {
        {"batches",
         {{{"revision", 1}, {"by", "bulk"}, {"rows", views()}},
          {{"revision", 2},
           {"by", "put"},
           {"rows", {seen("new", "e"), seen("odd", "e"), seen("own", "e"), seen("few", "e"), seen("old", "e")}}}}}};
    add_campaign(more, "popular", "aws-popularity-count", nullptr, {{"_local", {{"trained", {{"revision", 1}}}}}});
    world.load(more);
    EXPECT_EQ(popular_of(world, "popular"), "a b c d e");
}

TEST(TrainedInSnapshots, OfAGroupWhoseRowsAreGoneAreMadeUpHereAndElsewhere) {
    World world;
    Json document = film_document();
    add_campaign(document, "popular", "aws-popularity-count");
    world.load(document);
    EXPECT_EQ(popular_of(world, "popular"), "a b c d e");
    for (const Json& each : document["datasets"]) {
        const std::string target = "/_local/data?dataset=" + each["datasetArn"].get<std::string>();
        ASSERT_EQ(local(world, "PUT", target, {{"rows", Json::array()}}).status, 200);
    }
    EXPECT_EQ(popular_of(world, "popular"), "a b c d e") << "the version still knows them";
    ASSERT_EQ(local(world, "POST", "/_local/train", {{"arn", arn("solution/popular/1")}}).status, 200);
    World other;
    other.advance(100h);
    const std::string state = local(world, "GET", "/_local/state").text;
    ASSERT_EQ(other.send({.method = "PUT", .target = "/_local/state", .headers = {}, .body = state}).status, 200);
    for (World* const each : {&world, &other}) {
        const Answer answer = recommend(*each, "popular", {{"userId", "nobody"}});
        EXPECT_THAT(answer.header("x-personalize-local-why"), testing::StartsWith("made up: "));
        EXPECT_EQ(answer.body["itemList"].size(), 25U);
    }
    EXPECT_EQ(popular_of(world, "popular"), popular_of(other, "popular"));
    watch(other, "z", 3);
    EXPECT_EQ(popular_of(other, "popular"), "") << "rows that the version does not know";
}

TEST(TrainedInSnapshots, StayOverARestart) {
    const storage::TemporaryFolder folder;
    const std::string path = folder.file("x.db");
    World expected;
    make_history(expected);
    const std::vector<std::string> texts = answers(expected);
    {
        World world({}, path);
        make_history(world);
    }
    World again({}, path);
    again.advance(1h);
    EXPECT_EQ(answers(again), texts);
}

TEST(TrainedInSnapshots, AreRefusedWhereTheyAreWrong) {
    struct BadTraining {
        Json trained;
        std::string pointer;
        bool has_group = true;
    };
    const std::string place = "/solutionVersions/0/_local/trained";
    const std::vector<BadTraining> cases = {
        {"all", place},
        {{{"at", "1s ago"}}, place},
        {{{"revision", -1}}, place + "/revision"},
        {{{"revision", "last"}}, place + "/revision"},
        {{{"revision", 1}, {"at", "noon"}}, place + "/at"},
        {{{"revision", 1}, {"rows", 7}}, place + "/rows"},
        {{{"revision", 1}}, "/solutionVersions/0/datasetGroupArn", false},
    };
    World world;
    for (const BadTraining& bad : cases) {
        Json version = {{"solutionVersionArn", arn("solution/s/1")}, {"_local", {{"trained", bad.trained}}}};
        if (bad.has_group) version["datasetGroupArn"] = arn("dataset-group/films");
        const Answer answer = local(world, "POST", "/_local/state", {{"solutionVersions", {version}}});
        EXPECT_EQ(answer.status, 400) << bad.trained;
        EXPECT_EQ(answer.body.value("pointer", ""), bad.pointer) << bad.trained;
    }
}

}  // namespace
}  // namespace plocal::runtime
