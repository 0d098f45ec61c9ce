#include <vector>

#include "tests/unit/service/events/movie_events.h"

namespace plocal::events {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class PutTargets : public PutRequests {
protected:
    Answer send_local(std::string_view method, std::string_view target, const Json& body = nullptr) {
        const std::string text = body.is_null() ? "" : body.dump();
        return world_->send({.method = method, .target = target, .headers = {}, .body = text});
    }

    Answer transition(const std::string& resource, const char* to) {
        return send_local("POST", "/_local/transition", {{"arn", resource}, {"to", to}, {"force", true}});
    }

    Answer put_action_event(Json more = Json::object(), const std::string& tracker = action_tracking_id) {
        Json record = {{"actionId", "x"}, {"sessionId", "s"}, {"timestamp", 7}, {"eventType", "Taken"}};
        record.update(more);
        return put("/action-interactions", {{"trackingId", tracker}, {"actionInteractions", {record}}});
    }
};

TEST_F(PutTargets, AreRefusedForAnUnknownTrackingId) {
    const Answer answer = put("/events", events_of(event(), {{"trackingId", "none"}}));
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(
        outcome(answer),
        "InvalidInputException: The event tracker with the tracking ID none does not exist or is not active yet.");
    EXPECT_THAT(answer.header("x-personalize-local-why"), HasSubstr("no event tracker"));
}

TEST_F(PutTargets, AreRefusedForAnEventTrackerThatIsNotActive) {
    const std::string tracker = arn("event-tracker/1a2b3c4d");
    EXPECT_EQ(outcome(put_event()), "200") << "from now on the server knows it";
    for (const char* const status : {"CREATE PENDING", "CREATE IN_PROGRESS", "CREATE FAILED", "DELETE IN_PROGRESS"}) {
        EXPECT_EQ(transition(tracker, status).status, 200) << status;
        const Answer answer = put_event();
        EXPECT_EQ(answer.error(), "InvalidInputException") << status;
        EXPECT_THAT(answer.header("x-personalize-local-why"), HasSubstr(status)) << status;
    }
}

TEST_F(PutTargets, AreFoundByTheTrackingIdThatACreateHasAnswered) {
    world_->call("DeleteEventTracker", {{"eventTrackerArn", arn("event-tracker/1a2b3c4d")}});
    send_local("POST", "/_local/clock/advance", {{"until", "idle"}});
    const Answer made =
        world_->call("CreateEventTracker", {{"name", "second"}, {"datasetGroupArn", arn("dataset-group/movies")}});
    send_local("POST", "/_local/clock/advance", {{"until", "idle"}});
    const Json input = events_of(event(), {{"trackingId", made.body["trackingId"]}});
    EXPECT_EQ(outcome(put("/events", input)), "200");
}

TEST_F(PutTargets, OfAGroupWithoutInteractionsAreRefused) {
    world_->load({{"eventTrackers",
                   {{{"eventTrackerArn", arn("event-tracker/9a9a9a9a")},
                     {"trackingId", "books"},
                     {"datasetGroupArn", arn("dataset-group/books")}}}},
                  {"datasetGroups", {{{"datasetGroupArn", arn("dataset-group/books")}}}}});
    EXPECT_EQ(
        outcome(put("/events", events_of(event(), {{"trackingId", "books"}}))),
        "InvalidInputException: The dataset group has no dataset of type INTERACTIONS: " + arn("dataset-group/books"));
}

TEST_F(PutTargets, ThatAreTakenToExistIgnoreWhatIsPut) {
    world_->load({{"eventTrackers",
                   {{{"eventTrackerArn", arn("event-tracker/9a9a9a9a")},
                     {"trackingId", "books"},
                     {"datasetGroupArn", arn("dataset-group/books")}}}},
                  {"datasets",
                   {{{"datasetArn", arn("dataset/books/ITEMS")},
                     {"datasetGroupArn", arn("dataset-group/books")},
                     {"datasetType", "ITEMS"},
                     {"schemaArn", arn("schema/absent")}}}}});
    const Answer events = put("/events", events_of(event(), {{"trackingId", "books"}}));
    EXPECT_EQ(events.status, 200);
    EXPECT_THAT(events.header("x-personalize-local-why"), StartsWith("record 1 is ignored: the dataset group of "));
    EXPECT_THAT(newest(), StartsWith("ignored the dataset group of "));
    const Answer items = put("/items", {{"datasetArn", arn("dataset/books/ITEMS")}, {"items", {{{"itemId", "a"}}}}});
    EXPECT_EQ(items.status, 200);
    EXPECT_THAT(newest(), StartsWith("ignored the schema of "));
}

// Fidelity: documented | PutItems, PutUsers, PutActions and PutActionInteractions refuse with ResourceInUseException,
//   status 409 | boto/botocore, personalize-events/2018-03-22/service-2.json
// Fidelity: inferred | They do so while their dataset is changed or deleted | -
TEST_F(PutTargets, AreRefusedWhileTheirDatasetChanges) {
    for (const char* const status : {"CREATE IN_PROGRESS", "UPDATE IN_PROGRESS", "DELETE PENDING"}) {
        for (const char* const type : {"ITEMS", "INTERACTIONS", "ACTION_INTERACTIONS"}) {
            EXPECT_EQ(transition(dataset_arn(type), status).status, 200) << status << type;
        }
        const Answer items = put_items({{"itemId", "a"}});
        EXPECT_EQ(items.status, 409) << status;
        EXPECT_EQ(items.error(), "ResourceInUseException") << status;
        EXPECT_EQ(put_action_event().error(), "ResourceInUseException") << status;
        const Answer events = put_event();
        EXPECT_EQ(events.status, 400) << status;
        EXPECT_EQ(events.error(), "InvalidInputException") << "PutEvents declares no other error";
    }
}

TEST_F(PutTargets, ThatDoNotExistAreNotFound) {
    const Answer answer = put("/items", {{"datasetArn", arn("dataset/none/ITEMS")}, {"items", {{{"itemId", "a"}}}}});
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(answer.error(), "ResourceNotFoundException");
    EXPECT_EQ(put("/users", {{"datasetArn", arn("schema/ITEMS")}, {"users", {{{"userId", "u"}}}}}).status, 404);
}

TEST_F(PutTargets, OfAnotherTypeAreRefused) {
    const Json items = {{{"itemId", "a"}, {"properties", R"({"creationTimestamp":1})"}}};
    for (const char* const type : {"USERS", "ACTIONS", "INTERACTIONS", "ACTION_INTERACTIONS"}) {
        EXPECT_EQ(outcome(put("/items", {{"datasetArn", dataset_arn(type)}, {"items", items}})),
                  "InvalidInputException: The given dataset is not of type ITEMS: " + dataset_arn(type));
    }
}

// Fidelity: documented | Action interactions go by the tracking id of their dataset | boto/botocore,
//   personalize/2018-05-22/service-2.json
TEST_F(PutTargets, OfActionInteractionsAreFoundByTheirOwnTrackingId) {
    const Json more = {{"userId", "u"}, {"properties", R"({"channel":"mail"})"}};
    EXPECT_EQ(outcome(put_action_event(more)), "200");
    EXPECT_EQ(
        rows("ACTION_INTERACTIONS"),
        "{\"USER_ID\":\"u\",\"ACTION_ID\":\"x\",\"TIMESTAMP\":7,\"EVENT_TYPE\":\"Taken\",\"CHANNEL\":\"mail\"}\n");
    const Answer answer = put_action_event(Json::object(), tracking_id);
    EXPECT_EQ(answer.status, 404) << "the id of an event tracker";
    EXPECT_EQ(answer.error(), "ResourceNotFoundException");
}

// Fidelity: documented | Action interactions are Taken, Not Taken or Viewed |
//   https://docs.aws.amazon.com/personalize/latest/dg/recording-action-interaction-events.html
TEST_F(PutTargets, OfActionInteractionsTakeThreeTypesInAnySpelling) {
    for (const char* const type : {"Taken", "NOT_TAKEN", "Not Taken", "Not taken", "viewed"}) {
        EXPECT_EQ(outcome(put_action_event({{"eventType", type}})), "200") << type;
    }
    EXPECT_EQ(
        outcome(put_action_event({{"eventType", "click"}})),
        "InvalidInputException: The value of eventType at actionInteractions.1.member is invalid: expected Taken, "
        "Not Taken or Viewed, found \"click\"");
}

TEST_F(PutTargets, OfACopyAreReachedByItsAccountAlone) {
    const std::string copied = "222222222222";
    Json world = movie_world();
    EXPECT_EQ(send_local("POST", "/_local/state?account=" + copied, world).status, 200);
    EXPECT_EQ(put("/events", events_of(event())).status, 200);
    EXPECT_EQ(rows("INTERACTIONS", copied), "");
    EXPECT_EQ(put("/events", events_of(event({{"itemId", "b"}})), copied).status, 200);
    EXPECT_THAT(rows("INTERACTIONS", copied), HasSubstr(R"("ITEM_ID":"b")"));
    EXPECT_THAT(rows("INTERACTIONS"), HasSubstr(R"("ITEM_ID":"a")"));
    EXPECT_THAT(rows("INTERACTIONS"), Not(HasSubstr(R"("ITEM_ID":"b")")));
    EXPECT_EQ(put("/events", events_of(event()), "333333333333").status, 400);
    transition(arn("event-tracker/1a2b3c4d"), "DELETE IN_PROGRESS");
    EXPECT_EQ(put("/events", events_of(event({{"itemId", "c"}}))).status, 400) << "the copy is not in its place";
    EXPECT_EQ(put("/events", events_of(event({{"itemId", "c"}})), copied).status, 200);
}

}  // namespace
}  // namespace plocal::events
