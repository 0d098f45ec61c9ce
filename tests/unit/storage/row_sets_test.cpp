#include "storage/row_sets.h"

#include <limits>

#include <gmock/gmock.h>

#include "tests/unit/storage/dataset_rows.h"

namespace plocal::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

constexpr const char* bob = "222222222222";

TEST_F(DatasetRows, OfALayerAppearWithIt) {
    const std::int64_t layer = stage(LayerUse::plain, owner("ITEMS"), {{"a", "1"}});
    EXPECT_THAT(items(), IsEmpty());
    EXPECT_THAT(store_.visible_rows().counts(), IsEmpty());
    EXPECT_EQ(store_.row_sets().revision(owner("ITEMS").dataset_group), 0);
    switch_layers({layer}, {});
    EXPECT_THAT(items(), ElementsAre(Pair("a", "1")));
    EXPECT_THAT(counted(), Pair(1, 1));
    EXPECT_EQ(store_.row_sets().revision(owner("ITEMS").dataset_group), 1);
    switch_layers({}, {layer});
    EXPECT_THAT(items(), IsEmpty());
    sweep_all();
    EXPECT_FALSE(store_.layers().may_have_dropped());
}

TEST_F(DatasetRows, OfARestorableLayerComeBackAsTheyWere) {
    const std::int64_t layer = stage(LayerUse::restorable, owner("ITEMS"), {{"a", "1"}, {"b", "1"}});
    switch_layers({layer}, {});
    for (int round = 0; round < 3; ++round) {
        EXPECT_EQ(put({{"b", "2"}, {"c", "2"}}), 2) << round;
        EXPECT_THAT(items(), ElementsAre(Pair("a", "1"), Pair("b", "2"), Pair("c", "2"))) << round;
        EXPECT_THAT(items_at(1), ElementsAre(Pair("a", "1"), Pair("b", "1"))) << round;
        EXPECT_THAT(counted(), Pair(3, 3)) << round;
        EXPECT_EQ(import(ImportMode::full, {{"d", "3"}}), 3) << round;
        EXPECT_THAT(items(), ElementsAre(Pair("b", "2"), Pair("c", "2"), Pair("d", "3"))) << round;
        EXPECT_THAT(items_at(2), ElementsAre(Pair("a", "1"), Pair("b", "2"), Pair("c", "2"))) << round;
        EXPECT_THAT(counted(), Pair(3, 3)) << round;
        std::vector<std::int64_t> others;
        for (const Layer& live : store_.layers().live()) {
            if (live.id != layer) others.push_back(live.id);
        }
        switch_layers({}, others);
        if (round == 1) sweep_all();
        EXPECT_THAT(items(), ElementsAre(Pair("a", "1"), Pair("b", "1"))) << round;
        EXPECT_EQ(store_.row_sets().revision(owner("ITEMS").dataset_group), 1) << round;
    }
}

TEST_F(DatasetRows, OfARestorableLayerAreCoveredWhereTheDatasetIsDropped) {
    const std::int64_t layer = stage(LayerUse::restorable, owner("ITEMS"), {{"a", "1"}});
    switch_layers({layer}, {});
    put({{"b", "2"}});
    in_transaction([&] {
        store_.row_sets().drop(owner("ITEMS").arn, owner("ITEMS").account);
        return 0;
    });
    EXPECT_THAT(items(), IsEmpty());
    EXPECT_THAT(counted(), Pair(0, 0));
    put({{"c", "3"}});
    EXPECT_THAT(items(), ElementsAre(Pair("c", "3")));
}

