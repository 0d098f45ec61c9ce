// What version 1.0 has written still loads: a database file in the middle of jobs, a snapshot document, and rules. The
// golden files are never edited; what a later version adds to its answers is allowed.
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>

#include "server/service/s3/folder_store.h"
#include "storage/sqlite/database.h"
#include "tests/support/hand_jobs.h"
#include "tests/support/objects.h"
#include "tests/support/source_folder.h"
#include "tests/support/world.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::engine {
namespace {

using namespace std::chrono_literals;
using base::Json;
using support::Answer;
using support::arn;
using support::World;
using testing::IsEmpty;

std::string written_text(const std::string& name) {
    std::ifstream file(std::string(test::source_folder) + "/tests/golden/upgrade/" + name);
    EXPECT_TRUE(file.is_open()) << name;
    return {std::istreambuf_iterator<char>(file), {}};
}

Json written(const std::string& name) {
    return Json::parse(written_text(name));
}

/// What `now` has not as `then` had it. What is added is left out.
std::vector<std::string> losses(const Json& then, const Json& now) {
    std::vector<std::string> list;
    for (const auto& change : nlohmann::json::diff(nlohmann::json(then), nlohmann::json(now))) {
        if (change["op"] != "add") list.push_back(change.dump());
    }
    return list;
}

Answer asked_of(World& world, std::string_view method, std::string_view target, std::string_view body = "") {
    return world.send({.method = method, .target = target, .headers = {}, .body = body});
}

class Upgrade : public testing::Test {
protected:
    Upgrade() {
        std::filesystem::create_directories(folder_.file("bucket"));
        s3::put(objects_, {"bucket", "items.csv"}, "ITEM_ID,GENRES,PRICE\nx,Drama,1.5\ny,,\n");
        s3::put(objects_, {"bucket", "users.json"}, R"({"userId":"ann"})");
    }

    /// The file of version 1.0.
    std::string old_file() {
        const std::string path = folder_.file("old.db");
        storage::sqlite::Database(path).execute(written_text("database.sql"));
        return path;
    }

    storage::TemporaryFolder folder_;
    s3::FolderStore objects_{folder_.path()};
    const resources::ServiceSettings settings_ = support::HandJobs::settings(true);
};

TEST_F(Upgrade, KeepsTheWholeStateOfADatabaseFile) {
    World world(settings_, old_file());
    EXPECT_THAT(losses(written("state.json"), asked_of(world, "GET", "/_local/state").body), IsEmpty());
}

TEST_F(Upgrade, GoesOnWithTheJobsOfADatabaseFile) {
    World world(settings_, old_file());
    support::HandJobs jobs(world, &objects_);
    world.advance(1h);
    world.call("ListDatasets", Json::object());
    jobs.run();
    const auto described = [&](const std::string& operation, const std::string& member, const std::string& name) {
        return world.call("Describe" + operation, {{member + "Arn", arn(name)}}).body[member];
    };
    const Json import = described("DatasetImportJob", "datasetImportJob", "dataset-import-job/in-the-middle");
    EXPECT_EQ(import["status"], "ACTIVE") << import;
    const Json batch = described("BatchInferenceJob", "batchInferenceJob", "batch-inference-job/in-the-middle");
    EXPECT_EQ(batch["status"], "ACTIVE") << batch;
    const Json campaign = described("Campaign", "campaign", "campaign/changing");
    EXPECT_EQ(campaign["minProvisionedTPS"], 2) << campaign;
    const std::string items = "/_local/data?dataset=" + arn("dataset/films/ITEMS");
    EXPECT_EQ(asked_of(world, "GET", items).body["rows"][0]["ITEM_ID"], "put") << "what was put is kept";
    EXPECT_EQ(asked_of(world, "GET", items).body["rows"].size(), 3U);
    EXPECT_NE(s3::content_of(objects_, {"bucket", "out/users.json.out"}), "");
}

TEST_F(Upgrade, RecommendsWhatADatabaseFileWasTrainedOn) {
    World world(settings_, old_file());
    const Json input = {{"campaignArn", arn("campaign/evening")}, {"userId", "ann"}};
    const std::string body = input.dump();
    const Answer answer = asked_of(world, "POST", "/recommendations", body);
    EXPECT_EQ(answer.status, 200) << answer.text;
    EXPECT_EQ(answer.body["itemList"], written("recommendations.json")["itemList"]);
}

TEST_F(Upgrade, LoadsASnapshotDocument) {
    World world(settings_);
    const Json document = written("state.json");
    const Answer answer = asked_of(world, "PUT", "/_local/state", written_text("state.json"));
    ASSERT_EQ(answer.status, 200) << answer.text;
    EXPECT_THAT(losses(document, asked_of(world, "GET", "/_local/state").body), IsEmpty());
}

TEST_F(Upgrade, LoadsASnapshotDocumentAsTheFixturesOfTheStart) {
    world::WorldConfig config{.settings = settings_};
    config.documents.push_back({"state.json", written_text("state.json")});
    World world = World::from(std::move(config));
    EXPECT_THAT(losses(written("state.json"), asked_of(world, "GET", "/_local/state").body), IsEmpty());
}

TEST_F(Upgrade, LoadsRules) {
    World world;
    const Answer answer = asked_of(world, "PUT", "/_local/rules", written_text("rules.json"));
    ASSERT_EQ(answer.status, 200) << answer.text;
    EXPECT_THAT(losses(written("rules.json"), asked_of(world, "GET", "/_local/rules").body), IsEmpty());
}

}  // namespace
}  // namespace plocal::engine
