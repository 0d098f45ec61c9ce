#include "server/local/world/due_work.h"

#include <chrono>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/base/iso8601.h"
#include "server/base/json.h"
#include "server/local/world/world.h"

namespace plocal::world {
namespace {

using namespace std::chrono_literals;
using base::Json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string arn_of(const std::string& type_and_id) {
    return "arn:aws:personalize:us-east-1:000000000000:" + type_and_id;
}

/// Two solutions that train every week, and have no data.
WorldConfig config() {
    Json solutions = Json::array();
    for (const char* const name : {"solution/one", "solution/two"}) {
        solutions.push_back({{"solutionArn", arn_of(name)},
                             {"datasetGroupArn", arn_of("dataset-group/empty")},
                             {"performAutoTraining", true}});
    }
    const Json document = {
        {"datasetGroups", {{{"datasetGroupArn", arn_of("dataset-group/empty")}}}},
        {"schemas", {{{"schemaArn", arn_of("schema/items")}}}},
        {"datasets", {{{"datasetArn", arn_of("dataset/empty/ITEMS")}, {"schemaArn", arn_of("schema/items")}}}},
        {"solutions", solutions}};
    WorldConfig config{.clock = lifecycle::Clock::frozen(*base::parse_iso8601("2026-01-31T12:00:00Z"))};
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
        return testing::AllOf(HasSubstr("no automatic training of " + arn_of(name)), HasSubstr("(4 times)"));
    };
    EXPECT_THAT(world_.take_notes(), ElementsAre(is_noted("solution/one"), is_noted("solution/two")));
}

TEST_F(DueWorkTest, NotesTheSameOfABacklogOnceItIsDone) {
    world_.tenants().clocks.of("").advance(28 * 24h);
    lifecycle::ClockReadings readings(world_.tenants().clocks);
    ASSERT_EQ(due().behind(readings).size(), 1U);
    while (!due().run_slice(readings)) EXPECT_THAT(world_.take_notes(), IsEmpty());
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
