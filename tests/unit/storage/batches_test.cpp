#include "storage/batches.h"

#include <limits>

#include <gmock/gmock.h>

#include "storage/sqlite/statement.h"
#include "tests/unit/storage/dataset_rows.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

/// The numbers of rows, interactions and batches in a file, seen or not.
std::vector<std::int64_t> stored(const std::string& path) {
    sqlite::Database database(path);
    sqlite::Statement row(database, R"(
        SELECT (SELECT COUNT(*) FROM data_row), (SELECT COUNT(*) FROM interaction), (SELECT COUNT(*) FROM row_batch))");
    row.step();
    return {row.integer(0), row.integer(1), row.integer(2)};
}

TEST_F(DatasetRows, OfABatchAppearAllAtOnce) {
    import(ImportMode::full, {{ "a", "1" }});
    RowSet set = store_.row_sets().find(owner("ITEMS").arn).value();
    RowBatch& batch = in_transaction([&]() -> std::reference_wrapper<RowBatch> {
        return store_.batches().begin(set, RowOrigin::bulk, at_ms(0), ImportMode::full);
    });
    for (const char* id : {"b", "c"}) {
        in_transaction([&] {
            add_all(batch, {{id, "2"}});
            return 0;
        });
        EXPECT_THAT(items(), ElementsAre(Pair("a", "1"))) << id;
    }
    EXPECT_TRUE(store_.batches().has_open_import(set.id));
    EXPECT_EQ(in_transaction([&] { return store_.batches().show(batch); }), 2);
    EXPECT_FALSE(store_.batches().has_open_import(set.id));
    EXPECT_THAT(items(), ElementsAre(Pair("b", "2"), Pair("c", "2")));
}

TEST_F(DatasetRows, OfADroppedBatchAreSweptAndNoOthers) {
    import(ImportMode::full, {{"a", "1"}, {"c", "1"}, { "e", "1" }});
    RowSet set = store_.row_sets().find(owner("ITEMS").arn).value();
    const auto begin = [&](const Rows& rows) {
        return in_transaction([&]() -> std::reference_wrapper<RowBatch> {
            RowBatch& batch = store_.batches().begin(set, RowOrigin::bulk, at_ms(0));
            add_all(batch, rows);
            return batch;
        });
    };
    store_.batches().drop(begin({{"a", "2"}, {"b", "2"}, {"f", "2"}}));
    RowBatch& kept = begin({{"a", "3"}, {"d", "3"}});
    EXPECT_TRUE(store_.layers().may_have_dropped());
    sweep_all();
    EXPECT_FALSE(store_.layers().may_have_dropped());
    EXPECT_THAT(items(), ElementsAre(Pair("a", "1"), Pair("c", "1"), Pair("e", "1")));
    in_transaction([&] { return store_.batches().show(kept); });
    EXPECT_THAT(items(), ElementsAre(Pair("a", "3"), Pair("c", "1"), Pair("d", "3"), Pair("e", "1")));
    EXPECT_THAT(counted(), Pair(4, 4));
}

TEST_F(DatasetRows, TellAtWhichRevisionTheyChangedLast) {
    import(ImportMode::full, {{ "a", "1" }});
    const std::int64_t set = store_.row_sets().find(owner("ITEMS").arn)->id;
    const auto last_change = [&](std::int64_t revision) {
        return store_.batches().last_change({set, revision, false});
    };
    constexpr std::int64_t latest = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(last_change(latest), 1);
    EXPECT_EQ(put({{"b", "1"}}), 2);
    EXPECT_EQ(last_change(latest), 2);
    EXPECT_EQ(last_change(1), 1);
    in_transaction([&] {  // raises the revision of the group alone
        RowBatch& other = store_.batches().begin(store_.row_sets().writable(owner("USERS")), RowOrigin::put, at_ms(0));
        return store_.batches().show(other);
    });
    EXPECT_EQ(last_change(3), 2);
    EXPECT_EQ(import(ImportMode::full, {}), 4);
    EXPECT_EQ(last_change(latest), 4);
    EXPECT_EQ(last_change(3), 2);
}

TEST_F(DatasetRows, AreShownByALevelOrAreNot) {
    const std::int64_t first = import(ImportMode::full, {{"a", "1"}});
    const RowSet set = store_.row_sets().find(owner("ITEMS").arn).value();
    const RowLevel now{set.id, std::numeric_limits<std::int64_t>::max(), false};
    const RowLevel without_bulk{set.id, now.revision, true};
    EXPECT_TRUE(store_.batches().shows_rows(now));
    EXPECT_FALSE(store_.batches().shows_rows(without_bulk));
    EXPECT_FALSE(store_.batches().shows_rows({set.id, first - 1, false})) << "before the first one";
    put({{"b", "2"}});
    EXPECT_TRUE(store_.batches().shows_rows(without_bulk));
}

