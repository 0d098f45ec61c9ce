#include "server/base/spool.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>

#include <gtest/gtest.h>

#include "tests/support/full_disk.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::base {
namespace {

using storage::TemporaryFolder;
using support::FullDisk;

std::string numbers_up_to(int last) {
    std::string text;
    for (int i = 0; i <= last; ++i) text += std::to_string(i) + " ";
    return text;
}

std::string rest_of(Pieces& pieces) {
    std::string text;
    for (std::string_view piece = pieces.next(); !piece.empty(); piece = pieces.next()) text += piece;
    return text;
}

void append_in_pieces(Spool& spool, std::string_view text, std::size_t piece_bytes) {
    for (; !text.empty(); text.remove_prefix(std::min(text.size(), piece_bytes))) {
        spool.append(text.substr(0, piece_bytes));
    }
}

TEST(Spool, HasTheTextThatWasAdded) {
    const TemporaryFolder folder;
    const std::string text = numbers_up_to(60'000);
    const struct {
        const char* name;
        SpoolPlace place;
        std::size_t piece_bytes;
        bool is_in_memory;
    } cases[] = {
        {"a short text", {.folder = folder.path()}, 1'000, true},
        {"a text of just the size", {.folder = folder.path(), .memory_bytes = text.size()}, 1'000, true},
        {"a text of one byte more", {.folder = folder.path(), .memory_bytes = text.size() - 1}, 1'000, false},
        {"a long text", {.folder = folder.path(), .memory_bytes = 10}, 1'000, false},
        {"a long text in one piece", {.folder = folder.path(), .memory_bytes = 10}, text.size(), false},
        {"a long text where there is no folder", {.folder = {}, .memory_bytes = 10}, 1'000, true},
        {"a long text where there is another folder", {.folder = folder.file("no"), .memory_bytes = 10}, 1'000, true},
    };
    for (const auto& each : cases) {
        Spool spool(each.place);
        append_in_pieces(spool, text, each.piece_bytes);
        EXPECT_EQ(spool.size_bytes(), text.size()) << each.name;
        EXPECT_EQ(spool.is_in_memory(), each.is_in_memory) << each.name;
        for (const std::size_t offset : {std::size_t{0}, std::size_t{1}, std::size_t{200'000}, text.size()}) {
            EXPECT_TRUE(rest_of(*spool.open(offset)) == text.substr(offset)) << each.name << ", from " << offset;
        }
        if (!each.is_in_memory) continue;
        EXPECT_TRUE(spool.take_text() == text) << each.name;
    }
}

TEST(Spool, IsReadBySeveralAtOnce) {
    const TemporaryFolder folder;
    const std::string text = numbers_up_to(60'000);
    Spool spool({.folder = folder.path(), .memory_bytes = 0});
    spool.append(text);
    const auto first = spool.open();
    const auto second = spool.open(7);
    std::string read(first->next());
    EXPECT_TRUE(rest_of(*second) == text.substr(7));
    read += rest_of(*first);
    EXPECT_TRUE(read == text);
}

TEST(Spool, LeavesNoFileBehind) {
    const TemporaryFolder folder;
    Spool spool({.folder = folder.path(), .memory_bytes = 0});
    spool.append("a text");
    EXPECT_FALSE(spool.is_in_memory());
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Spool, TellsWhyALongTextCannotBeKept) {
    const TemporaryFolder folder;
    const std::string missing = folder.file("missing");
    Spool spool({.folder = missing, .memory_bytes = 2, .memory_bytes_without_folder = 4});
    spool.append("abcd");
    try {
        spool.append("e");
        FAIL() << "five bytes are too many";
    } catch (const SpoolError& error) {
        EXPECT_EQ(std::string(error.what()),
                  "a temporary file cannot be written in " + missing + ": No such file or directory");
    }
}

TEST(Spool, NoticesAFullDisk) {
    const TemporaryFolder folder;
    Spool spool({.folder = folder.path(), .memory_bytes = 2});
    const FullDisk disk(10);
    spool.append("abc");
    try {
        spool.append("defghijklmnop");
        FAIL() << "the disk has room for ten bytes";
    } catch (const SpoolError& error) {
        EXPECT_EQ(std::string(error.what()),
                  "a temporary file cannot be written in " + folder.path() + ": File too large");
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace plocal::base
