#include "server/local/world/due_work.h"

#include <chrono>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/base/json.h"
#include "server/local/world/world.h"
#include "tests/support/world.h"

namespace plocal::world {
namespace {

using namespace std::chrono_literals;
using base::Json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Two solutions that train every week, and have no data.
WorldConfig config() {
    Json solutions = Json::array();
    for (const char* const name : {"solution/one", "solution/two"}) {
        solutions.push_back({{"solutionArn", support::arn(name)},
                             {"datasetGroupArn", support::arn("dataset-group/empty")},
                             {"performAutoTraining", true}});
    }
    const Json document = {
        {"datasetGroups", {{{"datasetGroupArn", support::arn("dataset-group/empty")}}}},
        {"schemas", {{{"schemaArn", support::arn("schema/items")}}}},
        {"datasets",
         {{{"datasetArn", support::arn("dataset/empty/ITEMS")}, {"schemaArn", support::arn("schema/items")}}}},
        {"solutions", solutions}};
    WorldConfig config{.clock = lifecycle::Clock::frozen(support::World::start_time())};
    config.settings.due.slice_pieces = 1;
    config.documents.push_back({"fixtures.json", document.dump()});
    return config;
}

class DueWorkTest : public testing::Test {
protected:
    base::Instant now() { return world_.tenants().clocks.of("").now(); }
    DueWork& due() { return world_.due(); }

    storage::Store store_{":memory:"};
    World world_{store_, config()};
};

TEST_F(DueWorkTest, NotesWhatAMoveCouldNotDoOnceASolution) {
    const auto move = due().begin_move("");
    const base::Instant target = now() + 28 * 24h;
    int slices = 1;
    while (!world_.move_clock(*move, target, due().end_of_slice())) ++slices;
    EXPECT_EQ(slices, 8);
    EXPECT_EQ(now(), target);
    EXPECT_EQ(move->done.counts.at("skippedTrainings"), 8);
    EXPECT_THAT(world_.take_notes(), IsEmpty());
    due().end_move(*move);
    const auto is_noted = [](const char* name) {
        return testing::AllOf(HasSubstr("no automatic training of " + support::arn(name)), HasSubstr("(4 times)"));
    };
    EXPECT_THAT(world_.take_notes(), ElementsAre(is_noted("solution/one"), is_noted("solution/two")));
}

TEST_F(DueWorkTest, NotesTheSameOfABacklogOnceItIsDone) {
    world_.tenants().clocks.of("").advance(28 * 24h);
    lifecycle::ClockReadings readings(world_.tenants().clocks);
    ASSERT_EQ(due().behind(readings).size(), 1U);
    while (!world_.run_due(readings)) EXPECT_THAT(world_.take_notes(), IsEmpty());
    EXPECT_EQ(world_.take_notes().size(), 2U);
    EXPECT_THAT(due().behind(readings), IsEmpty());
}

TEST_F(DueWorkTest, HasOneMoveAClock) {
    const auto move = due().begin_move("");
    EXPECT_EQ(due().begin_move(""), nullptr);
    EXPECT_NE(due().begin_move("111111111111"), nullptr);
    due().end_move(*move);
    EXPECT_NE(due().begin_move(""), nullptr) << "and one that is lost is over too";
    EXPECT_NE(due().begin_move(""), nullptr);
}

}  // namespace
}  // namespace plocal::world
