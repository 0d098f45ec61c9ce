#include "server/local/snapshot/loader.h"

#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/local/snapshot/readings.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::snapshot {
namespace {

using storage::Reference;
using storage::Store;
using storage::TemporaryFolder;
using testing::ElementsAre;
using testing::IsEmpty;

void write(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

Reading read_paths(std::initializer_list<std::string> paths) {
    std::vector<Document> documents;
    std::vector<FixtureProblem> problems;
    for (const std::string& path : paths) read_path(documents, path, problems);
    Reading reading = read(documents);
    reading.problems.insert(reading.problems.begin(), problems.begin(), problems.end());
    return reading;
}

std::vector<std::string> names_of(const Reading& reading) {
    std::vector<std::string> names;
    for (const Fixture& fixture : reading.fixtures) names.push_back(fixture.record.name);
    return names;
}

std::vector<std::string> load_texts(Store& store, std::initializer_list<std::string_view> documents) {
    const Reading reading = read(documents);
    EXPECT_THAT(problems_of(reading), IsEmpty());
    storage::sqlite::Transaction transaction = store.begin();
    lifecycle::Clocks clocks(lifecycle::Clock::frozen(loading));
    lifecycle::ClockReadings readings(clocks);
    std::vector<std::string> notes = load(store, reading.fixtures, 0, readings);
    transaction.commit();
    return notes;
}

const std::string lone_job = job(R"(, "solutionVersionArn": ")" + arn("solution/movies/1") + R"(", "filterArn": ")" +
                                 arn("filter/comedy") + "\"");

TEST(ReadPath, ReadsOneFile) {
    const TemporaryFolder folder;
    write(folder.file("one.txt"), job(""));
    const Reading reading = read_paths({folder.file("one.txt")});
    EXPECT_THAT(problems_of(reading), IsEmpty());
    EXPECT_EQ(reading.fixtures.at(0).place.text(), folder.file("one.txt") + "#/batchInferenceJob");
}

TEST(ReadPath, ReadsTheJsonFilesOfAFolderInOrderOfName) {
    const TemporaryFolder folder;
    for (const char* const name : {"b", "a", "10", "9", "C"}) {
        write(folder.file(std::string(name) + ".json"), job("", std::string("from-") + name));
    }
    write(folder.file("notes.txt"), "no JSON");
    write(folder.file("old.json.bak"), "no JSON");
    std::filesystem::create_directory(folder.file("inner.json"));
    write(folder.file("inner.json/z.json"), "no JSON");
    const Reading reading = read_paths({folder.path()});
    EXPECT_THAT(problems_of(reading), IsEmpty());
    EXPECT_THAT(names_of(reading), ElementsAre("from-10", "from-9", "from-C", "from-a", "from-b"));
}

TEST(ReadPath, KeepsTheOrderInWhichPathsAreGiven) {
    const TemporaryFolder folder;
    write(folder.file("a.json"), job("", "a"));
    write(folder.file("b.json"), job("", "b"));
    EXPECT_THAT(names_of(read_paths({folder.file("b.json"), folder.file("a.json")})), ElementsAre("b", "a"));
    EXPECT_THAT(names_of(read_paths({folder.file("b.json"), folder.path()})), ElementsAre("b", "a")) << "named twice";
}

TEST(ReadPath, ReportsAPathThatCannotBeRead) {
    const TemporaryFolder folder;
    write(folder.file("bad.json"), "[]");
    std::filesystem::create_directory(folder.file("empty"));
    EXPECT_THAT(
        problems_of(read_paths({folder.file("none.json"), folder.file("empty"), folder.file("bad.json")})),
        ElementsAre(folder.file("none.json") + ": expected a file or a folder of *.json, found nothing at that path",
                    folder.file("empty") + ": expected at least one *.json in the folder, found none",
                    folder.file("bad.json") + ": expected an object, found []"));
}

TEST(Load, KeepsEveryFixture) {
    Store store(":memory:");
    EXPECT_THAT(load_texts(store, {job("", "one"), job("", "two")}), IsEmpty());
    EXPECT_EQ(store.counts().by_kind().at("batchInferenceJob"), 2);
    EXPECT_EQ(store.resources().find(arn("batch-inference-job/two"))->name, "two");
}

TEST(Load, TakesAbsentReferencesToExistAndNotesIt) {
    Store store(":memory:");
    EXPECT_THAT(load_texts(store, {lone_job}),
                ElementsAre("fixtures name a resource that is not there; it is taken to exist and to fit: " +
                                arn("filter/comedy"),
                            "fixtures name a resource that is not there; it is taken to exist and to fit: " +
                                arn("solution/movies/1")));
    EXPECT_THAT(store.resources().references(arn("batch-inference-job/one")),
                ElementsAre(Reference{arn("filter/comedy"), true}, Reference{arn("solution/movies/1"), true}));
}

TEST(Load, FindsReferencesInTheSameRunInAnyOrder) {
    Store store(":memory:");
    const std::string filter = R"({"filter": {"filterArn": ")" + arn("filter/comedy") + "\"}}";
    EXPECT_THAT(load_texts(store, {lone_job, filter}),
                ElementsAre("fixtures name a resource that is not there; it is taken to exist and to fit: " +
                            arn("solution/movies/1")));
    EXPECT_THAT(store.resources().references(arn("batch-inference-job/one")),
                ElementsAre(Reference{arn("filter/comedy"), false}, Reference{arn("solution/movies/1"), true}));
}

