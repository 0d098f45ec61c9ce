#include "server/base/duration.h"

#include <optional>

#include <gtest/gtest.h>

namespace plocal::base {
namespace {

using std::chrono::milliseconds;

struct Case {
    const char* text;
    std::optional<std::int64_t> ms;
};

TEST(Duration, IsMadeOfWholeNumbersWithUnits) {
    const Case cases[] = {
        {"0ms", 0},
        {"0s", 0},
        {"250ms", 250},
        {"2s", 2'000},
        {"90s", 90'000},
        {"5m", 300'000},
        {"1h", 3'600'000},
        {"36h", 129'600'000},
        {"007s", 7'000},
        {"876600h", 3'155'760'000'000},  // 100 years
        {"876601h", std::nullopt},
        {"3155760000001ms", std::nullopt},
        {"9223372036854775807h", std::nullopt},
        {"9223372036854775808ms", std::nullopt},
        {"", std::nullopt},
        {"s", std::nullopt},
        {"2", std::nullopt},
        {"0", std::nullopt},
        {"2 s", std::nullopt},
        {" 2s", std::nullopt},
        {"2s ", std::nullopt},
        {"-1s", std::nullopt},
        {"-0s", std::nullopt},
        {"+1s", std::nullopt},
        {"1.5s", std::nullopt},
        {"1e3ms", std::nullopt},
        {"0x10s", std::nullopt},
        {"2S", std::nullopt},
        {"2sec", std::nullopt},
        {"22d", 1'900'800'000},
        {"1h30m", 5'400'000},
        {"1d2h3m4s5ms", 93'784'005},
        {"0h5m", 300'000},
        {"90m30s", 5'430'000},
        {"36525d", 3'155'760'000'000},
        {"36525d1ms", std::nullopt},
        {"30m1h", std::nullopt},
        {"1h1h", std::nullopt},
        {"1h 30m", std::nullopt},
        {"1h30", std::nullopt},
        {"1h-30m", std::nullopt},
        {"1h30m..", std::nullopt},
        {"1D", std::nullopt},
        {"PT2S", std::nullopt},
    };
    for (const Case& one : cases) {
        const auto duration = parse_duration(one.text);
        EXPECT_EQ(duration ? std::optional(duration->count()) : std::nullopt, one.ms) << "'" << one.text << "'";
    }
}

TEST(Duration, NeverReadsPastTheEndOfItsText) {
    const std::string_view text = "15ms and more";
    EXPECT_EQ(parse_duration(text.substr(0, 4)), milliseconds(15));
    EXPECT_EQ(parse_duration(text.substr(0, 3)), milliseconds(15 * 60'000));
    EXPECT_EQ(parse_duration(text.substr(0, 2)), std::nullopt);
    EXPECT_EQ(parse_duration({}), std::nullopt);
}

TEST(Duration, IsWrittenInTheLargestUnitThatDividesIt) {
    const struct {
        std::int64_t ms;
        const char* text;
    } cases[] = {
        {0, "0s"},       {1, "1ms"},      {250, "250ms"},     {1'000, "1s"},     {1'500, "1500ms"},
        {90'000, "90s"}, {120'000, "2m"}, {5'400'000, "90m"}, {3'600'000, "1h"}, {3'155'760'000'000, "876600h"},
    };
    for (const auto& one : cases) {
        EXPECT_EQ(duration_text(milliseconds(one.ms)), one.text);
        EXPECT_EQ(parse_duration(one.text), milliseconds(one.ms)) << "read back: " << one.text;
    }
}

TEST(DurationRange, IsOneDurationOrTwo) {
    const struct {
        const char* text;
        const char* read;  // the range as text; "none" if the text is refused
    } cases[] = {
        {"2s", "2s"},
        {"20m..40m", "20m..40m"},
        {"0s..1500ms", "0s..1500ms"},
        {"60s..1m", "1m"},
        {"2s..1s", "none"},
        {"..2s", "none"},
        {"1s..", "none"},
        {"..", "none"},
        {"1s...2s", "none"},
        {"1s .. 2s", "none"},
        {"1s..2s..3s", "none"},
        {"", "none"},
        {"-1s..2s", "none"},
        {"1s-2s", "none"},
        {"1..2s", "none"},
        {"1s..876601h", "none"},
    };
    for (const auto& one : cases) {
        const auto range = parse_duration_range(one.text);
        EXPECT_EQ(range ? duration_range_text(*range) : "none", one.read) << "'" << one.text << "'";
        if (range) {
            EXPECT_EQ(parse_duration_range(duration_range_text(*range)), range) << "read back";
        }
    }
}

TEST(DurationRange, IncludesBothEndsWhenAValueIsDrawn) {
    const DurationRange range(milliseconds(10), milliseconds(19));
    EXPECT_EQ(range.at(0.0), milliseconds(10));
    EXPECT_EQ(range.at(0.0999), milliseconds(10));
    EXPECT_EQ(range.at(0.5), milliseconds(15));
    EXPECT_EQ(range.at(0.999999), milliseconds(19));
    EXPECT_EQ(DurationRange(milliseconds(5)).at(0.999999), milliseconds(5));
}

}  // namespace
}  // namespace plocal::base
