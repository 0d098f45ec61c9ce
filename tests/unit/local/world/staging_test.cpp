#include "server/local/world/staging.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/local/world/import_checks.h"
#include "tests/unit/local/world/test_load.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::world {
namespace {

using snapshot::arn;
using snapshot::job;
using storage::Reference;
using storage::Store;
using storage::TemporaryFolder;
using testing::ElementsAre;
using testing::IsEmpty;

/// Adds documents to what is there. Returns the lines for the log.
std::vector<std::string> load_texts(Store& store, std::initializer_list<std::string_view> documents) {
    return TestLoad(store, documents).stage().show();
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
    TestLoad load(store, {job("", "one"), job("", "two")}, {.displaced = ""});
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
    { TestLoad(store, {job("", "one")}, {.displaced = ""}).stage(); }
    storage::sqlite::Transaction transaction = store.begin();
    while (store.layers().sweep(1)) continue;
    transaction.commit();
    EXPECT_EQ(store.layers().live().size(), 1U);
    EXPECT_EQ(store.counts().total(), 1);
}

TEST(Staging, DisplacesTheResourcesOfOneAccountOnly) {
    Store store(":memory:");
    const std::string other = "arn:aws:personalize:us-east-1:111111111111:filter/comedy";
    load_texts(store, {job("", "old"), R"({"filter": {"filterArn": ")" + other + "\"}}"});
    TestLoad(store, {job(R"(, "filterArn": ")" + other + "\"", "new")}, {.displaced = "000000000000"}).stage().show();
    EXPECT_FALSE(store.resources().find(arn("batch-inference-job/old")));
    EXPECT_TRUE(store.resources().find(other));
    EXPECT_THAT(store.resources().references(arn("batch-inference-job/new")), ElementsAre(Reference{other, false}));
}

TEST(Staging, DoesNotCountWhatItDisplacesAsThere) {
    Store store(":memory:");
    load_texts(store, {R"({"filter": {"filterArn": ")" + arn("filter/comedy") + "\"}}"});
    TestLoad(store, {lone_job}, {.displaced = "000000000000"}).stage().show();
    EXPECT_THAT(store.resources().references(arn("batch-inference-job/one")),
                ElementsAre(Reference{arn("filter/comedy"), true}, Reference{arn("solution/movies/1"), true}));
}

TEST(Staging, IsRefusedWhereOneOfItsResourcesHasBeenCreatedMeanwhile) {
    Store store(":memory:");
    TestLoad load(store, {job("", "one")});
    load.stage();
    load_texts(store, {job("", "one")});
    EXPECT_THROW(load.show(), Conflict);
}

TEST(Staging, MayRefuseAnArnThatIsThereAndDiffers) {
    Store store(":memory:");
    load_texts(store, {job(R"(, "numResults": 3)")});
    TestLoad(store, {job(R"(, "numResults": 3)")}, {.refuses_others = true}).stage().show();
    EXPECT_THROW(TestLoad(store, {job(R"(, "numResults": 4)")}, {.refuses_others = true}).stage(), Conflict);
}

TEST(Staging, SeparatesWhatIsAnotherResourceAtAnotherMoment) {
    using Counts = std::pair<std::size_t, std::size_t>;
    Store store(":memory:");
    const std::string active = job(R"(, "status": "ACTIVE")", "active");
    const std::string pending = job(R"(, "status": "PENDING")", "pending");
    const StagingRules restorable{.use = storage::LayerUse::restorable};
    EXPECT_EQ(TestLoad(store, {active}, restorable).stage().layers(), Counts(1, 0));
    EXPECT_EQ(TestLoad(store, {active, pending}, restorable).stage().layers(), Counts(1, 1));
    EXPECT_EQ(TestLoad(store, {active, pending}).stage().layers(), Counts(1, 0)) << "it is not restored";
}

}  // namespace
}  // namespace plocal::world
