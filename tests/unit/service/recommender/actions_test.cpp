#include "server/service/recommender/actions.h"

#include <algorithm>
#include <random>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plocal::recommender {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t day = 24 * 60 * 60;

/// Adds `taken` events of one type and `other` of another.
void add_events(ActionTrainer& trainer, const char* action, int taken, int other, std::int64_t at = 0) {
    for (int i = 0; i < taken; ++i) trainer.add(ActionInteraction{action, "TAKEN", at});
    for (int i = 0; i < other; ++i) trainer.add(ActionInteraction{action, i % 2 == 0 ? "Not Taken" : "viewed", at});
}

std::vector<std::string> texts(const ActionModel& model, const ActionQuery& query) {
    std::vector<std::string> result;
    for (const RecommendedAction& each : recommend_actions(model, query)) {
        result.push_back(std::string(model.actions[each.action]) + "=" + std::to_string(each.score));
    }
    return result;
}

// Fidelity: documented | An action has a score from 50 TAKEN and 50 other interactions on, else 0.0 |
//   DG/native-recipe-next-best-action.html
TEST(Actions, HaveTheShareOfUsersWhoTakeThem) {
    ActionTrainer trainer;
    add_events(trainer, "good", 150, 50);
    add_events(trainer, "fair", 50, 150);
    add_events(trainer, "too few taken", 49, 1'000);
    add_events(trainer, "too few others", 1'000, 49);
    trainer.add(Action{"new"});
    EXPECT_THAT(texts(*trainer.train(), {.count = 10}),
                ElementsAre("good=0.750000", "fair=0.250000", "new=0.000000", "too few others=0.000000",
                            "too few taken=0.000000"));
}

TEST(Actions, CountTheSixWeeksBeforeTheNewestInteraction) {
    ActionTrainer trainer;
    add_events(trainer, "at the edge", 50, 50, 58 * day);
    add_events(trainer, "too old", 50, 50, 58 * day - 1);
    trainer.add(ActionInteraction{"other", "SEEN", 100 * day});
    EXPECT_THAT(texts(*trainer.train(), {.count = 2}), ElementsAre("at the edge=0.500000", "other=0.000000"));
}

// Fidelity: documented | Of equally likely actions, the one with the greater VALUE comes first |
//   DG/native-recipe-next-best-action.html
TEST(Actions, GoByValueAndThenByIdWhereTheirScoresAreEqual) {
    ActionTrainer trainer;
    trainer.add(Action{"b", 1});
    trainer.add(Action{"c", 5});
    trainer.add(Action{"a", 1});
    trainer.add(Action{"none"});
    const auto model = trainer.train();
    EXPECT_THAT(texts(*model, {.count = 10}), ElementsAre("c=0.000000", "a=0.000000", "b=0.000000", "none=0.000000"));
    EXPECT_THAT(texts(*model, {.count = 1}), ElementsAre("c=0.000000"));
}

// Fidelity: documented | Expired actions, and those that the user took within REPEAT_FREQUENCY, are left out |
//   DG/native-recipe-next-best-action.html
TEST(Actions, AreLeftOutWhereTheyAreExpiredOrWereJustTaken) {
    const struct {
        const char* name;
        std::optional<std::int64_t> expires_at;
        std::optional<std::int64_t> repeat_days;
        std::optional<std::int64_t> last_taken;
        bool is_answered;
    } cases[] = {
        {"nothing is said", {}, {}, {}, true},
        {"it expires later", 100 * day + 1, {}, {}, true},
        {"it expires now", 100 * day, {}, {}, false},
        {"it was taken and may be repeated at once", {}, {}, 100 * day, true},
        {"it was never taken", {}, 7, {}, true},
        {"it was taken seven days ago", {}, 7, 93 * day, true},
        {"it was taken almost seven days ago", {}, 7, 93 * day + 1, false},
        {"it is to be repeated after ages", {}, std::numeric_limits<std::int64_t>::max(), 0, false},
    };
    for (const auto& each : cases) {
        ActionTrainer trainer;
        trainer.add(Action{"a", 1, each.expires_at, each.repeat_days});
        ActionQuery query{.now = 100 * day};
        if (each.last_taken) query.last_taken[0] = *each.last_taken;
        EXPECT_EQ(recommend_actions(*trainer.train(), query).size(), each.is_answered ? 1U : 0U) << each.name;
    }
}

TEST(Actions, PassTheFilter) {
    ActionTrainer trainer;
    trainer.add(Action{"a"});
    trainer.add(Action{"b"});
    ItemSet passing(2);
    passing.insert(1);
    EXPECT_THAT(texts(*trainer.train(), {.passing = &passing}), ElementsAre("b=0.000000"));
}

TEST(Actions, AreNoneWithoutRows) {
    EXPECT_THAT(texts(*ActionTrainer().train(), {}), IsEmpty());
}

TEST(Actions, DoNotDependOnTheOrderOfRows) {
    std::vector<ActionInteraction> events;
    const char* const actions[] = {"a", "b", "c"};
    for (int i = 0; i < 600; ++i) {
        events.push_back({actions[i % 3], i % 7 < 3 + i % 3 ? "Taken" : "NOT_TAKEN", i * day / 4});
    }
    std::vector<std::string> expected;
    for (std::uint32_t seed = 0; seed < 4; ++seed) {
        std::shuffle(events.begin(), events.end(), std::mt19937(seed));
        ActionTrainer trainer;
        for (const ActionInteraction& event : events) trainer.add(event);
        const auto answer = texts(*trainer.train(), {});
        if (seed == 0) expected = answer;
        EXPECT_EQ(answer, expected) << seed;
    }
}

}  // namespace
}  // namespace plocal::recommender
