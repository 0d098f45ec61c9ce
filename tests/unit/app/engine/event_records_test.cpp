#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/service/events/movie_events.h"

namespace plocal::engine {
namespace {

using base::Json;
using events::event;
using events::events_of;
using support::Answer;
using testing::ElementsAre;
using testing::IsEmpty;

/// The list of events, as `/_local/events` answers it.
class EventRecords : public events::PutRequests {
protected:
    Answer control(std::string_view method, std::string_view target, std::string_view body = {}) {
        return world_->send({.method = method, .target = target, .headers = {}, .body = body});
    }

    void add_rule(const char* rule) { ASSERT_EQ(control("POST", "/_local/rules", rule).status, 200) << rule; }

    /// "OPERATION OUTCOME why" of all entries, the oldest first.
    std::vector<std::string> listed(std::string_view query = {}) {
        std::vector<std::string> lines;
        const Json log = logged(query);
        for (const Json& entry : log.at("events")) {
            std::string line = entry.at("operation");
            line.append(" ").append(entry.at("outcome").get<std::string>());
            if (entry.contains("why")) line.append(" ").append(entry["why"].get<std::string>());
            lines.push_back(line);
        }
        std::ranges::reverse(lines);
        return lines;
    }
};

TEST_F(EventRecords, HaveWhatTheRequestAndTheRecordSay) {
    const Json one = event({{"eventId", "e"}});
    put("/events", events_of(one));
    const Json expected = {{"at", "2026-01-31T12:00:00.123Z"},
                           {"operation", "PutEvents"},
                           {"trackingId", events::tracking_id},
                           {"userId", "u"},
                           {"sessionId", "s"},
                           {"record", one},
                           {"outcome", "stored"}};
    EXPECT_EQ(logged()["events"], Json::array({expected}));
    put("/users", {{"datasetArn", events::dataset_arn("USERS")}, {"users", {{{"userId", "v"}}}}});
    const Json user = logged("?userId=v")["events"].at(0);
    EXPECT_EQ(user["datasetArn"], events::dataset_arn("USERS"));
    EXPECT_EQ(user["record"], Json({{"userId", "v"}}));
}

TEST_F(EventRecords, AreThoseOfRefusedRequestsToo) {
    put("/events", events_of({event(), event()}, {{"trackingId", "none"}}));
    put("/events", events_of(event({{"eventType", ""}})));
    control("POST", "/items", "no JSON");
    control("POST", "/events", R"({"trackingId": 7, "eventList": {}})");
    const std::string unknown = "The event tracker with the tracking ID none does not exist or is not active yet.";
    const std::vector<std::string> lines = listed();
    ASSERT_EQ(lines.size(), 5U);
    EXPECT_EQ(lines[0], "PutEvents refused InvalidInputException: " + unknown);
    EXPECT_EQ(lines[1], lines[0]);
    EXPECT_THAT(lines[2], testing::StartsWith("PutEvents refused ValidationException: 1 validation error detected"));
    EXPECT_EQ(lines[3], "PutItems refused SerializationException: Unexpected token received from parser");
    EXPECT_THAT(lines[4], testing::StartsWith("PutEvents refused SerializationException"));
    EXPECT_EQ(logged()["events"][1]["record"], nullptr);
}

TEST_F(EventRecords, SayWhichRuleHasAnswered) {
    add_rule(R"({"id": "said", "match": {"operation": "PutEvents"}, "times": 1, "output": {}})");
    add_rule(
        R"({"id": "lost", "match": {"operation": "PutEvents"}, "times": 1, "error": {"type": "A", "message": "m"}})");
    add_rule(R"({"id": "late", "match": {"operation": "PutEvents"}, "times": 1,
                 "error": {"type": "A", "message": "m", "afterCommit": true}})");
    for (int i = 0; i < 3; ++i) put_event();
    EXPECT_THAT(listed(), ElementsAre("PutEvents ignored rule said has answered", "PutEvents refused rule lost fired",
                                      "PutEvents stored"));
}

TEST_F(EventRecords, AreOfPersonalizeEventsAlone) {
    world_->call("ListSchemas", Json::object());
    control("POST", "/recommendations", "{}");
    control("POST", "/no/such/path", "{}");
    EXPECT_THAT(listed(), IsEmpty());
}

TEST_F(EventRecords, AreNarrowedByTheQuery) {
    put("/events", events_of(event()));
    put("/events", events_of(event(), {{"trackingId", "none"}, {"userId", "v"}, {"sessionId", "t"}}));
    put_items({{"itemId", "a"}});
    const std::vector<std::pair<std::string, std::size_t>> queries = {
        {"?trackingId=none", 1},
        {"?userId=u", 1},
        {"?sessionId=t", 1},
        {"?outcome=refused", 2},
        {"?datasetArn=" + events::dataset_arn("ITEMS"), 1},
        {"?limit=2", 2},
        {"?outcome=stored&userId=v", 0}};
    for (const auto& [query, count] : queries) EXPECT_EQ(listed(query).size(), count) << query;
    for (const char* const bad : {"?outcome=lost", "?limit=few", "?user=u"}) {
        EXPECT_EQ(control("GET", "/_local/events" + std::string(bad)).status, 400) << bad;
    }
}

TEST_F(EventRecords, AreRemovedByADeleteAndByAReset) {
    const std::string account = "222222222222";
    const auto put_both = [&] {
        put("/events", events_of(event()));
        put("/events", events_of(event()), account);
    };
    put_both();
    EXPECT_EQ(control("DELETE", "/_local/events?account=" + account).text, R"({"events":[]})");
    EXPECT_EQ(listed().size(), 1U);
    put_both();
    EXPECT_EQ(listed("?account=" + account).size(), 1U);
    control("POST", "/_local/reset?account=" + account);
    EXPECT_THAT(listed("?account=" + account), IsEmpty());
    EXPECT_EQ(listed().size(), 2U);
    EXPECT_EQ(control("DELETE", "/_local/events").text, R"({"events":[]})");
    put_event();
    control("POST", "/_local/reset");
    EXPECT_THAT(listed(), IsEmpty());
}

}  // namespace
}  // namespace plocal::engine
