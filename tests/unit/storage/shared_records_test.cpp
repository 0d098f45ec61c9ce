#include <memory>

#include "tests/unit/storage/layers.h"

namespace plocal::storage {
namespace {

class SharedRecords : public Layers {
protected:
    std::shared_ptr<const Record> shared(const std::string& name) {
        return store_.resources().find_shared(job(name).arn);
    }

    std::string document_of(const std::string& name) {
        const auto record = shared(name);
        return record == nullptr ? "(none)" : record->document;
    }
};

TEST_F(SharedRecords, AreOneWhileNothingIsWritten) {
    insert("a");
    const auto record = shared("a");
    ASSERT_NE(record, nullptr);
    EXPECT_EQ(record->arn, job("a").arn);
    EXPECT_EQ(record->timeline, job("a").timeline);
    EXPECT_EQ(shared("a"), record);
    EXPECT_EQ(shared("b"), nullptr);
}

TEST_F(SharedRecords, ShowWhatIsWritten) {
    EXPECT_EQ(document_of("a"), "(none)");
    insert("a");
    EXPECT_EQ(document_of("a"), job("a").document);
    change("a", R"({"n":1})");
    EXPECT_EQ(document_of("a"), R"({"n":1})");
    remove("a");
    EXPECT_EQ(document_of("a"), "(none)");
    insert("a");
    EXPECT_EQ(document_of("a"), job("a").document);
}

TEST_F(SharedRecords, AreGoneWithTheirParent) {
    insert("a");
    ASSERT_NE(shared("a"), nullptr);
    sqlite::Transaction transaction = store_.begin();
    store_.resources().remove_children(target, "batchInferenceJob", 9);
    transaction.commit();
    EXPECT_EQ(shared("a"), nullptr);
}

TEST_F(SharedRecords, ForgetWhatWasRolledBack) {
    insert("a");
    Record record = *shared("a");
    record.document = R"({"n":1})";
    {
        const auto transaction = store_.begin();
        store_.resources().save(record);
        EXPECT_EQ(document_of("a"), R"({"n":1})");
    }
    EXPECT_EQ(document_of("a"), job("a").document);
}

TEST_F(SharedRecords, FollowTheLayers) {
    const std::int64_t first = show(LayerUse::restorable, {"a"});
    EXPECT_NE(shared("a"), nullptr);
    const std::int64_t second = stage(LayerUse::restorable, {"b"});
    EXPECT_EQ(shared("b"), nullptr);
    switch_layers({second}, {first});
    EXPECT_EQ(shared("a"), nullptr);
    EXPECT_NE(shared("b"), nullptr);
    sweep_all();
    EXPECT_EQ(shared("a"), nullptr);
}

TEST_F(SharedRecords, ComeBackWithALayerThatWasChanged) {
    const std::int64_t layer = show(LayerUse::restorable, {"a"});
    change("a", R"({"n":1})");
    EXPECT_EQ(document_of("a"), R"({"n":1})");
    drop_others(layer);
    EXPECT_EQ(document_of("a"), job("a").document);
}

// More than have a place.
TEST_F(SharedRecords, AreRightHoweverManyThereAre) {
    constexpr int count = 6000;
    sqlite::Transaction transaction = store_.begin();
    for (int i = 0; i < count; ++i) store_.resources().insert(job(std::to_string(i)), {});
    transaction.commit();
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < count; ++i) ASSERT_EQ(shared(std::to_string(i))->name, std::to_string(i));
    }
}

}  // namespace
}  // namespace plocal::storage
