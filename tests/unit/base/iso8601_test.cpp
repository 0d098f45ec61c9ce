#include "server/base/iso8601.h"

#include <gtest/gtest.h>

#include "tests/unit/service/lifecycle/moment.h"

namespace plocal::base {
namespace {

using lifecycle::at;
using lifecycle::at_ms;

struct Good {
    const char* name;
    const char* text;
    std::int64_t ms;
};

TEST(Iso8601, ReadsTimestampsAsPeopleAndTheCliWriteThem) {
    const Good cases[] = {
        {"the epoch", "1970-01-01T00:00:00Z", 0},
        {"a date alone", "1970-01-02", 86'400'000},
        {"without a zone it is UTC", "1970-01-01T00:00:01", 1'000},
        {"without seconds", "1970-01-01T01:02Z", 3'720'000},
        {"before the epoch", "1969-12-31T23:59:59.999Z", -1},
        {"a blank for the T", "1970-01-01 00:00:01Z", 1'000},
        {"small letters", "1970-01-01t00:00:01z", 1'000},
        {"a tenth", "1970-01-01T00:00:00.5Z", 500},
        {"a hundredth", "1970-01-01T00:00:00.05Z", 50},
        {"a comma", "1970-01-01T00:00:00,123Z", 123},
        {"microseconds, cut off", "1970-01-01T00:00:00.123999+00:00", 123},
        {"far too many digits", "1970-01-01T00:00:00.00199999999999999999999999999999Z", 1},
        {"an offset east", "1970-01-01T01:00:00+01:00", 0},
        {"an offset west", "1969-12-31T16:30:00-07:30", 0},
        {"an offset without a colon", "1970-01-01T05:30:00+0530", 0},
        {"as the AWS CLI prints it", "2026-01-31T12:00:00.123000+01:00", 1'769'857'200'123},
        {"a leap day", "2024-02-29T00:00:00Z", 1'709'164'800'000},
        {"a leap day of a century", "2000-02-29", 951'782'400'000},
        {"the last millisecond of four-digit years", "9999-12-31T23:59:59.999Z", 253'402'300'799'999},
        {"the first of them", "0000-01-01", -62'167'219'200'000},
    };
    for (const Good& one : cases) EXPECT_EQ(parse_iso8601(one.text), at_ms(one.ms)) << one.name;
}

TEST(Iso8601, RefusesEverythingElse) {
    const char* const cases[] = {
        "",
        "now",
        "1700000000",
        "2026",
        "2026-01",
        "2026-1-31",
        "26-01-31",
        "20260131",
        "20260131T120000Z",
        "2026/01/31",
        "2026-00-31",
        "2026-13-01",
        "2026-01-00",
        "2026-01-32",
        "2026-04-31",
        "2026-02-29",
        "2100-02-29",
        "2026-01-31T",
        "2026-01-31T12",
        "2026-01-31T12:0",
        "2026-01-31T24:00:00Z",
        "2026-01-31T12:60:00Z",
        "2026-01-31T12:00:60Z",
        "2026-01-31T12:00:0Z",
        "2026-01-31T12:00:00.Z",
        "2026-01-31T12:00.5Z",
        "2026-01-31T12:00:00+1",
        "2026-01-31T12:00:00+24:00",
        "2026-01-31T12:00:00+01:60",
        "2026-01-31T12:00:00+01:00Z",
        "2026-01-31T12:00:00 UTC",
        "2026-01-31Z",
        "2026-01-31T12:00:00Z ",
        " 2026-01-31T12:00:00Z",
        "-026-01-31",
        "+2026-01-31",
        "Sat, 31 Jan 2026 12:00:00 GMT",
    };
    for (const char* const text : cases) EXPECT_FALSE(parse_iso8601(text)) << "'" << text << "'";
}

TEST(Iso8601, IsWrittenInUtcWithAFractionOnlyIfItIsNotZero) {
    EXPECT_EQ(iso8601(at_ms(0)), "1970-01-01T00:00:00Z");
    EXPECT_EQ(iso8601(at_ms(1'769'860'800'123)), "2026-01-31T12:00:00.123Z");
    EXPECT_EQ(iso8601(at_ms(1'769'860'800'120)), "2026-01-31T12:00:00.120Z");
    EXPECT_EQ(iso8601(at_ms(1'769'860'800'001)), "2026-01-31T12:00:00.001Z");
    EXPECT_EQ(iso8601(at_ms(-1)), "1969-12-31T23:59:59.999Z");
}

TEST(Iso8601, ReadsBackWhatItWrites) {
    for (const std::int64_t ms : {0LL, 1LL, -1LL, 951'782'400'000LL, 1'709'164'799'999LL, 1'769'860'800'123LL,
                                  253'402'300'799'999LL, -62'167'219'200'000LL}) {
        EXPECT_EQ(parse_iso8601(iso8601(at_ms(ms))), at_ms(ms)) << ms;
    }
}

TEST(HttpDate, IsWrittenInTheFormatOfHttpDateHeaders) {
    EXPECT_EQ(http_date(at("1994-11-06T08:49:37Z")), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(http_date(at("2026-01-31T12:00:00.999Z")), "Sat, 31 Jan 2026 12:00:00 GMT");
    EXPECT_EQ(http_date(at("2024-02-29T23:59:59Z")), "Thu, 29 Feb 2024 23:59:59 GMT");
    EXPECT_EQ(http_date(at("1969-12-31T23:59:59.500Z")), "Wed, 31 Dec 1969 23:59:59 GMT");
}

}  // namespace
}  // namespace plocal::base
