#include <vector>

#include "tests/unit/service/events/movie_events.h"

namespace plocal::events {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const std::string plain_row = R"({"USER_ID":"u","ITEM_ID":"a","TIMESTAMP":1700000000,"EVENT_TYPE":"watch"})"
                              "\n";

class PutEvents : public PutRequests {};

// Fidelity: seen | PutEvents answers 200 with an empty body of the type application/json |
//   aws-samples/amazon-personalize-immersion-day, Retail/Retail_03_Inference_Layer.ipynb
TEST_F(PutEvents, AnswersAnEmptyBody) {
    const Answer answer = put_event();
    EXPECT_EQ(answer.status, 200) << answer.text;
    EXPECT_EQ(answer.text, "");
    EXPECT_EQ(answer.header("content-type"), "application/json");
    EXPECT_EQ(answer.header("x-personalize-local-why"), "");
    EXPECT_EQ(rows("INTERACTIONS"), plain_row);
}

struct StoredCase {
    const char* name;
    Json more;
    const char* columns;  // beside USER_ID, ITEM_ID, TIMESTAMP and EVENT_TYPE
};

const std::vector<StoredCase> stored_cases = {
    {"itemId in properties", {{"properties", properties({{"itemId", "a"}})}}, ""},
    {"itemId at both places", {{"itemId", "a"}, {"properties", properties({{"itemId", "b"}})}}, ""},
    {"ITEM_ID in properties", {{"properties", properties({{"ITEM_ID", "a"}})}}, ""},
    {"eventValue", {{"eventValue", 4}}, R"(,"EVENT_VALUE":4.0)"},
    {"eventValue in properties", {{"itemId", "a"}, {"properties", R"({"eventValue":"4"})"}}, R"(,"EVENT_VALUE":4.0)"},
    {"eventValue at both places",
     {{"itemId", "a"}, {"eventValue", 1.5}, {"properties", R"({"eventValue":2})"}},
     R"(,"EVENT_VALUE":1.5)"},
    {"camel case", {{"itemId", "a"}, {"properties", R"({"discount":"No"})"}}, R"(,"DISCOUNT":"No")"},
    {"upper case", {{"itemId", "a"}, {"properties", R"({"DISCOUNT":"No"})"}}, R"(,"DISCOUNT":"No")"},
    {"a null", {{"itemId", "a"}, {"properties", R"({"discount":null})"}}, ""},
    {"an impression", {{"impression", {"a", "b"}}}, R"(,"IMPRESSION":"a|b")"},
    {"a recommendation", {{"recommendationId", "RID-1"}}, R"(,"RECOMMENDATION_ID":"RID-1")"},
    {"a source",
     {{"metricAttribution", {{"eventAttributionSource", "mail"}}}},
     R"(,"EVENT_ATTRIBUTION_SOURCE":"mail")"},
    {"a fraction of a second", {{"sentAt", 1'700'000'000.9}}, ""},
    {"a number with an exponent", {{"sentAt", 1.7E9}}, ""},
};

// Fidelity: seen | itemId and eventValue may be given in properties instead |
//   aws-samples/amazon-personalize-immersion-day, Media/Media_04_Inference.ipynb
TEST_F(PutEvents, StoresWhatMembersAndPropertiesSay) {
    for (const StoredCase& one : stored_cases) {
        begin();
        EXPECT_EQ(outcome(put_event(one.more)), "200") << one.name;
        const std::string expected = plain_row.substr(0, plain_row.size() - 2) + one.columns + "}\n";
        EXPECT_EQ(rows("INTERACTIONS"), expected) << one.name;
    }
}

// Fidelity: seen | No event is too old, and none too new |
//   aws-samples/amazon-personalize-immersion-day, NewsPublishing/News_03_Inference_Layer.ipynb
TEST_F(PutEvents, StoresEventsOfThePastAndTheFuture) {
    const Json list = {event({{"sentAt", 0}}), event({{"sentAt", 32'503'680'000}}), event({{"sentAt", -5}})};
    EXPECT_EQ(put("/events", events_of(list)).status, 200);
    EXPECT_EQ(logged("?outcome=stored")["events"].size(), 3U);
}

// Fidelity: documented | An event without a user belongs to its session, and recommendations for the session's id work
//   at once | https://docs.aws.amazon.com/personalize/latest/dg/recording-events.html
TEST_F(PutEvents, StoresEventsWithoutAUserUnderTheirSession) {
    Json input = events_of(event());
    input.erase("userId");
    EXPECT_EQ(put("/events", input).status, 200);
    EXPECT_THAT(rows("INTERACTIONS"), StartsWith(R"({"USER_ID":"s","ITEM_ID":"a")"));
}

// Fidelity: seen | The session id null, as a word, is answered with 200, and the event is dropped | aws/aws-sdk-js#3371
TEST_F(PutEvents, DropsEventsOfTheSessionNull) {
    const Answer answer = put("/events", events_of(event(), {{"sessionId", "null"}}));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("x-personalize-local-why"),
              "record 1 is ignored: the service drops events whose sessionId is the word null (seen)");
    EXPECT_EQ(rows("INTERACTIONS"), "");
    EXPECT_EQ(newest(), "ignored the service drops events whose sessionId is the word null");
}

// Fidelity: documented | Of events with the same eventId the first counts | boto/botocore,
//   personalize-events/2018-03-22/service-2.json
TEST_F(PutEvents, StoresEachEventIdOnce) {
    const Json list = {event({{"eventId", "e"}}), event({{"eventId", "e"}, {"itemId", "b"}})};
    EXPECT_EQ(put("/events", events_of(list)).status, 200);
    EXPECT_EQ(put_event({{"eventId", "e"}, {"itemId", "c"}}).status, 200);
    EXPECT_EQ(rows("INTERACTIONS"), plain_row);
    EXPECT_EQ(newest(), "ignored an event with this eventId is there already");
    EXPECT_EQ(logged("?outcome=ignored")["events"].size(), 2U);
}

// Fidelity: documented | Of events with the same time and the same properties one is kept | boto/botocore,
//   personalize-events/2018-03-22/service-2.json
TEST_F(PutEvents, StoresEqualEventsOnce) {
    const Json once = event({{"itemId", "a"}, {"properties", R"({"discount":"No"})"}});
    EXPECT_EQ(put("/events", events_of({once, once})).status, 200);
    EXPECT_EQ(put("/events", events_of({once, event()})).status, 200);
    EXPECT_EQ(put("/events", events_of(once, {{"userId", "other"}})).status, 200);
    EXPECT_EQ(logged("?outcome=stored")["events"].size(), 3U) << "another property, another user";
    EXPECT_EQ(logged("?outcome=ignored")["events"].size(), 2U);
}

// Fidelity: inferred | Keys of properties that the schema does not have are ignored: only a reserved key beside one of
//   them was blamed | -
TEST_F(PutEvents, IgnoresKeysThatTheSchemaDoesNotHave) {
    const Answer answer = put_event({{"itemId", "a"}, {"properties", R"({"duration":7,"mood":{"is":"good"}})"}});
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("x-personalize-local-why"),
              "record 1 is stored: keys of properties that the schema does not have are ignored: duration, mood "
              "(inferred)");
    EXPECT_EQ(rows("INTERACTIONS"), plain_row);
    EXPECT_EQ(newest(), "stored keys of properties that the schema does not have are ignored: duration, mood");
}

struct RefusedCase {
    const char* name;
    Json more;
    const char* outcome;
};

const std::string long_word(256, 'x');

const std::vector<RefusedCase> refused_cases = {
    {"no JSON", {{"properties", "itemId=a"}}, "InvalidInputException: Error parsing properties json"},
    {"encoded twice",
     {{"properties", Json(R"({"itemId":"a"})").dump()}},
     "InvalidInputException: Error parsing properties json"},
    {"a list", {{"properties", "[]"}}, "InvalidInputException: Error parsing properties json"},
    {"a time in properties",
     {{"itemId", "a"}, {"properties", R"({"timestamp":1})"}},
     "InvalidInputException: The properties at eventList.2.member must not have the key timestamp."},
    {"a user in properties",
     {{"itemId", "a"}, {"properties", R"({"USER_ID":"x"})"}},
     "InvalidInputException: The properties at eventList.2.member must not have the key USER_ID."},
    {"no item", {{"properties", "{}"}}, "InvalidInputException: ITEM_ID at eventList.2.member must not be null."},
    {"a value that is no number",
     {{"itemId", "a"}, {"properties", R"({"eventValue":"PLAY"})"}},
     "InvalidInputException: The value of EVENT_VALUE at eventList.2.member is invalid: expected float or null, found "
     "\"PLAY\""},
    {"milliseconds",
     {{"sentAt", 1'700'000'000'000}},
     "InvalidInputException: The value of sentAt at eventList.2.member is not a time in seconds since 1970."},
    {"properties as an object",
     {{"properties", Json::object()}},
     "SerializationException: Start of structure or map found where not expected"},
};

// Fidelity: seen | Properties that are encoded twice are refused with Error parsing properties json |
//   aws/aws-sdk-js#2773
// Fidelity: seen | A reserved key in properties is refused with status 400 | aws-amplify/amplify-js#6906
TEST_F(PutEvents, StoresNothingOfARequestThatItRefuses) {
    for (const RefusedCase& one : refused_cases) {
        const Answer answer = put("/events", events_of({event(), event(one.more)}));
        EXPECT_EQ(outcome(answer), one.outcome) << one.name;
        EXPECT_EQ(answer.status, 400) << one.name;
        EXPECT_EQ(newest(), std::string("refused ") + one.outcome) << one.name;
    }
    EXPECT_EQ(rows("INTERACTIONS"), "");
    EXPECT_EQ(logged()["events"].size(), 2 * refused_cases.size());
}

// Fidelity: documented | An event has at most 10 KB | https://docs.aws.amazon.com/personalize/latest/dg/limits.html
TEST_F(PutEvents, RefusesAnEventOfMoreThanTenKilobytes) {
    Json large = event({{"itemId", "a"}, {"properties", Json(Json{{"x", std::string(1000, 'x')}}).dump()}});
    std::string wide;
    for (int i = 0; i < 128; ++i) wide += "\xf0\x9f\x8e\xac";
    for (int i = 0; i < 25; ++i) large["impression"].push_back(wide);
    const Answer answer = put("/events", events_of(large));
    EXPECT_EQ(outcome(answer), "InvalidInputException: The event at eventList.1.member is larger than 10240 bytes.");
    large["impression"].erase(large["impression"].begin(), large["impression"].begin() + 10);
    EXPECT_EQ(outcome(put("/events", events_of(large))), "200");
}

// Fidelity: documented | A request has at most ten events | boto/botocore,
//   personalize-events/2018-03-22/service-2.json
TEST_F(PutEvents, TakesTenEvents) {
    Json list = Json::array();
    for (int i = 0; i < 10; ++i) list.push_back(event({{"sentAt", i}}));
    EXPECT_EQ(put("/events", events_of(list)).status, 200);
    list.push_back(event());
    EXPECT_EQ(put("/events", events_of(list)).status, 400);
    EXPECT_EQ(logged("?outcome=stored")["events"].size(), 10U);
    EXPECT_EQ(logged("?outcome=refused")["events"].size(), 11U);
}

TEST_F(PutEvents, RaisesTheRevisionOnceARequest) {
    put("/events", events_of({event({{"sentAt", 1}}), event({{"sentAt", 2}})}));
    put("/events", events_of(event({{"sentAt", 1}})));
    EXPECT_EQ(world_->store().row_sets().revision(arn("dataset-group/movies")), 1);
}

TEST_F(PutEvents, TakesWholeSecondsTowardsThePast) {
    put_event({{"sentAt", -0.5}});
    EXPECT_THAT(rows("INTERACTIONS"), HasSubstr(R"("TIMESTAMP":-1)"));
}

}  // namespace
}  // namespace plocal::events
