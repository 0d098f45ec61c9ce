#include "server/local/world/staging.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/local/world/import_checks.h"
#include "server/service/operations/registry.h"
#include "tests/unit/local/snapshot/readings.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::world {
namespace {

using snapshot::arn;
using snapshot::Fixture;
using snapshot::job;
using storage::LayerUse;
using storage::Reference;
using storage::Store;
using storage::TemporaryFolder;
using testing::ElementsAre;
using testing::IsEmpty;

/// The documents of a test on their way into its store.
class Load {
public:
    Load(Store& store, std::initializer_list<std::string_view> documents,
         std::optional<std::string> displaced = std::nullopt)
        : store_(store),
          fixtures_(snapshot::read(documents).fixtures),
          staging_(store, {operations::hooks(), 0}, LayerUse::restorable, std::move(displaced)) {}

    /// Stores everything, one resource and one reference a transaction.
    Load& stage() {
        for (Fixture& fixture : fixtures_) staging_.add({&fixture, 1}, readings_);
        while (staging_.complete(1)) continue;
        return *this;
    }

    std::vector<std::string> show() {
        storage::sqlite::Transaction transaction = store_.begin();
        staging_.show();
        transaction.commit();
        staging_.keep();
        return staging_.notes();
    }

    bool depends_on_moment() const { return staging_.depends_on_moment(); }

private:
    Store& store_;
    lifecycle::Clocks clocks_{lifecycle::Clock::frozen(snapshot::loading)};
    lifecycle::ClockReadings readings_{clocks_};
    std::vector<Fixture> fixtures_;
    Staging staging_;
};

/// Adds documents to what is there. Returns the lines for the log.
std::vector<std::string> load_texts(Store& store, std::initializer_list<std::string_view> documents) {
    return Load(store, documents).stage().show();
}

const std::string lone_job = job(R"(, "solutionVersionArn": ")" + arn("solution/movies/1") + R"(", "filterArn": ")" +
                                 arn("filter/comedy") + "\"");

TEST(Staging, KeepsEveryFixture) {
    Store store(":memory:");
    EXPECT_THAT(load_texts(store, {job("", "one"), job("", "two")}), IsEmpty());
    EXPECT_EQ(store.counts().by_kind().at("batchInferenceJob"), 2);
    EXPECT_EQ(store.resources().find(arn("batch-inference-job/two"))->name, "two");
}

TEST(Staging, TakesAbsentReferencesToExistAndNotesIt) {
    Store store(":memory:");
    EXPECT_THAT(load_texts(store, {lone_job}),
                ElementsAre("fixtures name a resource that is not there; it is taken to exist and to fit: " +
                                arn("filter/comedy"),
                            "fixtures name a resource that is not there; it is taken to exist and to fit: " +
                                arn("solution/movies/1")));
    EXPECT_THAT(store.resources().references(arn("batch-inference-job/one")),
                ElementsAre(Reference{arn("filter/comedy"), true}, Reference{arn("solution/movies/1"), true}));
}

TEST(Staging, FindsReferencesInTheSameRunInAnyOrder) {
    Store store(":memory:");
    const std::string filter = R"({"filter": {"filterArn": ")" + arn("filter/comedy") + "\"}}";
    EXPECT_THAT(load_texts(store, {lone_job, filter}),
                ElementsAre("fixtures name a resource that is not there; it is taken to exist and to fit: " +
                            arn("solution/movies/1")));
    EXPECT_THAT(store.resources().references(arn("batch-inference-job/one")),
                ElementsAre(Reference{arn("filter/comedy"), false}, Reference{arn("solution/movies/1"), true}));
}

TEST(Staging, FindsReferencesInTheStore) {
    Store store(":memory:");
    load_texts(store, {R"({"filter": {"filterArn": ")" + arn("filter/comedy") + "\"}}"});
    load_texts(store, {lone_job});
    EXPECT_EQ(store.resources().references(arn("batch-inference-job/one")).at(0),
              (Reference{arn("filter/comedy"), false}));
}

TEST(Staging, DoesNotNoteRecipesThatAwsOwns) {
    Store store(":memory:");
    EXPECT_THAT(load_texts(store, {R"({"solution": {"solutionArn": ")" + arn("solution/movies") +
                                   R"(", "recipeArn": "arn:aws:personalize:::recipe/aws-sims"}})"}),
                IsEmpty());
}

