#include "server/base/log.h"

#include <functional>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/base/json.h"

namespace plocal::base {
namespace {

using base::Json;

/// The lines that a log of this level and format writes to stderr before its destruction.
std::vector<std::string> lines_of(Level level, Format format, const std::function<void(Log&)>& use) {
    testing::internal::CaptureStderr();
    {
        Log log(level, format);
        use(log);
    }
    std::istringstream text(testing::internal::GetCapturedStderr());
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    return lines;
}

/// A text line without its timestamp.
std::string without_time(const std::string& line) {
    EXPECT_THAT(line, testing::MatchesRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z .*"));
    return line.substr(line.find(' ') + 1);
}

std::string text_line(std::initializer_list<Field> fields) {
    const auto lines =
        lines_of(Level::info, Format::text, [&](Log& log) { log.write(Level::info, "request", fields); });
    return lines.size() == 1 ? without_time(lines.front()) : "not one line";
}

TEST(TextLog, WritesOneLinePerEvent) {
    EXPECT_EQ(text_line({{"operation", "ListRecipes"}, {"status", "200"}}),
              "info request operation=ListRecipes status=200");
    EXPECT_EQ(text_line({}), "info request");
}

TEST(TextLog, OmitsEmptyFields) {
    EXPECT_EQ(text_line({{"error", ""}, {"status", "200"}, {"why", ""}}), "info request status=200");
}

TEST(TextLog, QuotesAmbiguousValues) {
    const struct {
        const char* name;
        std::string value;
        const char* shown;
    } cases[] = {
        {"a plain one", "arn:aws:personalize:::recipe/aws-sims", "arn:aws:personalize:::recipe/aws-sims"},
        {"braces and percents", "{}%v{0}", "{}%v{0}"},
        {"more than ASCII", "caf\xc3\xa9", "caf\xc3\xa9"},
        {"a blank", "a b", R"("a b")"},
        {"an equals sign", "a=b", R"("a=b")"},
        {"a quote", "a\"b", R"("a\"b")"},
        {"a backslash", "a\\b", R"("a\\b")"},
        {"line breaks", "a\r\nb", R"("a\r\nb")"},
        {"a tab", "a\tb", R"("a\tb")"},
        {"a terminal's escape", "\x1b[31mred", R"("\u001b[31mred")"},
        {"a null", std::string("a\0b", 3), R"("a\u0000b")"},
        {"what is not UTF-8", "a \xff", "\"a \xef\xbf\xbd\""},
        {"what is not UTF-8, alone", "\x9b", "\"\xef\xbf\xbd\""},
        {"a delete character", "a\x7f", R"("a\u007f")"},
        {"a terminal's escape in one character", "\xc2\x9b[31mred", R"("\u009b[31mred")"},
    };
    for (const auto& one : cases) {
        EXPECT_EQ(text_line({{"value", one.value}}), std::string("info request value=") + one.shown) << one.name;
    }
}

TEST(JsonLog, WritesOneObjectPerLine) {
    const auto lines = lines_of(Level::info, Format::json, [](Log& log) {
        log.write(Level::info, "request", {{"operation", "ListRecipes"}, {"error", ""}, {"status", "200"}});
        log.write(Level::error, "failure");
    });
    ASSERT_EQ(lines.size(), 2u);
    const Json request = Json::parse(lines[0]);
    EXPECT_THAT(request.value("time", ""),
                testing::MatchesRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z"));
    EXPECT_EQ(request.value("level", ""), "info");
    EXPECT_EQ(request.value("event", ""), "request");
    EXPECT_EQ(request.value("operation", ""), "ListRecipes");
    EXPECT_EQ(request.value("status", ""), "200");
    EXPECT_FALSE(request.contains("error"));
    EXPECT_EQ(Json::parse(lines[1]).value("level", ""), "error");
    EXPECT_EQ(Json::parse(lines[1]).size(), 3u);
}

TEST(JsonLog, EscapesAnyValue) {
    const std::string value = "{}%v \"\\\r\n\t\x1b\x01 caf\xc3\xa9 ";
    const auto lines = lines_of(Level::info, Format::json, [&](Log& log) {
        log.write(Level::info, "request", {{"good", value}, {"bad", "\xff\xfe"}});
    });
    ASSERT_EQ(lines.size(), 1u);
    const Json line = Json::parse(lines[0]);
    EXPECT_EQ(line.value("good", ""), value);
    EXPECT_EQ(line.value("bad", ""), "\xef\xbf\xbd\xef\xbf\xbd");
}

TEST(JsonLog, HasNoCharacterThatATerminalObeys) {
    const auto lines = lines_of(Level::info, Format::json, [](Log& log) {
        log.write(Level::info, "request", {{"value", "\xc2\x9b[m\x7f"}});
    });
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_THAT(lines[0], testing::HasSubstr(R"("\u009b[m\u007f")"));
}

TEST(Log, WritesEventsAtOrAboveItsLevel) {
    const struct {
        Level level;
        std::vector<std::string> events;
    } cases[] = {
        {Level::debug, {"d", "i", "w", "e"}},
        {Level::info, {"i", "w", "e"}},
        {Level::warn, {"w", "e"}},
        {Level::error, {"e"}},
        {Level::off, {}},
    };
    for (const auto& one : cases) {
        const auto lines = lines_of(one.level, Format::text, [](Log& log) {
            log.write(Level::debug, "d");
            log.write(Level::info, "i");
            log.write(Level::warn, "w");
            log.write(Level::error, "e");
        });
        std::vector<std::string> events;
        for (const std::string& line : lines) events.push_back(line.substr(line.rfind(' ') + 1));
        EXPECT_EQ(events, one.events);
    }
}

TEST(Log, ReportsWhetherALevelWouldBeWritten) {
    Log log(Level::warn, Format::text);
    EXPECT_FALSE(log.wants(Level::debug));
    EXPECT_FALSE(log.wants(Level::info));
    EXPECT_TRUE(log.wants(Level::warn));
    EXPECT_TRUE(log.wants(Level::error));
}

TEST(Log, KeepsLinesIntactAndOrderedAcrossThreads) {
    constexpr int each = 200;
    const auto lines = lines_of(Level::info, Format::text, [](Log& log) {
        const auto write = [&log](const char* name) {
            for (int i = 0; i < each; ++i) log.write(Level::info, name, {{"n", std::to_string(i)}});
        };
        std::thread other(write, "other");
        write("one");
        other.join();
    });
    EXPECT_EQ(lines.size(), 2u * each);
    int next_one = 0;
    int next_other = 0;
    for (const std::string& line : lines) {
        const bool is_one = line.find(" one ") != std::string::npos;
        int& next = is_one ? next_one : next_other;
        EXPECT_EQ(without_time(line), std::string("info ") + (is_one ? "one" : "other") + " n=" + std::to_string(next));
        ++next;
    }
}

TEST(Log, ParsesLevelAndFormatNames) {
    EXPECT_EQ(parse_level("debug"), Level::debug);
    EXPECT_EQ(parse_level("info"), Level::info);
    EXPECT_EQ(parse_level("warn"), Level::warn);
    EXPECT_EQ(parse_level("error"), Level::error);
    EXPECT_EQ(parse_level("off"), Level::off);
    for (const char* const text : {"", "INFO", "warning", "trace", "info "}) EXPECT_FALSE(parse_level(text)) << text;
    EXPECT_EQ(parse_format("text"), Format::text);
    EXPECT_EQ(parse_format("json"), Format::json);
    for (const char* const text : {"", "JSON", "xml"}) EXPECT_FALSE(parse_format(text)) << text;
}

}  // namespace
}  // namespace plocal::base
