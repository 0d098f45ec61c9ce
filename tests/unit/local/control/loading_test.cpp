// Loads step by step, with other requests in between.
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/full_disk.h"
#include "tests/support/long_request.h"
#include "tests/unit/local/control/asking.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::control {
namespace {

using base::Json;
using support::Answer;
using support::arn;
using support::create_input;
using support::FullDisk;
using support::LongRequest;
using support::World;
using world::WorldConfig;

using Names = std::set<std::string>;

Json job(const std::string& name, const Json& more = Json::object()) {
    Json job = {{"batchInferenceJobArn", arn("batch-inference-job/" + name)}, {"status", "ACTIVE"}};
    job.update(more);
    return job;
}

Json jobs_of(const Names& names) {
    Json list = Json::array();
    for (const std::string& name : names) list.push_back(job(name));
    return {{"batchInferenceJobs", list}};
}

/// Every step of a load ends the turn, so that the test gets between them.
WorldConfig config_with(const Json& document) {
    WorldConfig config{.clock = lifecycle::Clock::frozen(World::start_time())};
    config.settings.due.slice_time = std::chrono::milliseconds(0);
    config.documents = {{"start.json", document.dump()}};
    return config;
}

Names listed(World& world) {
    Names names;
    const Answer answer = world.call("ListBatchInferenceJobs", Json::object());
    for (const Json& each : answer.body["batchInferenceJobs"]) names.insert(each["jobName"].get<std::string>());
    return names;
}

void create(World& world, const std::string& name) {
    EXPECT_EQ(world.call("CreateBatchInferenceJob", create_input(name)).status, 200) << name;
}

/// Also has the solution version that new jobs name.
Json start_with(const Names& names) {
    Json document = jobs_of(names);
    document["solutionVersion"] = {{"solutionVersionArn", arn("solution/movies/1234abcd")}};
    return document;
}

TEST(Loading, ShowsTheStateBeforeOrTheStateAfter) {
    World world = World::from(config_with(jobs_of({"old"})));
    LongRequest put(world, "PUT", "state", jobs_of({"new-1", "new-2"}));
    int steps = 0;
    for (; put.waits(); put.step(), ++steps) {
        EXPECT_EQ(listed(world), Names({"old"})) << steps;
    }
    EXPECT_GE(steps, 2);
    EXPECT_EQ(put.body()["resources"]["batchInferenceJobs"], 2);
    EXPECT_EQ(listed(world), Names({"new-1", "new-2"}));
}

TEST(Loading, OfSeveralDocumentsAtOnceEndsWithTheLastOne) {
    World world = World::from(config_with(jobs_of({"old"})));
    LongRequest first(world, "PUT", "state", jobs_of({"first"}));
    LongRequest second(world, "PUT", "state", jobs_of({"second"}));
    first.finish();
    EXPECT_EQ(listed(world), Names({"first"}));
    second.finish();
    EXPECT_EQ(listed(world), Names({"second"}));
}

TEST(Loading, IsGivenUpWhereTheServerStops) {
    World world = World::from(config_with(jobs_of({"old"})));
    asked(world, "PUT", "/_local/state", jobs_of({"present"}));
    LongRequest put(world, "PUT", "state", jobs_of({"new"}));
    LongRequest add(world, "POST", "state", jobs_of({"new"}));
    LongRequest reset(world, "POST", "reset?account=111111111111");
    for (LongRequest* const load : {&put, &add, &reset}) {
        ASSERT_TRUE(load->waits());
        EXPECT_FALSE(load->step(true));
        EXPECT_EQ(load->status(), 503);
        EXPECT_EQ(load->body()["error"], "the server stops; nothing has been loaded");
        EXPECT_EQ(listed(world), Names({"present"}));
    }
}

TEST(Loading, OfFixturesAtAnEarlierMomentShowsOneMomentOrTheOther) {
    World world =
        World::from(config_with({{"batchInferenceJobs", Json::array({job("old", {{"status", "PENDING"}})})}}));
    const auto begun = [&] {
        return asked(world, "GET", "/_local/history?arn=" + arn("batch-inference-job/old")).body["history"][0]["at"];
    };
    const Json start = asked(world, "GET", "/_local/clock").body;
    const Json begun_at_start = begun();
    LongRequest put(world, "PUT", "clock", {{"now", "2019-01-01T00:00:00Z"}});
    int steps = 0;
    for (; put.waits(); put.step(), ++steps) {
        EXPECT_EQ(asked(world, "GET", "/_local/clock").body, start) << steps;
        EXPECT_EQ(begun(), begun_at_start) << steps;
    }
    EXPECT_GE(steps, 2);
    EXPECT_EQ(put.body()["now"], "2019-01-01T00:00:00Z");
    EXPECT_EQ(begun(), "2019-01-01T00:00:00Z");
}

TEST(Loading, OfFixturesAtAnEarlierMomentIsRefusedOnceSomethingIsRecorded) {
    World world = World::from(config_with(start_with({"old"})));
    const Json start = asked(world, "GET", "/_local/clock").body;
    LongRequest put(world, "PUT", "clock", {{"now", "2019-01-01T00:00:00Z"}});
    ASSERT_TRUE(put.waits());
    create(world, "new");
    EXPECT_EQ(put.finish().status(), 409);
    EXPECT_EQ(put.body()["pointer"], "/now");
    EXPECT_EQ(asked(world, "GET", "/_local/clock").body, start);
    EXPECT_EQ(listed(world), Names({"new", "old"}));
}

TEST(Loading, OfFixturesAtAnEarlierMomentIsGivenUpWhereTheServerStops) {
    World world = World::from(config_with(jobs_of({"old"})));
    LongRequest put(world, "PUT", "clock", {{"now", "2019-01-01T00:00:00Z"}});
    ASSERT_TRUE(put.waits());
    EXPECT_FALSE(put.step(true));
    EXPECT_EQ(put.status(), 503);
    EXPECT_EQ(put.body()["error"], "the server stops; the clock has not been set back");
    EXPECT_EQ(listed(world), Names({"old"}));
}

TEST(Loading, OfFixturesAtAnEarlierMomentIsRefusedWhereOthersAreLoadedMeanwhile) {
    World world = World::from(config_with(jobs_of({"old"})));
    LongRequest put(world, "PUT", "clock", {{"now", "2019-01-01T00:00:00Z"}});
    ASSERT_TRUE(put.waits());
    EXPECT_EQ(asked(world, "POST", "/_local/reset?fixtures=false").status, 200);
    EXPECT_EQ(put.finish().status(), 409);
    EXPECT_EQ(listed(world), Names({}));
}

TEST(Loading, LeavesNothingWhereTheDiskIsFull) {
    const storage::TemporaryFolder folder;
    Names many;
    for (int i = 0; i < 3'000; ++i) many.insert("new-" + std::to_string(i));
    World world = World::from(config_with(jobs_of({"old"})), folder.file("world.db"));
    {
        const FullDisk disk(512 * 1024);
        EXPECT_EQ(LongRequest(world, "PUT", "state", jobs_of(many)).finish().status(), 500);
        EXPECT_EQ(listed(world), Names({"old"}));
    }
    EXPECT_EQ(listed(world), Names({"old"}));
    EXPECT_EQ(LongRequest(world, "PUT", "state", jobs_of({"new"})).finish().status(), 200) << "there is room again";
    EXPECT_EQ(listed(world), Names({"new"}));
}

TEST(Loading, LeavesNothingOfABadDocument) {
    World world = World::from(config_with(jobs_of({"old"})));
    Json document = jobs_of({"new"});
    document["batchInferenceJobs"].push_back(job("bad", {{"status", "SLOW"}}));
    LongRequest put(world, "PUT", "state", document);
    EXPECT_EQ(put.finish().status(), 400);
    EXPECT_EQ(put.body()["pointer"], "/batchInferenceJobs/1/status");
    EXPECT_EQ(listed(world), Names({"old"}));
}

TEST(Loading, IsRefusedWhereAnArnOfItIsCreatedMeanwhile) {
    World world = World::from(config_with(start_with({})));
    LongRequest add(world, "POST", "state", jobs_of({"other", "same"}));
    add.step();
    create(world, "same");
    EXPECT_EQ(add.finish().status(), 409);
    EXPECT_EQ(listed(world), Names({"same"}));
}

TEST(Loading, KeepsWhatIsCreatedWhileADocumentIsAdded) {
    World world = World::from(config_with(start_with({"old"})));
    LongRequest add(world, "POST", "state", jobs_of({"added"}));
    add.step();
    create(world, "meanwhile");
    EXPECT_EQ(add.finish().status(), 200);
    EXPECT_EQ(listed(world), Names({"added", "meanwhile", "old"}));
}

TEST(GetState, IsOfOneStateWhereAnotherIsLoadedMeanwhile) {
    World world = World::from(config_with(jobs_of({"old-1", "old-2"})));
    LongRequest state(world, "GET", "state");
    ASSERT_TRUE(state.waits());
    asked(world, "PUT", "/_local/state", jobs_of({"new-1", "new-2", "new-3"}));
    const Json document = state.finish().body();
    Names names;
    for (const Json& each : document["batchInferenceJobs"]) names.insert(each["jobName"].get<std::string>());
    EXPECT_EQ(names, Names({"new-1", "new-2", "new-3"}));
}

TEST(GetState, IsGivenUpWhereTheServerStops) {
    World world = World::from(config_with(jobs_of({"old"})));
    LongRequest state(world, "GET", "state");
    ASSERT_TRUE(state.waits());
    EXPECT_FALSE(state.step(true));
    EXPECT_EQ(state.status(), 503);
}

TEST(Reset, BringsBackWhatWasChangedRemovedAndTagged) {
    const Json tags = {{"_local", {{"tags", {{{"tagKey", "team"}, {"tagValue", "search"}}}}}}};
    Json document = start_with({});
    document["batchInferenceJobs"] = {job("tagged", tags)};
    document["filters"] = {
        {{"filterArn", arn("filter/comedy")}, {"filterExpression", "EXCLUDE ItemID WHERE Items.A IN (\"b\")"}}};
    World world = World::from(config_with(document));
    const std::string before = asked(world, "GET", "/_local/state").text;
    for (int round = 0; round < 3; ++round) {
        const Json untag = {{"resourceArn", arn("batch-inference-job/tagged")}, {"tagKeys", {"team"}}};
        EXPECT_EQ(world.call("UntagResource", untag).status, 200);
        EXPECT_EQ(world.call("DeleteFilter", {{"filterArn", arn("filter/comedy")}}).status, 200);
        asked(world, "POST", "/_local/transition",
              {{"arn", arn("batch-inference-job/tagged")}, {"status", "CREATE FAILED"}, {"force", true}});
        create(world, "new-" + std::to_string(round));
        asked(world, "POST", "/_local/clock/advance", {{"by", "1h"}});
        EXPECT_NE(asked(world, "GET", "/_local/state").text, before) << round;
        asked(world, "POST", "/_local/reset");
        EXPECT_EQ(asked(world, "GET", "/_local/state").text, before) << round;
        EXPECT_EQ(get(world, "/_local/health")["resources"]["batchInferenceJobs"], 1) << round;
    }
}

TEST(Reset, ReadsAgainWhatBeginsAtItsMoment) {
    WorldConfig config = config_with({{"batchInferenceJobs", {job("begun", {{"status", "PENDING"}})}}});
    config.clock = lifecycle::Clock::real();
    World world = World::from(config);
    asked(world, "PUT", "/_local/clock", {{"mode", "frozen"}});
    asked(world, "POST", "/_local/clock/advance", {{"until", "idle"}});
    EXPECT_EQ(status(world, arn("batch-inference-job/begun")), "ACTIVE");
    asked(world, "POST", "/_local/reset");
    EXPECT_EQ(status(world, arn("batch-inference-job/begun")), "PENDING");
}

/// The clock runs at the start, so that a reset begins at another moment than the start.
WorldConfig running(WorldConfig config) {
    config.clock = lifecycle::Clock::real();
    return config;
}

/// Ends whatever is in progress.
void end_all(World& world) {
    const base::Instant started = lifecycle::Clock::real().now();
    while (lifecycle::Clock::real().now() == started) continue;  // for a millisecond at most
    asked(world, "PUT", "/_local/clock", {{"mode", "frozen"}});
    asked(world, "POST", "/_local/clock/advance", {{"until", "idle"}});
}

TEST(Reset, LoadsAgainOnlyWhatIsAnotherResourceAtItsMoment) {
    const storage::TemporaryFolder folder;
    const std::string file = folder.file("start.json");
    Json document = start_with({"stable"});
    document["batchInferenceJobs"].push_back(job("moving", {{"status", "PENDING"}}));
    std::ofstream(file) << document.dump();
    WorldConfig config = config_with({});
    config.documents = {snapshot::Document::in_file(file)};
    World world = World::from(running(config));
    std::filesystem::remove(file);

    end_all(world);
    EXPECT_EQ(status(world, arn("batch-inference-job/moving")), "ACTIVE");
    create(world, "created");
    EXPECT_EQ(LongRequest(world, "POST", "reset").finish().status(), 200);
    EXPECT_EQ(listed(world), Names({"moving", "stable"}));
    EXPECT_EQ(status(world, arn("batch-inference-job/moving")), "PENDING");
    end_all(world);
    EXPECT_EQ(status(world, arn("batch-inference-job/moving")), "ACTIVE");
    EXPECT_EQ(LongRequest(world, "POST", "reset").finish().status(), 200) << "and once more";
    EXPECT_EQ(status(world, arn("batch-inference-job/moving")), "PENDING");
}

TEST(Reset, KeepsTheFixturesWhileAnotherStateIsLoaded) {
    World world = World::from(config_with(start_with({"one", "two"})));
    for (int round = 0; round < 3; ++round) {
        EXPECT_EQ(LongRequest(world, "PUT", "state", jobs_of({"other"})).finish().status(), 200);
        for (int i = 0; i < 10; ++i) world.engine().work().run_due();  // removes what is displaced
        EXPECT_EQ(listed(world), Names({"other"}));
        const LongRequest reset(world, "POST", "reset");
        EXPECT_FALSE(reset.waits()) << "nothing is read";
        EXPECT_EQ(listed(world), Names({"one", "two"}));
        create(world, "created");
    }
}

TEST(Reset, BringsBackWhatAnotherLoadDisplacesMeanwhile) {
    Json document = start_with({"stable"});
    document["batchInferenceJobs"].push_back(job("moving", {{"status", "PENDING"}}));
    World world = World::from(running(config_with(document)));
    end_all(world);
    LongRequest reset(world, "POST", "reset");
    reset.step();
    EXPECT_EQ(LongRequest(world, "PUT", "state", jobs_of({"other"})).finish().status(), 200);
    for (int i = 0; i < 10; ++i) world.engine().work().run_due();  // removes what is displaced
    EXPECT_EQ(listed(world), Names({"other"}));
    EXPECT_EQ(reset.finish().status(), 200);
    EXPECT_EQ(listed(world), Names({"moving", "stable"}));
    create(world, "created");
}

TEST(Reset, OfAnAccountGoesBackToItsOwnCopy) {
    const std::string alice = "111111111111";
    World world = World::from(config_with(start_with({"old"})));
    for (int round = 0; round < 3; ++round) {
        asked(world, "POST", "/_local/reset?account=" + alice);
        create(world, "common-" + std::to_string(round));
        const Json input = Json::parse(std::string(create_input("own").dump())
                                           .replace(create_input("own").dump().find("000000000000"), 12, alice));
        EXPECT_EQ(world.call_as(alice, "us-east-1", "CreateBatchInferenceJob", input).status, 200) << round;
        asked(world, "POST", "/_local/reset?account=" + alice);
        EXPECT_EQ(get(world, "/_local/health?account=" + alice)["resources"]["batchInferenceJobs"], 1) << round;
    }
    EXPECT_EQ(get(world, "/_local/health?account=000000000000")["resources"]["batchInferenceJobs"], 4);
}

/// One load of a walk, and the jobs that are there once it is over.
struct WalkedLoad {
    std::unique_ptr<LongRequest> request;
    Names replaced_by;
    bool is_addition = false;
};

TEST(Loading, NeverShowsAMixture) {
    for (unsigned seed = 0; seed < 20; ++seed) {
        std::mt19937 random(seed);
        const auto draw = [&random](unsigned below) { return static_cast<unsigned>(random() % below); };
        const Names at_start = {"start-1", "start-2", "start-3"};
        World world = World::from(config_with(start_with(at_start)));
        Names present = at_start;
        std::vector<WalkedLoad> loads;
        for (unsigned step = 0; step < 120; ++step) {
            const std::string name = "job-" + std::to_string(step);
            const unsigned kind = draw(10);
            if (kind == 0) {
                create(world, name);
                present.insert(name);
            } else if (kind < 4 && loads.size() < 3) {
                Names names = {name, name + "-twin"};
                const bool is_addition = kind == 3;
                Json document = start_with(names);
                WalkedLoad load{.request = {}, .replaced_by = names, .is_addition = is_addition};
                if (kind == 1) {
                    load.request = std::make_unique<LongRequest>(world, "POST", "reset");
                    load.replaced_by = at_start;
                } else {
                    load.request = std::make_unique<LongRequest>(world, is_addition ? "POST" : "PUT", "state",
                                                                 is_addition ? jobs_of(names) : document);
                }
                loads.push_back(std::move(load));
            } else if (!loads.empty()) {
                loads[draw(static_cast<unsigned>(loads.size()))].request->step();
            } else {
                while (world.store().layers().may_have_dropped()) {
                    auto transaction = world.store().begin();
                    world.store().layers().sweep(1 + draw(3));
                    transaction.commit();
                }
            }
            for (auto load = loads.begin(); load != loads.end();) {
                if (load->request->waits()) {
                    ++load;
                    continue;
                }
                ASSERT_EQ(load->request->status(), 200);
                if (!load->is_addition) present.clear();
                present.insert(load->replaced_by.begin(), load->replaced_by.end());
                load = loads.erase(load);
            }
            ASSERT_EQ(listed(world), present) << "seed " << seed << ", step " << step;
            ASSERT_EQ(get(world, "/_local/health")["resources"].value("batchInferenceJobs", std::size_t{0}),
                      present.size())
                << "seed " << seed << ", step " << step;
        }
    }
}

}  // namespace
}  // namespace plocal::control
