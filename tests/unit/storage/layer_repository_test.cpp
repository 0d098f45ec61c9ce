#include "storage/layer_repository.h"

#include <gmock/gmock.h>

#include "tests/unit/storage/layers.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

/// Returns true if a layer has a job of this name.
bool has(Store& store, std::int64_t layer, const std::string& name) {
    const auto rolled_back = store.begin();
    return !stage(store, layer, job(name));
}

TEST_F(Layers, AreInvisibleUntilTheyAreShown) {
    const std::int64_t layer = stage(LayerUse::plain, {"a", "b"});
    EXPECT_FALSE(store_.resources().find(job("a").arn));
    EXPECT_THAT(listed(), IsEmpty());
    EXPECT_THAT(store_.resources().children(target, "batchInferenceJob"), IsEmpty());
    EXPECT_THAT(store_.resources().referrers(target, "batchInferenceJob"), IsEmpty());
    EXPECT_FALSE(store_.resources().is_assumed(target));
    EXPECT_THAT(store_.counts().by_kind(), IsEmpty());
    EXPECT_THAT(store_.counts().accounts(), IsEmpty());
    EXPECT_THAT(store_.tags().list(job("a").arn), IsEmpty());
    switch_layers({layer}, {});
    EXPECT_THAT(listed(), ElementsAre("b", "a"));
    EXPECT_EQ(store_.resources().referrers(target, "batchInferenceJob").size(), 2U);
    EXPECT_TRUE(store_.resources().is_assumed(target));
    EXPECT_THAT(store_.counts().by_kind(), ElementsAre(Pair("batchInferenceJob", 2)));
    EXPECT_THAT(store_.tags().list(job("a").arn), ElementsAre(Tag{"name", "a"}));
}

TEST_F(Layers, TakeThePlaceOfOthersInOneStep) {
    const std::int64_t old_layer = show(LayerUse::plain, {"a", "b"});
    const std::int64_t new_layer = stage(LayerUse::plain, {"b", "c"});
    switch_layers({new_layer}, {old_layer});
    EXPECT_THAT(listed(), ElementsAre("c", "b"));
    sweep_all();
    EXPECT_THAT(listed(), ElementsAre("c", "b"));
    EXPECT_THAT(store_.counts().by_kind(), ElementsAre(Pair("batchInferenceJob", 2)));
}

TEST_F(Layers, HaveEachArnOnce) {
    const std::int64_t layer = stage(LayerUse::plain, {"a"});
    EXPECT_FALSE(storage::stage(store_, layer, job("a")));
}

TEST_F(Layers, LeaveOutThoseOfManyWhoseArnTheyHave) {
    const std::int64_t layer = this->stage(LayerUse::plain, {"taken"});
    std::vector<Record> records;
    for (int i = 0; i < 40; ++i) records.push_back(job("job-" + std::to_string(i)));
    records[0] = records[17] = job("taken");
    records[39] = records[38];
    const std::vector<Reference> references = {{"arn:a", false}, {"arn:a", true}, {"arn:b", true}};
    std::vector<NewResource> rows;
    for (const Record& record : records) rows.push_back({layer, &record, &references});
    {
        sqlite::Transaction transaction = store_.begin();
        store_.resources().stage(rows);
        transaction.commit();
    }
    std::vector<std::size_t> left_out;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!rows[i].is_inserted) left_out.push_back(i);
    }
    EXPECT_THAT(left_out, ElementsAre(0, 17, 39));
    switch_layers({layer}, {});
    EXPECT_THAT(store_.counts().by_kind(), ElementsAre(Pair("batchInferenceJob", 38)));
    EXPECT_EQ(listed().size(), 38U);
    EXPECT_THAT(store_.resources().references(job("job-38").arn),
                ElementsAre(Reference{"arn:a", false}, Reference{"arn:b", true}));
    EXPECT_EQ(store_.resources().referrers("arn:b", "batchInferenceJob").size(), 37U);
}

TEST_F(Layers, ThatAreRestorableComeBackAsTheyWere) {
    const std::int64_t layer = show(LayerUse::restorable, {"a", "b", "c"});
    change("a", "{}");
    change("a", R"({"again":1})");
    remove("b");
    insert("d");
    EXPECT_THAT(listed(), ElementsAre("d", "c", "a"));
    EXPECT_EQ(store_.resources().find(job("a").arn)->document, R"({"again":1})");
    EXPECT_THAT(store_.resources().references(job("a").arn), ElementsAre(Reference{"arn:other", false}));
    EXPECT_THAT(store_.tags().list(job("a").arn), ElementsAre(Tag{"name", R"({"again":1})"}));
    drop_others(layer);
    EXPECT_THAT(listed(), ElementsAre("c", "b", "a"));
    EXPECT_EQ(store_.resources().find(job("a").arn)->document, job("a").document);
    EXPECT_THAT(store_.resources().references(job("a").arn), ElementsAre(Reference{target, true}));
    EXPECT_THAT(store_.tags().list(job("a").arn), ElementsAre(Tag{"name", "a"}));
    EXPECT_THAT(store_.tags().list(job("b").arn), ElementsAre(Tag{"name", "b"}));
}