TEST(Load, FindsReferencesInTheStore) {
    Store store(":memory:");
    load_texts(store, {R"({"filter": {"filterArn": ")" + arn("filter/comedy") + "\"}}"});
    load_texts(store, {lone_job});
    EXPECT_EQ(store.resources().references(arn("batch-inference-job/one")).at(0),
              (Reference{arn("filter/comedy"), false}));
}

TEST(Load, DoesNotNoteRecipesThatAwsOwns) {
    Store store(":memory:");
    EXPECT_THAT(load_texts(store, {R"({"solution": {"solutionArn": ")" + arn("solution/movies") +
                                   R"(", "recipeArn": "arn:aws:personalize:::recipe/aws-sims"}})"}),
                IsEmpty());
}

TEST(Load, ChangesNothingTheSecondTime) {
    Store store(":memory:");
    load_texts(store, {job(R"(, "status": "PENDING", "numResults": 3)")});
    const auto before = store.resources().find(arn("batch-inference-job/one"));
    EXPECT_THAT(load_texts(store, {job(R"(, "status": "PENDING", "numResults": 3)")}), IsEmpty());
    const auto after = store.resources().find(arn("batch-inference-job/one"));
    EXPECT_EQ(after->id, before->id);
    EXPECT_EQ(after->timeline, before->timeline);
    EXPECT_EQ(store.counts().by_kind().at("batchInferenceJob"), 1);
}

TEST(Load, LeavesStoredResourcesAndNotesTheDifference) {
    Store store(":memory:");
    load_texts(store, {job(R"(, "numResults": 3)")});
    EXPECT_THAT(load_texts(store, {job(R"(, "numResults": 4)"), job("", "two")}),
                ElementsAre("1.json#/batchInferenceJob differs from what the database has, which stays: " +
                            arn("batch-inference-job/one")));
    EXPECT_NE(store.resources().find(arn("batch-inference-job/one"))->document.find(R"("numResults":3)"),
              std::string::npos);
    EXPECT_TRUE(store.resources().find(arn("batch-inference-job/two")));
}

TEST(Load, StoresFixturesInAFile) {
    const TemporaryFolder folder;
    {
        Store store(folder.file("world.db"));
        load_texts(store, {lone_job});
    }
    Store again(folder.file("world.db"));
    EXPECT_TRUE(again.resources().find(arn("batch-inference-job/one")));
    EXPECT_TRUE(again.resources().is_assumed(arn("filter/comedy")));
}

}  // namespace
}  // namespace plocal::snapshot
