#include "server/local/telemetry/event_log.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/base/iso8601.h"
#include "server/base/json.h"

namespace plocal::telemetry {
namespace {

using base::Json;
using testing::ElementsAre;
using testing::IsEmpty;

EventEntry sent(const std::string& why) {
    return {.operation = "PutEvents", .record = "{}", .why = why};
}

/// The members `why` of the entries that a filter selects.
std::vector<std::string> selected(const EventLog& log, const EventFilter& filter = {}) {
    std::vector<std::string> whys;
    const Json listed = Json::parse(log.to_json(filter));
    for (const Json& each : listed.at("events")) whys.push_back(each.at("why"));
    return whys;
}

TEST(EventLog, HasEveryMemberOfAnEntry) {
    EventLog log(1);
    log.record({.at = *base::parse_iso8601("2026-01-31T12:00:00.250Z"),
                .account = "111122223333",
                .operation = "PutEvents",
                .tracking_id = "t",
                .dataset_arn = "d",
                .user_id = "u\"",
                .session_id = "s",
                .record = R"({"eventType":"watch"})",
                .outcome = EventOutcome::ignored,
                .why = "w"});
    EXPECT_EQ(
        log.to_json({}),
        R"({"events":[{"at":"2026-01-31T12:00:00.250Z","operation":"PutEvents","trackingId":"t","datasetArn":"d",)"
        R"("userId":"u\"","sessionId":"s","record":{"eventType":"watch"},"outcome":"ignored","why":"w"}]})");
}

TEST(EventLog, LeavesOutWhatIsEmptyButForTheRecord) {
    EventLog log(1);
    log.record({.operation = "PutItems"});
    const std::string text = Json::parse(log.to_json({})).at("events").at(0).dump();
    EXPECT_EQ(text, R"({"at":"1970-01-01T00:00:00Z","operation":"PutItems","record":null,"outcome":"stored"})");
}

TEST(EventLog, ListsTheNewestFirst) {
    EventLog log(10);
    for (const char* const why : {"1", "2", "3"}) log.record(sent(why));
    EXPECT_THAT(selected(log), ElementsAre("3", "2", "1"));
    EXPECT_THAT(selected(log, {.limit = 2}), ElementsAre("3", "2"));
    EXPECT_THAT(selected(log, {.limit = 0}), IsEmpty());
}

TEST(EventLog, SelectsByEveryMemberOfItsFilter) {
    EventLog log(10);
    EventEntry wanted = sent("wanted");
    wanted.account = "111122223333";
    wanted.tracking_id = "t";
    wanted.dataset_arn = "d";
    wanted.user_id = "u";
    wanted.session_id = "s";
    wanted.outcome = EventOutcome::refused;
    log.record(wanted);
    log.record(sent("other"));
    const std::vector<EventFilter> filters = {{.account = "111122223333"}, {.tracking_id = "t"},
                                              {.dataset_arn = "d"},        {.user_id = "u"},
                                              {.session_id = "s"},         {.outcome = EventOutcome::refused}};
    for (std::size_t i = 0; i < filters.size(); ++i) {
        EXPECT_THAT(selected(log, filters[i]), ElementsAre("wanted")) << "filter " << i;
    }
    EXPECT_THAT(selected(log, {.tracking_id = "t", .outcome = EventOutcome::stored}), IsEmpty());
}

TEST(EventLog, DropsTheOldestBeyondItsCapacity) {
    EventLog log(2);
    for (const char* const why : {"1", "2", "3"}) log.record(sent(why));
    EXPECT_THAT(selected(log), ElementsAre("3", "2"));
    EventLog none(0);
    none.record(sent("1"));
    EXPECT_EQ(none.size(), 0U);
}

TEST(EventLog, DropsTheOldestBeyondItsBytes) {
    const std::string large(1000, 'x');
    EventLog log(100, 2 * (sizeof(EventEntry) + 1100));
    for (const char digit : {'1', '2', '3'}) log.record(sent(large + digit));
    EXPECT_THAT(selected(log), ElementsAre(large + '3', large + '2'));
    log.record(sent(std::string(5000, 'x')));
    EXPECT_EQ(log.size(), 2U) << "what does not fit alone drops nothing";
    log.clear();
    for (const char digit : {'4', '5'}) log.record(sent(large + digit));
    EXPECT_EQ(log.size(), 2U);
}

TEST(EventLog, ForgetsOneAccountOrAll) {
    EventLog log(10);
    EventEntry theirs = sent("theirs");
    theirs.account = "111122223333";
    log.record(theirs);
    log.record(sent("ours"));
    log.clear("111122223333");
    EXPECT_THAT(selected(log), ElementsAre("ours"));
    log.clear();
    EXPECT_THAT(selected(log), IsEmpty());
}

TEST(EventLog, ReadsTheOutcomesThatItWrites) {
    for (const EventOutcome outcome : {EventOutcome::stored, EventOutcome::ignored, EventOutcome::refused}) {
        EXPECT_EQ(outcome_of(text_of(outcome)), outcome);
    }
    EXPECT_EQ(outcome_of("lost"), std::nullopt);
}

TEST(EventLog, ComesInPages) {
    EventLog log(3);
    for (const char* const why : {"1", "2", "3", "4"}) log.record(sent(why));
    const auto next_of = [&log](const EventFilter& filter) {
        return Json::parse(log.to_json(filter)).value("next", "none");
    };
    EXPECT_EQ(next_of({.limit = 3}), "none");
    EXPECT_EQ(next_of({.limit = 0}), "none");
    const std::string next = next_of({.limit = 1});
    EXPECT_THAT(selected(log, {.after = std::stoull(next), .limit = 1}), ElementsAre("3"));
    EXPECT_THAT(selected(log, {.after = std::stoull(next)}), ElementsAre("3", "2"));
}

}  // namespace
}  // namespace plocal::telemetry