TEST(Staging, ChangesNothingTheSecondTime) {
    Store store(":memory:");
    load_texts(store, {job(R"(, "status": "PENDING", "numResults": 3)")});
    const auto before = store.resources().find(arn("batch-inference-job/one"));
    EXPECT_THAT(load_texts(store, {job(R"(, "status": "PENDING", "numResults": 3)")}), IsEmpty());
    const auto after = store.resources().find(arn("batch-inference-job/one"));
    EXPECT_EQ(after->id, before->id);
    EXPECT_EQ(after->timeline, before->timeline);
    EXPECT_EQ(store.counts().by_kind().at("batchInferenceJob"), 1);
}

TEST(Staging, LeavesStoredResourcesAndNotesTheDifference) {
    Store store(":memory:");
    load_texts(store, {job(R"(, "numResults": 3)")});
    EXPECT_THAT(load_texts(store, {job(R"(, "numResults": 4)"), job("", "two")}),
                ElementsAre("1.json#/batchInferenceJob differs from what the database has, which stays: " +
                            arn("batch-inference-job/one")));
    EXPECT_NE(store.resources().find(arn("batch-inference-job/one"))->document.find(R"("numResults":3)"),
              std::string::npos);
    EXPECT_TRUE(store.resources().find(arn("batch-inference-job/two")));
}

TEST(Staging, StoresFixturesInAFile) {
    const TemporaryFolder folder;
    {
        Store store(folder.file("world.db"));
        load_texts(store, {lone_job});
    }
    Store again(folder.file("world.db"));
    EXPECT_TRUE(again.resources().find(arn("batch-inference-job/one")));
    EXPECT_TRUE(again.resources().is_assumed(arn("filter/comedy")));
}

TEST(Staging, ShowsNothingBeforeTheEnd) {
    Store store(":memory:");
    load_texts(store, {job("", "old")});
    Load load(store, {job("", "one"), job("", "two")}, "");
    load.stage();
    EXPECT_FALSE(store.resources().find(arn("batch-inference-job/two")));
    EXPECT_TRUE(store.resources().find(arn("batch-inference-job/old")));
    load.show();
    EXPECT_TRUE(store.resources().find(arn("batch-inference-job/two")));
    EXPECT_FALSE(store.resources().find(arn("batch-inference-job/old")));
}

TEST(Staging, LeavesNothingBehindWhereItIsGivenUp) {
    Store store(":memory:");
    load_texts(store, {job("", "old")});
    { Load(store, {job("", "one")}, "").stage(); }
    storage::sqlite::Transaction transaction = store.begin();
    while (store.layers().sweep(1)) continue;
    transaction.commit();
    EXPECT_EQ(store.layers().live().size(), 1U);
    EXPECT_EQ(store.counts().total(), 1);
}

TEST(Staging, DisplacesTheResourcesOfOneAccountOnly) {
    Store store(":memory:");
    const std::string other = "arn:aws:personalize:us-east-1:111111111111:filter/comedy";
    load_texts(store, {job("", "old"), R"({"filter": {"filterArn": ")" + other + ""}}"});
    Load(store, {job(R"(, "filterArn": ")" + other + """, "new")}, "000000000000").stage().show();
    EXPECT_FALSE(store.resources().find(arn("batch-inference-job/old")));
    EXPECT_TRUE(store.resources().find(other));
    EXPECT_THAT(store.resources().references(arn("batch-inference-job/new")), ElementsAre(Reference{other, false}));
}

TEST(Staging, DoesNotCountWhatItDisplacesAsThere) {
    Store store(":memory:");
    load_texts(store, {R"({"filter": {"filterArn": ")" + arn("filter/comedy") + ""}}"});
    Load(store, {lone_job}, "000000000000").stage().show();
    EXPECT_THAT(store.resources().references(arn("batch-inference-job/one")),
                ElementsAre(Reference{arn("filter/comedy"), true}, Reference{arn("solution/movies/1"), true}));
}

TEST(Staging, IsRefusedWhereOneOfItsResourcesHasBeenCreatedMeanwhile) {
    Store store(":memory:");
    Load load(store, {job("", "one")});
    load.stage();
    load_texts(store, {job("", "one")});
    EXPECT_THROW(load.show(), Conflict);
}

TEST(Staging, DependsOnItsMomentWhereSomethingIsInProgress) {
    Store store(":memory:");
    EXPECT_FALSE(Load(store, {job(R"(, "status": "ACTIVE")")}).stage().depends_on_moment());
    EXPECT_TRUE(Load(store, {job(R"(, "status": "PENDING")")}).stage().depends_on_moment());
}

}  // namespace
}  // namespace plocal::world
