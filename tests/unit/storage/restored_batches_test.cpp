// Batches as they are listed, and shown again elsewhere.
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include <gmock/gmock.h>

#include "tests/unit/storage/dataset_rows.h"

namespace plocal::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

constexpr const char* copy_owner = "222222222222";

class RestoredBatches : public DatasetRows {
protected:
    using Note = std::tuple<std::int64_t, std::optional<std::int64_t>, std::string>;

    std::vector<Note> listed(const std::string& account = "111111111111") {
        std::vector<Note> notes;
        for (const ListedBatch& batch : store_.batches().list(*store_.row_sets().find(owner("ITEMS", account).arn))) {
            notes.emplace_back(batch.shown.revision, batch.shown.until, name_of(batch.shown.origin));
        }
        return notes;
    }

    Rows rows_of(std::int64_t batch) {
        Rows rows;
        std::string last;
        const auto take = [&](std::string_view id, std::string_view cells) {
            rows.emplace_back(id, cells);
            last = id;
        };
        while (store_.rows().scan_batch(batch, last, 1, take) > 0) continue;
        return rows;
    }

    /// Stages the items of a dataset for another account, batch by batch.
    void copy_to(const std::string& account) {
        in_transaction([&] {
            const std::int64_t layer = store_.layers().add(account, LayerUse::plain);
            const RowSet set = store_.row_sets().add(owner("ITEMS", account), layer, std::nullopt);
            for (const ListedBatch& each : store_.batches().list(*store_.row_sets().find(owner("ITEMS").arn))) {
                RowBatch& batch = store_.batches().begin(set, each.shown.origin, each.shown.at);
                add_all(batch, rows_of(each.id));
                store_.batches().restore(batch, each.shown);
            }
            store_.switch_layers({layer}, {});
            return 0;
        });
    }
};

TEST_F(RestoredBatches, AreListedByRevisionWithWhatReplacedThem) {
    import(ImportMode::full, {{ "a", "1" }});
    put({{"b", "2"}}, 7);
    import(ImportMode::incremental, {{ "c", "3" }});
    import(ImportMode::full, {{ "d", "4" }});
    EXPECT_THAT(listed(), ElementsAre(Note(1, 4, "bulk"), Note(2, std::nullopt, "put"), Note(3, 4, "bulk"),
                                      Note(4, std::nullopt, "bulk")));
    const std::vector<ListedBatch> all = store_.batches().list(*store_.row_sets().find(owner("ITEMS").arn));
    EXPECT_THAT(rows_of(all[1].id), ElementsAre(Pair("b", "2")));
    EXPECT_EQ(all[1].shown.at, at_ms(7));
}

TEST_F(RestoredBatches, OfABaseAreThoseThatItsChangesShow) {
    const std::int64_t layer = stage(LayerUse::restorable, owner("ITEMS"), {{"a", "1"}});
    switch_layers({layer}, {});
    put({{"b", "2"}});
    EXPECT_THAT(listed(), ElementsAre(Note(1, std::nullopt, "bulk"), Note(2, std::nullopt, "put")));
    import(ImportMode::full, {{ "c", "3" }});
    EXPECT_THAT(listed(), ElementsAre(Note(1, 3, "bulk"), Note(2, std::nullopt, "put"), Note(3, std::nullopt, "bulk")));
}

TEST_F(RestoredBatches, OfACopyDoNotFollowWhatItsOriginalDoesLater) {
    import(ImportMode::full, {{ "a", "1" }});
    in_transaction([&] {
        const std::int64_t layer = store_.layers().add(copy_owner, LayerUse::plain);
        store_.row_sets().add(owner("ITEMS", copy_owner), layer, store_.row_sets().find(owner("ITEMS").arn));
        store_.switch_layers({layer}, {});
        return 0;
    });
    import(ImportMode::full, {{ "b", "2" }});
    EXPECT_THAT(listed(copy_owner), ElementsAre(Note(1, std::nullopt, "bulk")));
    EXPECT_THAT(listed(), ElementsAre(Note(1, 2, "bulk"), Note(2, std::nullopt, "bulk")));
}

TEST_F(RestoredBatches, ShowTheSameAtEachRevision) {
    import(ImportMode::full, {{"a", "1"}, { "b", "1" }});
    put({{"b", "2"}, {"p", "2"}});
    import(ImportMode::incremental, {{"a", "3"}, { "c", "3" }});
    put({{"c", "4"}});
    import(ImportMode::full, {{"b", "5"}, { "d", "5" }});
    copy_to(copy_owner);
    EXPECT_EQ(listed(copy_owner), listed());
    EXPECT_EQ(store_.row_sets().revision(owner("ITEMS", copy_owner).dataset_group), 5);
    const RowSet copy = store_.row_sets().find(owner("ITEMS", copy_owner).arn).value();
    for (std::int64_t revision = 0; revision <= 5; ++revision) {
        EXPECT_EQ(seen(store_.row_sets().view(copy, revision)), items_at(revision)) << revision;
    }
    EXPECT_EQ(copy.counts, store_.row_sets().find(owner("ITEMS").arn)->counts);
}

TEST_F(RestoredBatches, OfInteractionsComeInTheOrderOfTheirArrival) {
    const RowBatch batch = in_transaction([&] {
        RowBatch& open = store_.batches().begin(store_.row_sets().writable(owner("INTERACTIONS")), RowOrigin::bulk,
                                                at_ms(0), ImportMode::full);
        for (const std::int64_t time : {9, 7, 8}) {
            store_.interactions().add(open, {.user_id = "u", .item_id = "a", .time_s = time});
        }
        const RowBatch copy = open;
        store_.batches().show(open);
        return copy;
    });
    std::vector<std::int64_t> times;
    std::int64_t last = -1;
    const auto take = [&](const InteractionRow& row, const InteractionPosition& position) {
        times.push_back(row.time_s);
        last = position.place;
        return true;
    };
    while (store_.interactions().scan_batch(batch.id, last, 2, take) == 2) continue;
    EXPECT_THAT(times, ElementsAre(9, 7, 8));
}

TEST_F(RestoredBatches, RaiseTheRevisionOfAGroupAtMost) {
    in_transaction([&] {
        const std::int64_t layer = store_.layers().add(copy_owner, LayerUse::plain);
        store_.row_sets().raise_to("group", layer, 7);
        store_.row_sets().raise_to("group", layer, 5);
        EXPECT_EQ(store_.row_sets().revision("group"), 0);
        store_.switch_layers({layer}, {});
        return 0;
    });
    EXPECT_EQ(store_.row_sets().revision("group"), 7);
}

}  // namespace
}  // namespace plocal::storage