TEST_F(DatasetRows, OfACopyAreSharedUntilEitherSideWrites) {
    put({{"a", "1"}});
    import(ImportMode::full, {{"b", "2"}, { "c", "2" }});
    in_transaction([&] {
        const std::int64_t layer = store_.layers().add(bob, LayerUse::plain);
        store_.row_sets().add(owner("ITEMS", bob), layer, store_.row_sets().find(owner("ITEMS").arn));
        store_.switch_layers({layer}, {});
        return 0;
    });
    EXPECT_EQ(items(bob), items());
    EXPECT_EQ(store_.row_sets().revision(owner("ITEMS", bob).dataset_group), 2);
    EXPECT_EQ(store_.visible_rows().counts()["ITEMS"], 6);
    put({{"c", "mine"}});
    EXPECT_THAT(items(bob), ElementsAre(Pair("a", "1"), Pair("b", "2"), Pair("c", "2")));
    in_transaction([&] {
        const RowSet copy = store_.row_sets().writable(owner("ITEMS", bob));
        EXPECT_EQ(add(copy, RowOrigin::bulk, {{"a", "bob's"}, {"d", "bob's"}}, ImportMode::full), 3);
        return 0;
    });
    EXPECT_THAT(items(bob), ElementsAre(Pair("a", "bob's"), Pair("d", "bob's")));
    EXPECT_THAT(items(), ElementsAre(Pair("a", "1"), Pair("b", "2"), Pair("c", "mine")));
    EXPECT_EQ(store_.visible_rows().counts()["ITEMS"], 5);
    EXPECT_EQ(store_.visible_rows().counts(bob)["ITEMS"], 2);
    EXPECT_THAT(store_.visible_rows().counts("333333333333"), IsEmpty());
}

TEST_F(DatasetRows, OfACopyOutliveTheirOriginal) {
    const std::int64_t original = stage(LayerUse::restorable, owner("ITEMS"), {{"a", "1"}, {"b", "1"}});
    const std::int64_t copy = in_transaction([&] {
        const std::int64_t layer = store_.layers().add(bob, LayerUse::restorable);
        const RowSet base = store_.row_sets().find_in(original, owner("ITEMS").arn).value();
        store_.row_sets().add(owner("ITEMS", bob), layer, base);
        return layer;
    });
    switch_layers({original, copy}, {});
    switch_layers({}, {original});
    sweep_all();
    EXPECT_THAT(items(), IsEmpty());
    EXPECT_THAT(items(bob), ElementsAre(Pair("a", "1"), Pair("b", "1")));
    switch_layers({}, {copy});
    sweep_all();
    EXPECT_FALSE(store_.layers().may_have_dropped());
    const std::int64_t next = stage(LayerUse::plain, owner("ITEMS", bob), {{"c", "2"}});
    switch_layers({next}, {});
    EXPECT_THAT(items(bob), ElementsAre(Pair("c", "2")));
}

TEST_F(DatasetRows, OfATransactionThatWasRolledBackNeverWere) {
    const RowSetOwner films = owner("ITEMS");
    {
        const sqlite::Transaction transaction = store_.begin();
        add(store_.row_sets().writable(films), RowOrigin::put, {{"a", "1"}});
        EXPECT_TRUE(store_.row_sets().find(films.arn));
        EXPECT_EQ(store_.row_sets().revision(films.dataset_group), 1);
    }
    EXPECT_FALSE(store_.row_sets().find(films.arn));
    EXPECT_EQ(store_.row_sets().revision(films.dataset_group), 0);
    EXPECT_EQ(put({{"a", "2"}}), 1);
    const RowLevel level{store_.row_sets().find(films.arn)->id, std::numeric_limits<std::int64_t>::max(), false};
    {
        const sqlite::Transaction transaction = store_.begin();
        EXPECT_EQ(add(store_.row_sets().writable(films), RowOrigin::put, {{"b", "1"}}), 2);
        EXPECT_EQ(store_.batches().last_change(level), 2);
    }
    EXPECT_EQ(store_.batches().last_change(level), 1);
    EXPECT_EQ(counted(), std::pair(std::int64_t{1}, std::size_t{1}));
}

TEST_F(DatasetRows, OfAGroupThatHasSomeGetLaterRevisions) {
    put({{"a", "1"}});
    put({{"a", "2"}});
    const RowSetOwner users = owner("USERS");
    const std::int64_t layer = stage(LayerUse::plain, users, {{"u", "{}"}});
    put({{"a", "3"}});
    switch_layers({layer}, {});
    EXPECT_EQ(store_.row_sets().revision(users.dataset_group), 4);
    const RowSet set = store_.row_sets().find(users.arn).value();
    EXPECT_THAT(seen(store_.row_sets().view(set, 3)), IsEmpty());
    EXPECT_THAT(seen(store_.row_sets().view(set, 4)), ElementsAre(Pair("u", "{}")));
    EXPECT_THAT(store_.visible_rows().counts(), ElementsAre(Pair("ITEMS", 1), Pair("USERS", 1)));
}

}  // namespace
}  // namespace plocal::storage
