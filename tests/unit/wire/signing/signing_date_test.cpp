#include "server/wire/signing/signing_date.h"

#include <chrono>

#include <gtest/gtest.h>

namespace plocal::signing {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds moment{std::chrono::sys_days(std::chrono::year(2015) / 8 / 30) + 12h + 36min + 7s};

TEST(SigningDate, IsWrittenInTheBasicFormOfIso8601) {
    EXPECT_EQ(basic_iso8601(moment), "20150830T123607Z");
    EXPECT_EQ(basic_iso8601(std::chrono::sys_seconds{}), "19700101T000000Z");
}

TEST(SigningDate, IsReadBackToTheSecond) {
    EXPECT_EQ(parse_basic_iso8601("20150830T123607Z"), moment);
    EXPECT_EQ(parse_http_date("Sun, 30 Aug 2015 12:36:07 GMT"), moment);
    EXPECT_EQ(parse_http_date("Mon, 30 Aug 2015 12:36:07 GMT"), moment) << "the day of the week is ignored";
}

TEST(SigningDate, IsNothingForAnyOtherText) {
    for (const char* const text :
         {"", "2015", "20150830T123607", "20150230T123607Z", "20150830T243607Z", "20150830T126007Z", "20150830T123660Z",
          "-0150830T123607Z", "20150830t123607Z", "2015083 T123607Z"}) {
        EXPECT_EQ(parse_basic_iso8601(text), std::nullopt) << text;
    }
    for (const char* const text : {"", "Sun, 30 Aug 2015 12:36:07", "Sun, 30 aug 2015 12:36:07 GMT",
                                   "Sun, 30 Aug 2015 12-36:07 GMT", "Sun, 31 Jun 2015 12:36:07 GMT"}) {
        EXPECT_EQ(parse_http_date(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace plocal::signing
