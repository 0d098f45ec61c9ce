// What a reset, a deletion and a replacement leave behind in the tables of the database: nothing.
#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/sqlite/database.h"
#include "storage/sqlite/statement.h"
#include "tests/unit/local/control/asking.h"
#include "tests/unit/local/control/film_data.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::control {
namespace {

using base::Json;
using storage::sqlite::Database;
using storage::sqlite::Statement;
using support::World;
using testing::IsEmpty;

using TableSizes = std::map<std::string, std::int64_t>;

TableSizes sizes_in(const std::string& path) {
    Database database(path);
    database.execute(R"(
        CREATE TEMP TABLE size (name TEXT, n INTEGER);
        INSERT INTO size SELECT 'resource', COUNT(*) FROM resource;
        INSERT INTO size SELECT 'resource_reference', COUNT(*) FROM resource_reference;
        INSERT INTO size SELECT 'tag', COUNT(*) FROM tag;
        INSERT INTO size SELECT 'row_set', COUNT(*) FROM row_set;
        INSERT INTO size SELECT 'row_batch', COUNT(*) FROM row_batch;
        INSERT INTO size SELECT 'data_row', COUNT(*) FROM data_row;
        INSERT INTO size SELECT 'interaction', COUNT(*) FROM interaction;
        INSERT INTO size SELECT 'training', COUNT(*) FROM training;
        INSERT INTO size SELECT 'data_revision', COUNT(*) FROM data_revision;
        INSERT INTO size SELECT 'layer', COUNT(*) FROM layer;
        INSERT INTO size SELECT 'live_layer', COUNT(*) FROM live_layer;
        INSERT INTO size SELECT 'resource_count', COUNT(*) FROM resource_count WHERE n <> 0;
        INSERT INTO size SELECT 'other', COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
            AND name NOT IN (SELECT name FROM size) AND name <> 'setting')");
    Statement rows(database, "SELECT name, n FROM size WHERE n > 0");
    TableSizes sizes;
    while (rows.step()) sizes.emplace(rows.text(0), rows.integer(1));
    return sizes;
}

class NothingLeft : public testing::Test {
protected:
    static Json trained(const std::string& id, Json more = Json::object()) {
        Json version = {{"solutionVersionArn", film_arn("solution/films/" + id)},
                        {"solutionArn", film_arn("solution/films")},
                        {"datasetGroupArn", film_arn("dataset-group/films")},
                        {"recipeArn", "arn:aws:personalize:::recipe/aws-popularity-count"}};
        version.update(more);
        return version;
    }

    /// Datasets with rows, and a version that knows some of them.
    static Json document() {
        Json document = film_world();
        document["datasets"][0]["_local"] = {{"rows", {{{"ITEM_ID", "a"}, {"PRICE", 0.5}}, {{"ITEM_ID", "z"}}}}};
        document["datasets"][0]["_local"]["tags"] = {{{"tagKey", "team"}, {"tagValue", "search"}}};
        document["solutionVersions"] = {trained("1", {{"_local", {{"trained", {{"revision", 1}}}}}})};
        return document;
    }

    /// They are fixtures, with a copy for bob.
    static world::WorldConfig with_fixtures() {
        world::WorldConfig config = beginning_with(document());
        config.accounts = {bob};
        return config;
    }

    static world::WorldConfig without_fixtures() { return {.clock = lifecycle::Clock::frozen(World::start_time())}; }

    static void load_for_both(World& world) {
        for (const char* const account : {alice, bob}) {
            const std::string target = "/_local/state?account=" + std::string(account);
            EXPECT_EQ(asked(world, "PUT", target, document()).status, 200) << account;
        }
    }

    /// Adds rows of each origin, hides some of them, and trains.
    static void fill(World& world) {
        for (const char* const account : {alice, bob}) {
            const std::string items = film_arn("dataset/films/ITEMS", account);
            const std::string views = film_arn("dataset/films/INTERACTIONS", account);
            for (const char* const method : {"PUT", "POST", "PUT"}) {
                data_call(world, method, items, "ITEM_ID,PRICE\na,1\nb,1\n", "text/csv");
                data_call(world, method, views, "USER_ID,ITEM_ID,TIMESTAMP\nu,a,9\nu,b,7\n", "text/csv");
            }
            const std::string version = film_arn("solution/films/1", account);
            EXPECT_EQ(asked(world, "POST", "/_local/train", {{"arn", version}}).status, 200);
            EXPECT_EQ(asked(world, "POST", "/_local/state",
                            {{"solutionVersions", {trained("2")}},
                             {"rules", {{{"match", {{"operation", "List*"}}}, {"delay", "1ms"}}}}})
                          .status,
                      200);
        }
    }