TEST_F(Layers, ThatAreRestorableComeBackAgainAndAgain) {
    const std::int64_t layer = show(LayerUse::restorable, {"a", "b"});
    for (int round = 0; round < 4; ++round) {
        change("a", std::to_string(round));
        remove("b");
        drop_others(layer);
        if (round % 2 == 0) sweep_all();
        ASSERT_THAT(listed(), ElementsAre("b", "a")) << round;
        ASSERT_EQ(store_.resources().find(job("a").arn)->document, job("a").document) << round;
        ASSERT_THAT(store_.counts().by_kind(), ElementsAre(Pair("batchInferenceJob", 2))) << round;
    }
}

TEST_F(Layers, KeepThePlaceOfAChangedResourceInLists) {
    show(LayerUse::restorable, {"a", "b", "c"});
    change("b", "{}");
    EXPECT_THAT(listed(), ElementsAre("c", "b", "a"));
}

TEST_F(Layers, CountWhatIsVisibleByStatus) {
    const std::int64_t layer = show(LayerUse::restorable, {"a", "b"});
    change("a", "{}");
    std::vector<std::pair<std::string, std::int64_t>> counts;
    for (const StatusCount& each : store_.counts().by_stable_status()) counts.emplace_back(each.status, each.count);
    EXPECT_THAT(counts, ElementsAre(Pair("", 1), Pair("CREATE FAILED", 1)));
    drop_others(layer);
    EXPECT_EQ(store_.counts().by_stable_status().size(), 1U);
    EXPECT_EQ(store_.counts().total(), 2);
}

TEST_F(Layers, LetARemovedArnBeCreatedAnew) {
    const std::int64_t layer = show(LayerUse::restorable, {"a"});
    remove("a");
    insert("a");
    EXPECT_THAT(store_.resources().references(job("a").arn), ElementsAre(Reference{target, false}));
    remove("a");
    EXPECT_THAT(listed(), IsEmpty());
    drop_others(layer);
    EXPECT_THAT(listed(), ElementsAre("a"));
}

TEST_F(Layers, FindATwinThatWasCreatedMeanwhile) {
    show(LayerUse::plain, {"before"});
    const std::int64_t id = store_.resources().last_id();
    const std::int64_t layer = stage(LayerUse::plain, {"a", "b", "before"});
    insert("c");
    EXPECT_EQ(store_.resources().find_twin(layer, id), std::nullopt);
    insert("b");
    EXPECT_EQ(store_.resources().find_twin(layer, id), job("b").arn);
}

TEST_F(Layers, AreLeftAloneBySweepsWhileTheyAreStaged) {
    const std::int64_t layer = stage(LayerUse::plain, {"a"});
    sweep_all();
    EXPECT_TRUE(has(store_, layer, "a"));
    switch_layers({}, {layer});
    EXPECT_TRUE(store_.layers().may_have_dropped());
    sweep_all();
    EXPECT_FALSE(has(store_, layer, "a"));
    EXPECT_FALSE(store_.layers().may_have_dropped());
}

TEST(LayersOfAFile, ThatWereNeverShownAreRemovedByTheNextProcess) {
    const TemporaryFolder folder;
    std::int64_t layer = 0;
    {
        Store store(folder.file("x.db"));
        sqlite::Transaction transaction = store.begin();
        layer = store.layers().add(alice.account, LayerUse::plain);
        stage(store, layer, job("a"));
        transaction.commit();
    }
    Store store(folder.file("x.db"));
    EXPECT_TRUE(store.layers().may_have_dropped());
    {
        sqlite::Transaction transaction = store.begin();
        while (store.layers().sweep(1)) continue;
        transaction.commit();
    }
    EXPECT_FALSE(has(store, layer, "a"));
    EXPECT_THAT(store.layers().live(), IsEmpty());
}

TEST_F(Layers, OfAnAccountAreAddedForItsFirstChange) {
    insert("a");
    insert("b");
    EXPECT_THAT(store_.layers().live(), ElementsAre(Layer{1, alice.account}));
}

}  // namespace
}  // namespace plocal::storage
