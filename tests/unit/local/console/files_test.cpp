#include "server/local/console/files.h"

#include <cstddef>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace plocal::console {
namespace {

constexpr std::size_t most_bytes = std::size_t{150} * 1024;

TEST(ConsoleFiles, HaveAPage) {
    const File* const page = find_file("index.html");
    ASSERT_NE(page, nullptr);
    EXPECT_EQ(page->type, "text/html; charset=utf-8");
    EXPECT_EQ(page->text.substr(0, 15), "<!doctype html>");
    EXPECT_NE(page->text.find("</html>"), std::string_view::npos) << "the whole file";
}

TEST(ConsoleFiles, StayWithin150KiB) {
    std::size_t bytes = 0;
    for (const File& file : files()) bytes += file.text.size();
    EXPECT_LE(bytes, most_bytes);
}

TEST(ConsoleFiles, HaveKnownTypesAndTagsOfTheirOwn) {
    std::set<std::string> tags;
    for (const File& file : files()) {
        EXPECT_FALSE(file.type.starts_with("text/plain")) << file.name;
        EXPECT_FALSE(file.text.empty()) << file.name;
        EXPECT_TRUE(tags.insert(file.tag).second) << file.name;
    }
}

TEST(ConsoleFiles, FindNothingElse) {
    for (const char* name : {"", "index", "INDEX.HTML", "files.h", "../files.h", "index.html\n"}) {
        EXPECT_EQ(find_file(name), nullptr) << name;
    }
}

// The policy of the page forbids them, so that a browser would ignore them.
TEST(ConsoleFiles, HaveNoScriptOrStyleWithinThePage) {
    for (const File& file : files()) {
        if (!file.name.ends_with(".html")) continue;
        EXPECT_EQ(file.text.find("<style"), std::string_view::npos) << file.name;
        EXPECT_EQ(file.text.find(" style="), std::string_view::npos) << file.name;
        EXPECT_EQ(file.text.find("<script>"), std::string_view::npos) << file.name;
        EXPECT_EQ(file.text.find("javascript:"), std::string_view::npos) << file.name;
    }
}

}  // namespace
}  // namespace plocal::console