    static void sweep(World& world) {
        storage::sqlite::Transaction transaction = world.store().begin();
        while (world.store().layers().sweep(3)) continue;
        transaction.commit();
    }

    /// The sizes of all tables once this was done to a world, and what it displaced is removed.
    TableSizes after(world::WorldConfig config, const std::function<void(World&)>& action) {
        const std::string path = folder_.file("x" + std::to_string(++files_) + ".db");
        {
            World world = World::from(std::move(config), path);
            action(world);
            sweep(world);
        }
        return sizes_in(path);
    }

    TableSizes after_filling(const std::function<void(World&)>& action) {
        return after(without_fixtures(), [&action](World& world) {
            load_for_both(world);
            fill(world);
            action(world);
        });
    }

    static void remove_dataset(World& world, const std::string& type, const char* account) {
        const std::string arn = film_arn("dataset/films/" + type, account);
        EXPECT_EQ(world.call_as(account, "us-east-1", "DeleteDataset", {{"datasetArn", arn}}).status, 200) << arn;
    }

    storage::TemporaryFolder folder_;

private:
    int files_ = 0;
};

TEST_F(NothingLeft, OfAFilledWorldIsFoundByTheWalk) {
    const TableSizes sizes = after_filling([](World&) {});
    for (const char* const table : {"resource", "tag", "row_set", "row_batch", "data_row", "interaction", "training",
                                    "data_revision", "layer", "live_layer", "resource_count"}) {
        EXPECT_GT(sizes.contains(table) ? sizes.at(table) : 0, 0) << table;
    }
    EXPECT_FALSE(sizes.contains("other")) << "a table that this test does not know";
}

TEST_F(NothingLeft, AfterAResetToNothing) {
    EXPECT_THAT(after_filling([](World& world) { asked(world, "POST", "/_local/reset?fixtures=false"); }), IsEmpty());
}

TEST_F(NothingLeft, AfterAReset) {
    EXPECT_THAT(after_filling([](World& world) { asked(world, "POST", "/_local/reset"); }), IsEmpty());
}

TEST_F(NothingLeft, OfTenantsThatAreReset) {
    EXPECT_THAT(after_filling([](World& world) {
                    for (const char* const account : {alice, bob}) {
                        asked(world, "POST", "/_local/reset?account=" + std::string(account));
                    }
                }),
                IsEmpty());
}

TEST_F(NothingLeft, AfterAReplacementByNothing) {
    EXPECT_THAT(after_filling([](World& world) { asked(world, "PUT", "/_local/state", Json::object()); }), IsEmpty());
}

TEST_F(NothingLeft, BesideTheFixturesAfterAReset) {
    const TableSizes fresh = after(with_fixtures(), [](World&) {});
    EXPECT_EQ(after(with_fixtures(),
                    [](World& world) {
                        fill(world);
                        asked(world, "POST", "/_local/reset");
                    }),
              fresh);
}

TEST_F(NothingLeft, BesideTheFixturesAfterResetsOfAccounts) {
    const auto reset_both = [](World& world) {
        for (const char* const account : {alice, bob}) {
            asked(world, "POST", "/_local/reset?account=" + std::string(account));
        }
    };
    EXPECT_EQ(after(with_fixtures(),
                    [&](World& world) {
                        fill(world);
                        reset_both(world);
                    }),
              after(with_fixtures(), reset_both));
}

TEST_F(NothingLeft, OfDeletedDatasets) {
    const auto delete_all = [](World& world) {
        asked(world, "PUT", "/_local/state", film_world());
        data_call(world, "PUT", items_arn, "ITEM_ID,PRICE\na,1\nb,1\n", "text/csv");
        data_call(world, "PUT", items_arn, "ITEM_ID,PRICE\na,1\n", "text/csv");
        data_call(world, "PUT", views_arn, "USER_ID,ITEM_ID,TIMESTAMP\nu,a,9\n", "text/csv");
        for (const char* const type : {"ITEMS", "INTERACTIONS"}) remove_dataset(world, type, alice);
        asked(world, "POST", "/_local/clock/advance", {{"by", "1h"}});
    };
    const TableSizes sizes = after(without_fixtures(), delete_all);
    for (const char* const table : {"row_set", "row_batch", "data_row", "interaction"}) {
        EXPECT_FALSE(sizes.contains(table)) << table;
    }
}

}  // namespace
}  // namespace plocal::control
