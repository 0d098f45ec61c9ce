#include "storage/timeline.h"

#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/unit/storage/records.h"

namespace plocal::storage {
namespace {

using base::Instant;
using std::chrono::milliseconds;

struct TextCase {
    const char* name;
    Timeline timeline;
    std::string text;
};

std::ostream& operator<<(std::ostream& out, const TextCase& test) {
    return out << test.name;
}

Timeline with_reason(const std::string& reason) {
    return {at_ms(1), at_ms(1), {{"CREATE FAILED", Ending::never, {}, 0, {}}}, 0, reason};
}

// The format is stored on disk: if one of these texts changes, existing files can no longer be read.
const TextCase text_cases[] = {
    {"Nothing", {}, "0 0 0"},
    {"Durations",
     {at_ms(1700000000000),
      at_ms(1700000000001),
      {{"CREATE PENDING", Ending::duration, milliseconds(1000), 0, {}},
       {"CREATE IN_PROGRESS", Ending::duration, milliseconds(0), 0, {}},
       {"ACTIVE", Ending::never, {}, 0, {}}},
      0,
      ""},
     "1700000000000 1700000000001 0;d1000 CREATE PENDING;d0 CREATE IN_PROGRESS;n ACTIVE"},
    {"PollsAndCommands",
     {at_ms(5),
      at_ms(6),
      {{"PENDING", Ending::polls, {}, 2, at_ms(7)},
       {"IN PROGRESS", Ending::polls, {}, 3, {}},
       {"STOPPING", Ending::command, {}, 0, {}},
       {"STOPPED", Ending::command, {}, 0, at_ms(9)}},
      1,
      ""},
     "5 6 1;l2@7 PENDING;l3 IN PROGRESS;c STOPPING;c@9 STOPPED"},
    {"ADurationCutShort",
     {at_ms(5), at_ms(5), {{"PENDING", Ending::duration, milliseconds(60000), 0, at_ms(7)}}, 0, ""},
     "5 5 0;d60000@7 PENDING"},
    {"CausesAndAnOrigin",
     {at_ms(5),
      at_ms(5),
      {{"PENDING", Ending::polls, {}, 2, at_ms(7), "call"},
       {"IN PROGRESS", Ending::command, {}, 0, at_ms(9), "rule:slow-1.b_C"},
       {"ACTIVE", Ending::never, {}, 0, {}, ""}},
      0,
      "",
      "fixture"},
     "5 5 0 fixture;l2@7,call PENDING;c@9,rule:slow-1.b_C IN PROGRESS;n ACTIVE"},
    {"OpenWork",
     {at_ms(5),
      at_ms(5),
      {{.status = "PENDING", .ending = Ending::duration, .duration = milliseconds(1000)},
       {.status = "IN PROGRESS", .ending = Ending::duration, .duration = milliseconds(2000), .work = Work{}},
       {.status = "ACTIVE"}},
      0,
      ""},
     "5 5 0;d1000 PENDING;wd2000 IN PROGRESS;n ACTIVE"},
    {"WorkThatDoesNotDecide",
     {at_ms(5),
      at_ms(5),
      {{.status = "IN PROGRESS", .ending = Ending::command, .work = Work{.decides_outcome = false}},
       {.status = "ACTIVE"}},
      0,
      ""},
     "5 5 0;Wc IN PROGRESS;n ACTIVE"},
    {"WorkThatIsOver",
     {at_ms(5),
      at_ms(5),
      {{.status = "IN PROGRESS",
        .ending = Ending::polls,
        .polls = 2,
        .ended = at_ms(9),
        .cause = "work",
        .work = Work{.over = at_ms(8), .files = 1, .bytes = 4096, .lines = 12, .errors = 3}},
       {.status = "ACTIVE"}},
      0,
      ""},
     "5 5 0;wl2=8,1,4096,12,3@9,work IN PROGRESS;n ACTIVE"},
    {"WorkWithADetail",
     {at_ms(5),
      at_ms(5),
      {{.status = "IN PROGRESS",
        .ending = Ending::duration,
        .duration = milliseconds(7),
        .work = Work{.over = at_ms(8), .lines = 12, .errors = 1, .detail = "a;b \"c\"!\n"}},
       {.status = "ACTIVE"}},
      0,
      ""},
     "5 5 0;wd7=8,0,0,12,1\"a;b \\\"c\\\"!\\n\" IN PROGRESS;n ACTIVE"},
    {"ReasonsOfSingleSteps",
     {at_ms(5),
      at_ms(5),
      {{.status = "UPDATE FAILED",
        .ending = Ending::command,
        .ended = at_ms(7),
        .failure_reason = "a \"model\"; why\n"},
       {.status = "UPDATE FAILED", .ending = Ending::command, .ended = at_ms(8), .failure_reason = ""},
       {.status = "CREATE FAILED"}},
      0,
      "by hand"},
     R"(5 5 0;c@7 UPDATE FAILED"a \"model\"; why\n";c@8 UPDATE FAILED"";n CREATE FAILED!by hand)"},
    {"BeforeTheEpoch", {at_ms(-62135596800000), at_ms(-1), {}, 0, ""}, "-62135596800000 -1 0"},
    {"TheEndsOfTime", {Instant::min(), Instant::max(), {}, 0, ""}, "-9223372036854775808 9223372036854775807 0"},
    {"AReasonOfWords", with_reason("Insufficient privileges; see s3://b/k!"),
     "1 1 0;n CREATE FAILED!Insufficient privileges; see s3://b/k!"},
    {"AReasonOfLines", with_reason("one\ntwo\r\n\tthree"), "1 1 0;n CREATE FAILED!one\\ntwo\\r\\n\tthree"},
    {"AReasonWithBackslashes", with_reason("C:\\new\\"), "1 1 0;n CREATE FAILED!C:\\\\new\\\\"},
    {"AReasonWithAZero", with_reason(std::string("a\0b", 3)), "1 1 0;n CREATE FAILED!a\\0b"},
    {"AReasonInUtf8", with_reason("Fehler: ungültig \xf0\x9f\x98\x80"),
     "1 1 0;n CREATE FAILED!Fehler: ungültig \xf0\x9f\x98\x80"},
    {"AReasonThatIsNoUtf8", with_reason("\xff\xfe"), "1 1 0;n CREATE FAILED!\xff\xfe"},
    {"AReasonLikeAStep", with_reason(";d5 ACTIVE!x"), "1 1 0;n CREATE FAILED!;d5 ACTIVE!x"},
    {"AReasonWithoutSteps", {at_ms(1), at_ms(1), {}, 0, "why"}, "1 1 0!why"},
};

class TimelineText : public testing::TestWithParam<TextCase> {};

TEST_P(TimelineText, NeverChangesItsFormat) {
    EXPECT_EQ(to_text(GetParam().timeline), GetParam().text);
}

TEST_P(TimelineText, ReadsBackTheSame) {
    EXPECT_EQ(timeline_from_text(GetParam().text), GetParam().timeline);
}

// Every byte with a meaning in a text, and some without one, among them the zero at the end of the literal.
constexpr char telling_bytes[] = "0159-@,:;!=\"\\ \n\r\tnrdlcwWxA_.\xff";

// A damaged text must never be misread: with one wrong byte it is refused, or it is itself an output of to_text.
TEST_P(TimelineText, WithOneDamagedByteIsRefusedOrReadsAsAnotherTimeline) {
    for (std::size_t at = 0; at < GetParam().text.size(); ++at) {
        for (const char byte : telling_bytes) {
            std::string damaged = GetParam().text;
            damaged[at] = byte;
            try {
                ASSERT_EQ(to_text(timeline_from_text(damaged)), damaged);
            } catch (const std::invalid_argument&) {
            }
        }
    }
}

TEST_P(TimelineText, IsRefusedOrReadsAsAnotherTimelineIfCut) {
    for (std::size_t size = 0; size < GetParam().text.size(); ++size) {
        const std::string cut = GetParam().text.substr(0, size);
        try {
            ASSERT_EQ(to_text(timeline_from_text(cut)), cut);
        } catch (const std::invalid_argument&) {
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Of, TimelineText, testing::ValuesIn(text_cases),
                         [](const auto& row) { return std::string(row.param.name); });

struct Damage {
    const char* name;
    std::string text;
};

std::ostream& operator<<(std::ostream& out, const Damage& damage) {
    return out << damage.name;
}

const Damage damages[] = {
    {"Empty", ""},
    {"OneNumber", "1"},
    {"TwoNumbers", "1 2"},
    {"AWord", "now 2 0"},
    {"ATrailingBlank", "1 2 0 "},
    {"AnOriginOfTwoWords", "1 2 0 a rule"},
    {"ACauseWithoutAMoment", "1 2 0;c,call ACTIVE"},
    {"AnEmptyCause", "1 2 0;c@5, ACTIVE"},
    {"ATrailingLine", "1 2 0\n"},
    {"ALeadingZero", "01 2 0"},
    {"MinusZero", "1 -0 0"},
    {"MinusAlone", "1 - 0"},
    {"APlus", "1 +2 0"},
    {"TooLargeANumber", "9223372036854775808 2 0"},
    {"AnEmptyStep", "1 2 0;"},
    {"AnUnknownEnding", "1 2 0;x ACTIVE"},
    {"NoStatus", "1 2 0;n "},
    {"NoBlankBeforeTheStatus", "1 2 0;nACTIVE"},
    {"ANumberThatNobodyNeeds", "1 2 0;n5 ACTIVE"},
    {"NoDuration", "1 2 0;d ACTIVE"},
    {"NoPolls", "1 2 0;l@5 ACTIVE"},
    {"WorkWithoutAnEnding", "1 2 0;w ACTIVE"},
    {"WorkAtALastStep", "1 2 0;wn ACTIVE"},
    {"AResultWithoutWork", "1 2 0;c=5,0,0,0,0 ACTIVE"},
    {"AResultOfThreeCounts", "1 2 0;wc=5,0,0,0 ACTIVE"},
    {"AReasonWithoutItsLastQuote", "1 2 0;n FAILED\"why"},
    {"AReasonBeforeTheStatus", "1 2 0;n \"why\"FAILED"},
    {"ALineInAQuotedReason", "1 2 0;n FAILED\"a\nb\""},
    {"NoMoment", "1 2 0;c@ ACTIVE"},
    {"ADigitInAStatus", "1 2 0;n ACTIVE2"},
    {"AnEmptyReason", "1 2 0;n FAILED!"},
    {"ALineInAReason", "1 2 0;n FAILED!a\nb"},
    {"AZeroInAReason", std::string("1 2 0;n FAILED!a\0b", 18)},
    {"AnUnknownEscape", "1 2 0;n FAILED!a\\tb"},
    {"AnUnfinishedEscape", "1 2 0;n FAILED!a\\"},
};

class DamagedTimeline : public testing::TestWithParam<Damage> {};

TEST_P(DamagedTimeline, IsRefused) {
    EXPECT_THROW(timeline_from_text(GetParam().text), std::invalid_argument);
}

INSTANTIATE_TEST_SUITE_P(By, DamagedTimeline, testing::ValuesIn(damages),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Timeline, RefusesToWriteAStatusThatCannotBeReadBack) {
    for (const char* status : {"", "A;B", "A!", "A\n", "A1", "\xc3\x84"}) {
        Timeline timeline;
        timeline.steps = {{status, Ending::never, {}, 0, {}}};
        EXPECT_THROW(to_text(timeline), std::invalid_argument) << status;
    }
}

TEST(Timeline, RefusesToWriteACauseThatCannotBeReadBack) {
    for (const char* cause : {"a rule", "a;b", "a!", "\n", "\xc3\x84"}) {
        Timeline timeline;
        timeline.origin = cause;
        EXPECT_THROW(to_text(timeline), std::invalid_argument) << cause;
        timeline.origin.clear();
        timeline.steps = {{"ACTIVE", Ending::command, {}, 0, at_ms(5), cause}};
        EXPECT_THROW(to_text(timeline), std::invalid_argument) << cause;
    }
}

TEST(Timeline, RefusesToWriteWorkInTheLastStep) {
    Timeline timeline;
    timeline.steps = {{.status = "ACTIVE", .work = Work{}}};
    EXPECT_THROW(to_text(timeline), std::invalid_argument);
}

// Texts of version 1 of the tables, as its program wrote them.
TEST(Timeline, OfVersionOneIsReadAndWrittenUnchanged) {
    for (const std::string text : {
             "5 6 1;l2@7 PENDING;l3 IN PROGRESS;c STOPPING;c@9 STOPPED",
             "5 5 0 fixture;l2@7,call PENDING;c@9,rule:slow-1.b_C IN PROGRESS;n ACTIVE",
             "1 1 0;d60000@7 CREATE IN_PROGRESS;n CREATE FAILED!say \"why\"; see s3://b/k!",
             "1 1 0;n ACTIVE!a reason that nothing shows",
         }) {
        EXPECT_EQ(to_text(timeline_from_text(text)), text);
    }
}

TEST(Timeline, WritesNoCountsOfWorkInProgress) {
    Timeline timeline;
    timeline.steps = {{.status = "PENDING", .ending = Ending::command, .work = Work{.files = 3}}};
    EXPECT_EQ(to_text(timeline), "0 0 0;wc PENDING");
}

TEST(Timeline, DropsNumbersThatItsEndingDoesNotUse) {
    Timeline timeline;
    timeline.steps = {{"ACTIVE", Ending::never, milliseconds(5), 3, {}}};
    EXPECT_EQ(to_text(timeline), "0 0 0;n ACTIVE");
}

}  // namespace
}  // namespace plocal::storage
