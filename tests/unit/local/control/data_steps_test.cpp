// Long calls of /_local/data, with other requests between their steps.
#include <cstddef>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/full_disk.h"
#include "tests/support/long_request.h"
#include "tests/unit/local/control/asking.h"
#include "tests/unit/local/control/film_data.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::control {
namespace {

using base::Json;
using support::LongRequest;
using support::World;

Json many_items(int count) {
    Json rows = Json::array();
    for (int i = 0; i < count; ++i) rows.push_back({{"ITEM_ID", "i" + std::to_string(i)}});
    return {{"rows", rows}};
}

/// Calls whose every step ends the turn, so that the test gets between them.
class DataSteps : public testing::Test {
protected:
    std::size_t items() { return get(world_, "/_local/health")["rows"]["items"].get<std::size_t>(); }

    World world_ = World::from(film_config(std::chrono::milliseconds(0)));
    const std::string path_ = "data?dataset=" + items_arn;
};

TEST_F(DataSteps, ShowAllRowsOfAnImportAtOnce) {
    LongRequest put(world_, "PUT", path_, many_items(500));
    int steps = 0;
    for (; put.waits(); put.step(), ++steps) EXPECT_EQ(items(), 0U) << steps;
    EXPECT_GE(steps, 4);
    EXPECT_EQ(put.body()["rows"], 500);
    EXPECT_EQ(items(), 500U);
}

TEST_F(DataSteps, OfAnImportWaitForTheOneBefore) {
    LongRequest put(world_, "PUT", path_, many_items(300));
    LongRequest post(world_, "POST", path_, many_items(400));
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(post.step());
    EXPECT_EQ(put.finish().body(), Json({{"rows", 300}, {"revision", 1}}));
    EXPECT_EQ(post.finish().body(), Json({{"rows", 400}, {"revision", 2}}));
    EXPECT_EQ(items(), 400U);
}

TEST_F(DataSteps, LeaveNothingWhereTheServerStops) {
    LongRequest put(world_, "PUT", path_, many_items(300));
    ASSERT_TRUE(put.waits());
    EXPECT_FALSE(put.step(true));
    EXPECT_EQ(put.status(), 503);
    EXPECT_EQ(items(), 0U);
    EXPECT_EQ(LongRequest(world_, "PUT", path_, many_items(1)).finish().status(), 200);
}

TEST_F(DataSteps, AreRefusedWhereAResetTakesTheRowsAway) {
    LongRequest put(world_, "PUT", path_, many_items(300));
    ASSERT_TRUE(put.waits());
    LongRequest(world_, "POST", "reset").finish();
    EXPECT_EQ(put.finish().status(), 409);
    EXPECT_EQ(items(), 0U);
}

TEST_F(DataSteps, ShowTheRowsOfTheMomentInWhichTheyEnd) {
    LongRequest put(world_, "PUT", path_, many_items(300));
    ASSERT_TRUE(put.waits());
    world_.advance(std::chrono::hours(1));
    put.finish();
    const auto set = world_.store().row_sets().find(items_arn);
    EXPECT_EQ(world_.store().batches().list(*set).front().shown.at, world_.now());
}

TEST_F(DataSteps, AnswerAPageOfOneMoment) {
    LongRequest(world_, "PUT", path_, many_items(1000)).finish();
    LongRequest page(world_, "GET", path_);
    ASSERT_TRUE(page.waits());
    LongRequest(world_, "POST", path_, Json{{"rows", {{{"ITEM_ID", "i999"}, {"PRICE", 5}}}}}).finish();
    const Json rows = page.finish().body()["rows"];
    ASSERT_EQ(rows.size(), 1000U);
    EXPECT_FALSE(rows.back().contains("PRICE"));
}

TEST_F(DataSteps, BeginAPageAnewWhereTheRowsAreReplacedByALoad) {
    LongRequest(world_, "PUT", path_, many_items(1000)).finish();
    LongRequest page(world_, "GET", path_);
    ASSERT_TRUE(page.waits());
    LongRequest(world_, "POST", "reset").finish();
    LongRequest(world_, "PUT", path_, many_items(3)).finish();
    EXPECT_EQ(page.finish().body()["rows"].size(), 3U);
}

TEST_F(DataSteps, OfAPageEndWhereTheServerStops) {
    LongRequest(world_, "PUT", path_, many_items(1000)).finish();
    LongRequest page(world_, "GET", path_);
    ASSERT_TRUE(page.waits());
    EXPECT_FALSE(page.step(true));
    EXPECT_EQ(page.status(), 503);
}

TEST_F(DataSteps, OfAStateWriteTheRowsOfItsBeginning) {
    Json rows = Json::array();
    for (int i = 0; i < 1'000; ++i) {
        rows.push_back({{"USER_ID", "u"}, {"ITEM_ID", "i" + std::to_string(i)}, {"TIMESTAMP", 1'000 - i}});
    }
    const std::string path = "data?dataset=" + views_arn;
    LongRequest(world_, "PUT", path, {{"rows", rows}}).finish();
    LongRequest get(world_, "GET", "state");
    int steps = 0;
    for (; get.waits(); get.step(), ++steps) {
        if (steps == 3) LongRequest(world_, "PUT", path, {{"rows", Json::array()}}).finish();
    }
    EXPECT_GE(steps, 4);
    const Json batches = get.body()["datasets"][1]["_local"]["batches"];
    ASSERT_EQ(batches.size(), 1U);
    EXPECT_EQ(batches[0]["rows"], rows) << "in the order in which they came";
    EXPECT_FALSE(batches[0].contains("until")) << "the state of the beginning";
}

TEST(Data, LeavesNothingWhereTheDiskIsFull) {
    const storage::TemporaryFolder folder;
    World world = World::from(film_config(), folder.file("world.db"));
    {
        const support::FullDisk disk(512 * 1024);
        EXPECT_EQ(data_call(world, "PUT", items_arn, many_items(30'000).dump()).status, 500);
        EXPECT_EQ(lines_of(world, items_arn), "");
    }
    EXPECT_EQ(data_call(world, "PUT", items_arn, many_items(3).dump()).body["revision"], 1);
}

}  // namespace
}  // namespace plocal::control
