#include "server/service/recommender/segment.h"

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plocal::recommender {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Events = std::vector<std::pair<std::string, std::string>>;  // user, item

std::shared_ptr<const SegmentModel> segment_model(const Events& events, const std::vector<std::string>& items = {}) {
    SegmentTrainer trainer;
    for (const std::string& item : items) trainer.add_item(item);
    for (const auto& [user, item] : events) trainer.add_interaction(user, item);
    return trainer.train();
}

std::vector<std::string> ids_of(const SegmentModel& model, const std::vector<std::uint32_t>& users) {
    std::vector<std::string> ids;
    for (const std::uint32_t user : users) ids.emplace_back(model.users[user]);
    return ids;
}

std::vector<std::string> fans_of(const SegmentModel& model, std::string_view item, std::size_t count = 25) {
    return ids_of(model, best_users(item_affinities(model, model.items.find(item).value()), nullptr, count));
}

/// ann, bob and cid like space, dan and eve like love; fay has one of each.
Events two_tastes() {
    return {{"ann", "star"}, {"ann", "moon"}, {"ann", "mars"}, {"bob", "star"}, {"bob", "moon"},
            {"cid", "moon"}, {"cid", "mars"}, {"dan", "kiss"}, {"dan", "rose"}, {"eve", "kiss"},
            {"eve", "rose"}, {"fay", "moon"}, {"fay", "kiss"}};
}

TEST(Segment, BeginsWithTheUsersOfTheItemAndOfWhatGoesWithIt) {
    const auto model = segment_model(two_tastes());
    EXPECT_THAT(fans_of(*model, "star"), ElementsAre("ann", "bob", "cid", "fay", "dan", "eve"));
    EXPECT_THAT(fans_of(*model, "rose"), ElementsAre("dan", "eve", "fay", "ann", "bob", "cid"));
    EXPECT_THAT(fans_of(*model, "star", 2), ElementsAre("ann", "bob"));
}

TEST(Segment, HasAllUsersByIdForAnItemWithoutInteractions) {
    const auto model = segment_model({{"b", "i"}, {"a", "i"}, {"B", "i"}}, {"new"});
    EXPECT_THAT(fans_of(*model, "new"), ElementsAre("B", "a", "b"));
}

TEST(Segment, OrdersUsersByTheirInteractionsWithItemsOfAnAttribute) {
    const auto model =
        segment_model({{"ann", "x"}, {"bob", "x"}, {"bob", "x"}, {"cid", "y"}, {"cid", "x"}, {"dan", "z"}});
    ItemSet items(model->items.size());
    items.insert(model->items.find("x").value());
    items.insert(model->items.find("y").value());
    EXPECT_THAT(ids_of(*model, best_users(attribute_affinities(*model, items), nullptr, 9)),
                ElementsAre("bob", "cid", "ann", "dan"));
}

TEST(Segment, HasOnlyUsersThatPass) {
    const auto model = segment_model(two_tastes());
    ItemSet passing(model->users.size());
    for (const char* const user : {"eve", "cid"}) passing.insert(model->users.find(user).value());
    const auto affinities = item_affinities(*model, model->items.find("star").value());
    EXPECT_THAT(ids_of(*model, best_users(affinities, &passing, 9)), ElementsAre("cid", "eve"));
    EXPECT_THAT(best_users(affinities, &passing, 0), IsEmpty());
}

TEST(Segment, IsEmptyWithoutUsers) {
    const auto model = segment_model({}, {"lone"});
    EXPECT_THAT(fans_of(*model, "lone"), IsEmpty());
}

TEST(Segment, DependsOnTheRowsAndNotOnTheirOrder) {
    std::mt19937_64 random(7);
    Events events;
    for (int i = 0; i < 400; ++i) {
        events.emplace_back("u" + std::to_string(random() % 40), "i" + std::to_string(random() % 20));
    }
    const auto model = segment_model(events);
    std::ranges::shuffle(events, random);
    const auto other = segment_model(events);
    for (std::uint32_t item = 0; item < model->items.size(); ++item) {
        EXPECT_EQ(item_affinities(*model, item), item_affinities(*other, item)) << model->items[item];
    }
}

TEST(Segment, CountsEachInteraction) {
    EXPECT_EQ(segment_model({{"a", "x"}, {"a", "x"}, {"b", "y"}})->interactions, 3u);
    EXPECT_GT(segment_model(two_tastes())->memory_bytes(), sizeof(SegmentModel));
}

}  // namespace
}  // namespace plocal::recommender
