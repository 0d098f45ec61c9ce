#include "storage/replaced_rows.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "tests/unit/storage/dataset_rows.h"

namespace plocal::storage {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::Pair;
using testing::SizeIs;

constexpr std::int64_t most = ReplacedRows::kept_for_exports;

class ReplacedPuts : public DatasetRows {
protected:
    static TrainedResource version() {
        return {"arn:aws:personalize:us-east-1:111111111111:solution/s/v", owner("ITEMS").dataset_group,
                owner("ITEMS").account};
    }

    /// Puts the item "a" with this content, as the events service does.
    void put_again(std::int64_t content, milliseconds delay = {}) {
        in_transaction([&] {
            const RowSet set = store_.row_sets().writable(owner("ITEMS"));
            RowBatch& batch = store_.batches().begin(set, RowOrigin::put, at_ms(content));
            store_.rows().add(batch, "a", std::to_string(content));
            const std::int64_t revision = store_.batches().show(batch);
            store_.replaced_rows().remove(set, "a", at_ms(content), delay);
            return revision;
        });
    }

    void put_from_to(std::int64_t from, std::int64_t to, milliseconds delay = {}) {
        for (std::int64_t i = from; i <= to; ++i) put_again(i, delay);
    }

    /// The revisions of the batches that are left; those of puts equal their contents.
    std::vector<std::int64_t> left() {
        std::vector<std::int64_t> revisions;
        for (const ListedBatch& each : store_.batches().list(*store_.row_sets().find(owner("ITEMS").arn))) {
            revisions.push_back(each.shown.revision);
        }
        return revisions;
    }

    void train(const Training& training) {
        in_transaction([&] {
            store_.trainings().put(version(), training);
            return 0;
        });
    }
};

TEST_F(ReplacedPuts, AreRemovedButForTheNewest) {
    put_from_to(1, 100);
    EXPECT_THAT(left(), SizeIs(most));
    EXPECT_EQ(left().front(), 101 - most);
    EXPECT_THAT(items(), ElementsAre(Pair("a", "100")));
    EXPECT_THAT(counted(), Pair(1, 1));
}

TEST_F(ReplacedPuts, KeepTheirBatchWhileItHasAnotherRow) {
    put({{"a", "1"}, {"b", "1"}}, 1);
    put_from_to(2, 50);
    EXPECT_EQ(left().front(), 1);
    EXPECT_THAT(items(), ElementsAre(Pair("a", "50"), Pair("b", "1")));
}

TEST_F(ReplacedPuts, StayWhileATrainingKnowsThem) {
    put_from_to(1, 5);
    train({5, at_ms(5)});
    put_from_to(6, 50);
    EXPECT_THAT(left(), SizeIs(most + 1));
    EXPECT_THAT(items_at(5), ElementsAre(Pair("a", "5")));
    in_transaction([&] {
        store_.trainings().remove(version().arn);
        return 0;
    });
    put_again(51);
    EXPECT_THAT(left(), SizeIs(most));
}

TEST_F(ReplacedPuts, StayWhileATrainingIsExpectedToKnowThem) {
    in_transaction([&] {
        store_.trainings().expect(version(), at_ms(20));
        return 0;
    });
    put_from_to(1, 60);
    EXPECT_THAT(left(), SizeIs(most + 1));
    EXPECT_EQ(left().front(), 19) << "the training begins before what is put at its moment";
}

TEST_F(ReplacedPuts, StayUntilTheirSuccessorIsSeen) {
    put_from_to(1, 40, milliseconds(30));
    EXPECT_EQ(left().front(), 10) << "what is seen at the moment 40 less 30";
    RowView view = store_.row_sets().view(store_.row_sets().find(owner("ITEMS").arn).value());
    view.last_put_ms = 10;
    EXPECT_THAT(seen(view), ElementsAre(Pair("a", "10")));
}

TEST_F(ReplacedPuts, StayForATrainingThatSeesThemLate) {
    put_from_to(1, 40, milliseconds(30));
    train({40, at_ms(40)});
    put_from_to(41, 200, milliseconds(30));
    std::vector<std::int64_t> first = left();
    first.resize(3);
    EXPECT_THAT(first, ElementsAre(10, 40, 170));
}

TEST_F(ReplacedPuts, StayWhileAReaderMayNeedThem) {
    const std::shared_ptr<const void> hold = store_.hold_rows();
    put_from_to(1, 30);
    EXPECT_THAT(left(), SizeIs(30));
}

TEST_F(ReplacedPuts, StayWhereACopyShowsThem) {
    put_from_to(1, 3);
    in_transaction([&] {
        const std::int64_t layer = store_.layers().add("222222222222", LayerUse::plain);
        store_.row_sets().add(owner("ITEMS", "222222222222"), layer, store_.row_sets().find(owner("ITEMS").arn));
        return 0;
    });
    put_from_to(4, 50);
    EXPECT_THAT(left(), SizeIs(most + 3));
}

TEST_F(ReplacedPuts, OutliveImportsThatHideThemForAWhile) {
    put_from_to(1, 20);
    import(ImportMode::full, {{ "a", "bulk" }});
    put_from_to(22, 40);
    import(ImportMode::full, {{ "b", "bulk" }});
    EXPECT_THAT(items(), ElementsAre(Pair("a", "40"), Pair("b", "bulk")));
}

}  // namespace
}  // namespace plocal::storage
