#include "storage/trainings.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "storage/sqlite/statement.h"
#include "tests/unit/storage/dataset_rows.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

constexpr const char* copying = "222222222222";

class KnownBatches : public DatasetRows {
protected:
    static TrainedResource version(const std::string& name = "v") {
        return {"arn:aws:personalize:us-east-1:111111111111:solution/s/" + name, owner("ITEMS").dataset_group,
                owner("ITEMS").account};
    }

    void train(std::int64_t revision, const std::string& name = "v") {
        in_transaction([&] {
            store_.trainings().put(version(name), {revision, at_ms(0)});
            return 0;
        });
    }

    void replace(const std::string& id, std::int64_t ms = 0) {
        in_transaction([&] {
            return add(store_.row_sets().writable(owner("ITEMS")), RowOrigin::bulk, {{id, "{}"}}, ImportMode::full, ms);
        });
    }

    /// The revisions of the batches that are left.
    std::vector<std::int64_t> left() {
        sweep_all(2);
        EXPECT_FALSE(store_.layers().may_have_dropped());
        std::vector<std::int64_t> revisions;
        for (const ListedBatch& each : store_.batches().list(*store_.row_sets().find(owner("ITEMS").arn))) {
            revisions.push_back(each.shown.revision);
        }
        return revisions;
    }
};

TEST_F(KnownBatches, AreKeptWhileATrainingKnowsThem) {
    replace("a");
    train(1);
    replace("b");
    replace("c");
    put({{"p", "{}"}});
    EXPECT_THAT(left(), ElementsAre(1, 3, 4)) << "no training knows the second";
    EXPECT_THAT(items_at(1), ElementsAre(Pair("a", "{}")));
    EXPECT_THAT(items(), ElementsAre(Pair("c", "{}"), Pair("p", "{}")));
    EXPECT_THAT(counted(), Pair(2, 2));
    train(3);
    replace("d");
    EXPECT_THAT(left(), ElementsAre(3, 4, 5)) << "the training has moved on";
    in_transaction([&] {
        store_.trainings().remove(version().arn);
        return 0;
    });
    EXPECT_THAT(left(), ElementsAre(4, 5));
}

TEST_F(KnownBatches, AreKeptForATrainingThatTheClockBegins) {
    replace("a", 10);
    replace("b", 20);
    in_transaction([&] {
        store_.trainings().expect(version(), at_ms(25));
        return 0;
    });
    EXPECT_FALSE(store_.trainings().find(version().arn));
    EXPECT_THAT(left(), ElementsAre(2));
    replace("c", 30);
    replace("d", 40);
    EXPECT_THAT(left(), ElementsAre(2, 4));
    EXPECT_EQ(store_.row_sets().revision_before(owner("ITEMS").dataset_group, at_ms(25)), 2);
    in_transaction([&] {
        store_.trainings().expect_none(version().arn);
        return 0;
    });
    EXPECT_THAT(left(), ElementsAre(4));
}

TEST_F(KnownBatches, AreKeptForACopy) {
    replace("a");
    in_transaction([&] {
        const std::int64_t layer = store_.layers().add(copying, LayerUse::plain);
        store_.row_sets().add(owner("ITEMS", copying), layer, store_.row_sets().find(owner("ITEMS").arn));
        store_.switch_layers({layer}, {});
        return layer;
    });
    replace("b");
    replace("c");
    EXPECT_THAT(left(), ElementsAre(1, 3));
    EXPECT_THAT(items(copying), ElementsAre(Pair("a", "{}")));
}

TEST_F(KnownBatches, OfInteractionsArePurgedToo) {
    const auto replace_views = [&](std::int64_t time) {
        in_transaction([&] {
            const RowSet set = store_.row_sets().writable(owner("INTERACTIONS"));
            RowBatch& batch = store_.batches().begin(set, RowOrigin::bulk, at_ms(0), ImportMode::full);
            for (const char* const user : {"u", "v", "w"}) {
                store_.interactions().add(batch, {.user_id = user, .item_id = "a", .time_s = time});
            }
            return store_.batches().show(batch);
        });
    };
    replace_views(1);
    replace_views(2);
    sweep_all();
    const RowView view = store_.row_sets().view(*store_.row_sets().find(owner("INTERACTIONS").arn), 1);
    EXPECT_EQ(store_.interactions().oldest_first(view, {}, {}, 10, [](const auto&, const auto&) { return true; }), 0U);
    EXPECT_EQ(store_.batches().list(*store_.row_sets().find(owner("INTERACTIONS").arn)).size(), 1U);
}

TEST_F(KnownBatches, DoNotLetTheFileGrow) {
    const TemporaryFolder folder;
    const std::string path = folder.file("x.db");
    const auto pages = [&path] {
        sqlite::Database database(path);
        sqlite::Statement row(database, "PRAGMA page_count");
        row.step();
        return row.integer(0);
    };
    const auto import_often = [&path](int times) {
        Store store(path);
        for (int i = 0; i < times; ++i) {
            sqlite::Transaction transaction = store.begin();
            const RowSet set = store.row_sets().writable(owner("ITEMS"));
            RowBatch& batch = store.batches().begin(set, RowOrigin::bulk, at_ms(0), ImportMode::full);
            for (int row = 0; row < 100; ++row) store.rows().add(batch, std::to_string(row), "{}");
            store.batches().show(batch);
            if (i % 10 == 0) {
                while (store.layers().sweep(50)) continue;
            }
            transaction.commit();
        }
    };
    import_often(30);
    const std::int64_t before = pages();
    import_often(970);
    EXPECT_LE(pages(), before + before / 10);
}

TEST_F(KnownBatches, AreLookedForByTheNextProcess) {
    const TemporaryFolder folder;
    const std::string path = folder.file("x.db");
    const auto import_into = [](Store& store) {
        sqlite::Transaction transaction = store.begin();
        const RowSet set = store.row_sets().writable(owner("ITEMS"));
        store.batches().show(store.batches().begin(set, RowOrigin::bulk, at_ms(0), ImportMode::full));
        transaction.commit();
    };
    {
        Store store(path);
        import_into(store);
        import_into(store);
    }
    Store store(path);
    EXPECT_TRUE(store.layers().may_have_dropped());
    sqlite::Transaction transaction = store.begin();
    while (store.layers().sweep(1)) continue;
    transaction.commit();
    EXPECT_EQ(store.batches().list(*store.row_sets().find(owner("ITEMS").arn)).size(), 1U);
}

TEST_F(KnownBatches, OfAGroupThatHasSomeGetLaterRevisionsWithTheirTrainings) {
    put({{"a", "1"}});
    put({{"a", "2"}});
    const std::int64_t layer = stage(LayerUse::plain, owner("USERS"), {{"u", "{}"}});
    in_transaction([&] {
        store_.trainings().stage(layer, version("knowing"), {1, at_ms(0)});
        store_.trainings().stage(layer, version("empty"), {0, at_ms(0)});
        return 0;
    });
    EXPECT_FALSE(store_.trainings().find(version("knowing").arn));
    switch_layers({layer}, {});
    EXPECT_EQ(store_.trainings().find(version("knowing").arn)->revision, 3);
    EXPECT_EQ(store_.trainings().find(version("empty").arn)->revision, 0);
}

}  // namespace
}  // namespace plocal::storage
