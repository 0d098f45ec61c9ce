#include "storage/resource_walk.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/store.h"
#include "tests/unit/storage/layers.h"
#include "tests/unit/storage/records.h"

namespace plocal::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> names_of(const std::vector<Record>& records) {
    std::vector<std::string> names;
    for (const Record& each : records) names.push_back(each.name);
    return names;
}

class Walk : public testing::Test {
protected:
    void insert(Record record, std::optional<std::int64_t> stable_ms = std::nullopt) {
        if (stable_ms) record.stable.at = at_ms(*stable_ms);
        auto transaction = store_.begin();
        ASSERT_TRUE(store_.resources().insert(record, {}));
        transaction.commit();
    }

    Store store_{":memory:"};
    ResourceWalk& walk_ = store_.walk();
};

TEST_F(Walk, FindsWhatIsInTransitionInTheOrderOfItsEnd) {
    insert(job("late"), 3000);
    insert(job("stable"));
    insert(job("early"), 2000);
    insert(job("same"), 2000);
    insert(job("past"), 1000);
    insert(of(job("other"), {"222222222222", "us-east-1"}), 2000);
    EXPECT_THAT(names_of(walk_.in_transition(alice.account, {at_ms(1000), 1000}, 10)),
                ElementsAre("early", "same", "late"));
    const std::vector<Record> first = walk_.in_transition(alice.account, {at_ms(1000), 1000}, 1);
    ASSERT_THAT(names_of(first), ElementsAre("early"));
    EXPECT_THAT(names_of(walk_.in_transition(alice.account, {at_ms(2000), first[0].id}, 10)),
                ElementsAre("same", "late"));
    EXPECT_THAT(walk_.in_transition(alice.account, {at_ms(3000), 1000}, 10), IsEmpty());
}

TEST_F(Walk, ReadsAVisibleLayer) {
    auto transaction = store_.begin();
    const std::int64_t layer = store_.layers().add(alice.account, LayerUse::plain);
    for (const char* const name : {"a", "b", "c"}) ASSERT_TRUE(stage(store_, layer, job(name)));
    EXPECT_THAT(walk_.of_layer(layer, 0, 10), IsEmpty());
    store_.switch_layers({layer}, {});
    transaction.commit();
    insert(of(job("elsewhere"), {"222222222222", "us-east-1"}), 2000);
    const std::vector<Record> first = walk_.of_layer(layer, 0, 2);
    EXPECT_THAT(names_of(first), ElementsAre("a", "b"));
    EXPECT_THAT(names_of(walk_.of_layer(layer, first[1].id, 2)), ElementsAre("c"));
}

TEST_F(Walk, CountsChildrenByKind) {
    insert(under(job("child"), "arn:parent"));
    insert(under(job("other"), "arn:parent"));
    Record schema = under(job("schema"), "arn:parent");
    schema.kind = "schema";
    insert(schema);
    EXPECT_THAT(walk_.children("arn:parent"),
                ElementsAre(testing::Pair("batchInferenceJob", 2), testing::Pair("schema", 1)));
    EXPECT_THAT(walk_.children(job("child").arn), IsEmpty());
}

TEST_F(Walk, KnowsWhatExists) {
    insert(job("here"));
    EXPECT_TRUE(walk_.exists(job("here").arn));
    EXPECT_FALSE(walk_.exists(job("there").arn));
}

TEST_F(Walk, FindsTheRegionsOfAnAccount) {
    int number = 0;
    for (const char* const region : {"us-west-2", "eu-west-1", "us-west-2"}) {
        insert(of(job(std::to_string(++number)), {alice.account, region}));
    }
    insert(of(job("other"), {"222222222222", "ap-south-1"}));
    EXPECT_THAT(walk_.regions(alice.account, "batchInferenceJob"), ElementsAre("eu-west-1", "us-west-2"));
    EXPECT_THAT(walk_.regions(alice.account, "schema"), IsEmpty());
}

class Former : public Walk {
protected:
    FormerRecords& former() { return store_.resources().former(); }

    template <class Change>
    void commit(Change change) {
        auto transaction = store_.begin();
        change(store_.resources());
        transaction.commit();
    }
};

TEST_F(Former, RecordsAreNotKeptUntilThatIsAskedFor) {
    insert(job("a"));
    EXPECT_THAT(former().take(), IsEmpty());
}

TEST_F(Former, RecordsAreThoseBeforeTheFirstChange) {
    insert(job("a"));
    insert(under(job("child"), "arn:parent"));
    former().keep(true);
    commit([](ResourceRepository& resources) {
        Record record = *resources.find(job("a").arn);
        record.update = "{}";
        resources.save(record);
        record.update = R"({"x":1})";
        resources.save(record);
        resources.remove(record);
        resources.remove_children("arn:parent", "batchInferenceJob", 10);
        resources.insert(job("new"), {});
    });
    const std::vector<FormerRecord> records = former().take();
    ASSERT_EQ(records.size(), 3u);
    EXPECT_EQ(records[0].arn, job("a").arn);
    EXPECT_EQ(records[0].record->update, "");
    EXPECT_EQ(records[1].record->name, "child");
    EXPECT_EQ(records[2].arn, job("new").arn);
    EXPECT_FALSE(records[2].record);
    EXPECT_THAT(former().take(), IsEmpty());
    former().keep(false);
    insert(job("later"));
    EXPECT_THAT(former().take(), IsEmpty());
}

}  // namespace
}  // namespace plocal::storage
