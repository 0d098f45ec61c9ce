#include "server/local/snapshot/document_files.h"

#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/local/snapshot/readings.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::snapshot {
namespace {

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

}  // namespace
}  // namespace plocal::snapshot
