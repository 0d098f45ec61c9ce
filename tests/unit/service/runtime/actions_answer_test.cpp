#include <gtest/gtest.h>

#include "tests/unit/service/runtime/shop.h"

namespace plocal::runtime {
namespace {

/// 2026-01-31T12:00:00Z, the first moment of the clock.
constexpr std::int64_t start_s = 1769860800;

class ActionsAnswer : public testing::Test {
protected:
    ActionsAnswer() {
        const auto action = [](std::string_view id, std::int64_t value, Json more) {
            Json row = {{"ACTION_ID", id}, {"VALUE", value}, {"CATEGORY", value > 5 ? "big" : "small"}};
            if (!more.is_null()) row.update(more);
            return row;
        };
        Json events = Json::array();
        const auto add = [&events](std::string_view user, std::string_view id, std::string_view type, std::int64_t at) {
            events.push_back({{"USER_ID", user}, {"ACTION_ID", id}, {"EVENT_TYPE", type}, {"TIMESTAMP", at}});
        };
        for (int i = 0; i < 60; ++i) {
            const std::string user = "u" + std::to_string(i);
            add(user, "join", "TAKEN", start_s - 10);
            add(user, "join", "Not Taken", start_s - 9);
        }
        add("ann", "repeat", "Taken", start_s - 2 * day_s);
        Json document = {{"schemas", schemas()},
                         {"datasetGroups", {{{"datasetGroupArn", arn("dataset-group/films")}}}},
                         {"datasets",
                          {dataset("ACTIONS", "actions",
                                   {action("join", 1, {}), action("call", 9, {}), action("mail", 3, {}),
                                    action("late", 8, {{"ACTION_EXPIRATION_TIMESTAMP", start_s + day_s}}),
                                    action("repeat", 2, {{"REPEAT_FREQUENCY", 3}})}),
                           dataset("ACTION_INTERACTIONS", "actioninteractions", events)}}};
        add_campaign(document, "next", "aws-next-best-action");
        add_filter(document, "small", "INCLUDE ActionID WHERE Actions.CATEGORY IN (\"small\")");
        add_filter(document, "untaken", "EXCLUDE ActionID WHERE Action_Interactions.EVENT_TYPE IN (\"TAKEN\")");
        add_filter(document, "items", "EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN (\"*\")");
        world.load(document);
    }

    Answer actions(Json more) {
        Json input = {{"campaignArn", arn("campaign/next")}, {"userId", "bob"}};
        if (!more.is_null()) input.update(more);
        return ask(world, "/action-recommendations", input);
    }

    World world;
};

// Fidelity: documented | An action has a score from 50 TAKEN and 50 other events on; others have 0.0, the more
//   valuable first | DG/native-recipe-next-best-action.html
TEST_F(ActionsAnswer, IsOrderedByPropensityAndValue) {
    const Answer answer = actions({});
    ASSERT_EQ(answer.status, 200) << answer.text;
    EXPECT_EQ(ids(answer), "join call late mail repeat");
    EXPECT_EQ(answer.body["actionList"][0]["score"], 0.5);
    EXPECT_NE(answer.text.find("\"score\":0.0}"), std::string::npos) << answer.text;
    EXPECT_EQ(answer.body["recommendationId"].get<std::string>().size(), 40u);
}

TEST_F(ActionsAnswer, LeavesOutWhatHasExpiredByTheClock) {
    world.advance(std::chrono::hours(24));
    EXPECT_EQ(ids(actions({})), "join call mail repeat");
}

TEST_F(ActionsAnswer, AsksAgainAfterTheRepeatFrequency) {
    EXPECT_EQ(ids(actions({{"userId", "ann"}})), "join call late mail");
    world.advance(std::chrono::hours(24));
    EXPECT_EQ(ids(actions({{"userId", "ann"}})), "join call mail repeat");
}

TEST_F(ActionsAnswer, PassesTheFilter) {
    EXPECT_EQ(ids(actions({{"filterArn", arn("filter/small")}})), "join mail repeat");
    EXPECT_EQ(ids(actions({{"filterArn", arn("filter/untaken")}, {"userId", "u1"}})), "call late mail repeat");
    EXPECT_EQ(actions({{"filterArn", arn("filter/items")}}).status, 400);
}

TEST_F(ActionsAnswer, HasAtMostAHundred) {
    EXPECT_EQ(ids(actions({{"numResults", 1}})), "join");
    EXPECT_EQ(actions({{"numResults", 100}}).status, 200);
    EXPECT_EQ(outcome(actions({{"numResults", 101}})), "InvalidInputException: numResults must be at most 100.");
    EXPECT_EQ(outcome(actions({{"userId", nullptr}})),
              "InvalidInputException: The given campaign or recommender requires userId.");
}

}  // namespace
}  // namespace plocal::runtime