TEST_F(DatasetRows, OfACopyThatAddsNothingNeverChanged) {
    const std::int64_t layer = stage(LayerUse::restorable, owner("ITEMS"), {{"a", "1"}});
    switch_layers({layer}, {});
    const RowSet copy = in_transaction([&] { return store_.row_sets().writable(owner("ITEMS")); });
    const RowView view = store_.row_sets().view(copy);
    ASSERT_EQ(view.levels.size(), 2U);
    EXPECT_EQ(store_.batches().last_change(view.levels[0]), 0);
    EXPECT_EQ(store_.batches().last_change(view.levels[1]), 1);
}

TEST_F(DatasetRows, OfAnUnfinishedBatchAreRemovedByTheNextProcess) {
    const TemporaryFolder folder;
    const std::string path = folder.file("x.db");
    {
        Store store(path);
        sqlite::Transaction transaction = store.begin();
        const RowSet set = store.row_sets().writable(owner("ITEMS"));
        RowBatch& shown = store.batches().begin(set, RowOrigin::put, at_ms(0));
        store.rows().add(shown, "a", "{}");
        store.batches().show(shown);
        RowBatch& open = store.batches().begin(set, RowOrigin::bulk, at_ms(0));
        for (const char* id : {"a", "b", "c"}) store.rows().add(open, id, "{}");
        for (const std::int64_t time : {1, 2, 2}) {
            store.interactions().add(open, {.user_id = "u", .item_id = "a", .time_s = time});
        }
        transaction.commit();
    }
    EXPECT_THAT(stored(path), ElementsAre(4, 3, 2));
    {
        Store store(path);
        EXPECT_TRUE(store.layers().may_have_dropped());
        sqlite::Transaction transaction = store.begin();
        while (store.layers().sweep(1)) continue;
        transaction.commit();
        EXPECT_EQ(store.visible_rows().counts()["ITEMS"], 1);
    }
    EXPECT_THAT(stored(path), ElementsAre(1, 0, 1));
}

TEST_F(DatasetRows, OfADroppedDatasetAreSwept) {
    import(ImportMode::full, {{"a", "1"}, {"b", "1"}, { "c", "1" }});
    in_transaction([&] {
        store_.row_sets().drop(owner("ITEMS").arn, owner("ITEMS").account);
        return 0;
    });
    EXPECT_THAT(items(), IsEmpty());
    EXPECT_THAT(store_.visible_rows().counts(), IsEmpty());
    sweep_all();
    EXPECT_FALSE(store_.layers().may_have_dropped());
    EXPECT_EQ(import(ImportMode::full, {{"d", "2"}}), 2) << "the revision of a group never falls";
    EXPECT_THAT(items(), ElementsAre(Pair("d", "2")));
}

TEST_F(DatasetRows, OfABatchWhoseOwnerIsGoneAreSwept) {
    auto import_owner = std::make_shared<const int>(1);
    const RowSet set = in_transaction([&] {
        const RowSet items_set = store_.row_sets().writable(owner("ITEMS"));
        add_all(store_.batches().begin(items_set, RowOrigin::bulk, at_ms(0), ImportMode::full, import_owner),
                {{"a", "{}"}});
        return items_set;
    });
    EXPECT_TRUE(store_.batches().has_open_import(set.id));
    sweep_all();
    import_owner.reset();
    EXPECT_FALSE(store_.batches().has_open_import(set.id));
    EXPECT_TRUE(store_.layers().may_have_dropped());
    sweep_all();
    EXPECT_FALSE(store_.layers().may_have_dropped());
    EXPECT_THAT(items(), IsEmpty());
}

TEST_F(DatasetRows, ThatWereReplacedAreKeptForAReader) {
    const std::int64_t revision = import(ImportMode::full, {{"a", "{}"}});
    auto reader = store_.hold_rows();
    const auto other_reader = store_.hold_rows();
    import(ImportMode::full, {{ "b", "{}" }});
    reader.reset();
    EXPECT_FALSE(store_.layers().may_have_dropped()) << "there is nothing to do yet";
    sweep_all();
    EXPECT_THAT(items_at(revision), ElementsAre(Pair("a", "{}")));
}

TEST_F(DatasetRows, ThatWereReplacedAreSweptOnceNobodyReadsThem) {
    const std::int64_t revision = import(ImportMode::full, {{"a", "{}"}});
    auto reader = store_.hold_rows();
    import(ImportMode::full, {{ "b", "{}" }});
    reader.reset();
    EXPECT_TRUE(store_.layers().may_have_dropped());
    sweep_all();
    EXPECT_THAT(items_at(revision), IsEmpty());
}

}  // namespace
}  // namespace plocal::storage
