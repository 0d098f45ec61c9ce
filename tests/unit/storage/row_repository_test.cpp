#include "storage/row_repository.h"

#include <gmock/gmock.h>

#include "tests/unit/storage/dataset_rows.h"

namespace plocal::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TEST_F(DatasetRows, AreReadInOrderOfTheBytesOfTheirIds) {
    put({{"b", "{}"}, {"B", "{}"}, {"10", "{}"}, {"9", "{}"}, {"\xc3\xa4", "{}"}});
    EXPECT_THAT(items(), ElementsAre(Pair("10", "{}"), Pair("9", "{}"), Pair("B", "{}"), Pair("b", "{}"),
                                     Pair("\xc3\xa4", "{}")));
}

TEST_F(DatasetRows, AreReadPageByPage) {
    put({{"a", "1"}, {"b", "2"}, {"c", "3"}});
    put({{"b", "4"}});
    const RowView view = store_.row_sets().view(store_.row_sets().find(owner("ITEMS").arn).value());
    EXPECT_THAT(store_.rows().page(view, "", 2), ElementsAre(DataRow{"a", "1"}, DataRow{"b", "4"}));
    EXPECT_THAT(store_.rows().page(view, "b", 2), ElementsAre(DataRow{"c", "3"}));
    EXPECT_THAT(store_.rows().page(view, "c", 2), IsEmpty());
    EXPECT_EQ(store_.rows().find(view, "b"), "4");
    EXPECT_EQ(store_.rows().find(view, "d"), std::nullopt);
}

TEST_F(DatasetRows, AreReadFromEachBatch) {
    import(ImportMode::full, {{"a", "1"}, { "b", "1" }});
    put({{"b", "2"}});
    put({{"b", "3"}, {"c", "3"}});
    const RowView view = store_.row_sets().view(store_.row_sets().find(owner("ITEMS").arn).value());
    Rows read;
    RowRepository::Version last;
    const auto note = [&](std::string_view id, std::string_view cells, std::int64_t batch) {
        read.emplace_back(id, cells);
        last = {std::string(id), batch};
    };
    EXPECT_EQ(store_.rows().scan_versions(view, {}, 3, note), 3U);
    EXPECT_EQ(store_.rows().scan_versions(view, last, 3, note), 2U);
    EXPECT_THAT(read, ElementsAre(Pair("a", "1"), Pair("b", "1"), Pair("b", "2"), Pair("b", "3"), Pair("c", "3")));
}

TEST_F(DatasetRows, AreReplacedById) {
    EXPECT_EQ(import(ImportMode::full, {{"a", "1"}, {"b", "1"}}), 1);
    EXPECT_EQ(import(ImportMode::incremental, {{"b", "2"}, {"c", "2"}}), 2);
    EXPECT_EQ(put({{"c", "3"}, {"d", "3"}}), 3);
    EXPECT_THAT(items(), ElementsAre(Pair("a", "1"), Pair("b", "2"), Pair("c", "3"), Pair("d", "3")));
    EXPECT_THAT(counted(), Pair(4, 4));
}

TEST_F(DatasetRows, StayReadableAtTheirRevision) {
    import(ImportMode::full, {{"a", "1"}, { "b", "1" }});
    put({{"b", "2"}});
    import(ImportMode::full, {{ "c", "3" }});
    EXPECT_THAT(items_at(0), IsEmpty());
    EXPECT_THAT(items_at(1), ElementsAre(Pair("a", "1"), Pair("b", "1")));
    EXPECT_THAT(items_at(2), ElementsAre(Pair("a", "1"), Pair("b", "2")));
    EXPECT_THAT(items_at(3), ElementsAre(Pair("b", "2"), Pair("c", "3")));
}

TEST_F(DatasetRows, ThatWerePutOutliveAFullImport) {
    import(ImportMode::full, {{"a", "1"}, { "b", "1" }});
    put({{"b", "2"}, {"c", "2"}});
    import(ImportMode::full, {{"c", "3"}, { "d", "3" }});
    EXPECT_THAT(items(), ElementsAre(Pair("b", "2"), Pair("c", "3"), Pair("d", "3")));
    EXPECT_THAT(counted(), Pair(3, 3));
    import(ImportMode::full, {{ "e", "4" }});
    EXPECT_THAT(items(), ElementsAre(Pair("b", "2"), Pair("c", "2"), Pair("e", "4")));
    EXPECT_THAT(counted(), Pair(3, 3));
}

TEST_F(DatasetRows, OfOneIdInABatchAreReplacedByTheLast) {
    import(ImportMode::full, {{"a", "1"}, { "a", "2" }});
    EXPECT_THAT(items(), ElementsAre(Pair("a", "2")));
    EXPECT_THAT(counted(), Pair(1, 1));
}

TEST_F(DatasetRows, ThatAreNotSeenYetLeaveTheOldOnesInPlace) {
    import(ImportMode::full, {{ "a", "1" }});
    put({{"a", "2"}}, 100);
    put({{"a", "3"}, {"b", "3"}}, 200);
    RowView view = store_.row_sets().view(store_.row_sets().find(owner("ITEMS").arn).value());
    const auto at = [&](std::int64_t ms) {
        view.last_put_ms = ms;
        return seen(view);
    };
    EXPECT_THAT(at(99), ElementsAre(Pair("a", "1")));
    EXPECT_THAT(at(100), ElementsAre(Pair("a", "2")));
    EXPECT_THAT(at(200), ElementsAre(Pair("a", "3"), Pair("b", "3")));
}

/// What an import finds beside it, for each mode, counted before and after.
TEST_F(DatasetRows, AreCountedWhateverIsPutDuringAnImport) {
    for (const ImportMode mode : {ImportMode::full, ImportMode::incremental}) {
        import(ImportMode::full, {{"old", "1"}, { "both", "1" }});
        put({{"put", "1"}, {"both", "1"}});
        RowBatch& batch = in_transaction([&]() -> std::reference_wrapper<RowBatch> {
            const RowSet set = store_.row_sets().writable(owner("ITEMS"));
            RowBatch& begun = store_.batches().begin(set, RowOrigin::bulk, at_ms(0), mode);
            add_all(begun, {{"old", "2"}, {"both", "2"}, {"put", "2"}, {"new", "2"}, {"late", "2"}});
            return begun;
        });
        put({{"late", "3"}, {"old", "3"}, {"next", "3"}, {"apart", "3"}});
        put({{"late", "4"}});
        in_transaction([&] {
            add_all(batch, {{"next", "5"}, {"late", "5"}});
            return store_.batches().show(batch);
        });
        EXPECT_THAT(items(), ElementsAre(Pair("apart", "3"), Pair("both", "2"), Pair("late", "5"), Pair("new", "2"),
                                         Pair("next", "5"), Pair("old", "2"), Pair("put", "2")));
        EXPECT_THAT(counted(), Pair(7, 7));
        in_transaction([&] {
            store_.row_sets().drop(owner("ITEMS").arn, owner("ITEMS").account);
            return 0;
        });
    }
}

}  // namespace
}  // namespace plocal::storage
