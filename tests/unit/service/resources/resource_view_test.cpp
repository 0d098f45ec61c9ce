#include "server/service/resources/resource_view.h"

#include <string>

#include <gtest/gtest.h>

#include "server/service/lifecycle/timeline_change.h"

namespace plocal::resources {
namespace {

using base::Json;

const base::Instant created{std::chrono::milliseconds(1'769'860'800'123)};

storage::Record job(lifecycle::Plan plan, const std::string& document) {
    storage::Record record;
    record.document = document;
    record.created = created;
    record.timeline = lifecycle::creation(plan, created);
    return record;
}

const Kind& job_kind() {
    return kind_named("batchInferenceJob");
}

TEST(DocumentOf, KeepsTheMembersOfTheKindButNotThoseDerivedFromTime) {
    const Json members = {{"jobName", "one"},
                          {"tags", Json::array()},
                          {"status", "ACTIVE"},
                          {"failureReason", "no space"},
                          {"creationDateTime", 1},
                          {"lastUpdatedDateTime", 2},
                          {"numResults", 25},
                          {"filterArn", nullptr},
                          {"roleArn", "arn:aws:iam::0:role/r"}};
    EXPECT_EQ(document_of(job_kind(), members),
              R"({"jobName":"one","numResults":25,"roleArn":"arn:aws:iam::0:role/r"})");
    EXPECT_EQ(document_of(job_kind(), Json::object()), "{}");
}

TEST(LivingDocument, HasTheStatusAndDatesOfTheGivenTime) {
    const storage::Record record = job({}, R"({"jobName":"one"})");
    EXPECT_EQ(current_document(job_kind(), record, created, StatusNames::documented),
              R"({"jobName":"one","status":"PENDING","creationDateTime":1.769860800123E9,)"
              R"("lastUpdatedDateTime":1.769860800123E9})");
    EXPECT_EQ(current_document(job_kind(), record, created + std::chrono::hours(1), StatusNames::observed),
              R"({"jobName":"one","status":"ACTIVE","creationDateTime":1.769860800123E9,)"
              R"("lastUpdatedDateTime":1.769860803123E9})");
}

TEST(LivingDocument, HasAFailureReasonOnceItHasFailed) {
    const storage::Record record = job({.progression = lifecycle::Progression::immediate,
                                        .fails = true,
                                        .failure_reason = "a \"quoted\"\nline \xc3\xa9"},
                                       "{}");
    EXPECT_EQ(current_document(job_kind(), record, created, StatusNames::documented),
              "{\"status\":\"CREATE FAILED\",\"failureReason\":\"a \\\"quoted\\\"\\nline \xc3\xa9\","
              "\"creationDateTime\":1.769860800123E9,\"lastUpdatedDateTime\":1.769860800123E9}");
}

// Fidelity: documented | A schema has no status | DG/API_DatasetSchema.html
TEST(LivingDocument, OfAKindWithoutStatusHasOnlyDates) {
    storage::Record record;
    record.document = R"({"name":"s"})";
    record.created = created;
    record.timeline.changed = created + std::chrono::milliseconds(877);
    EXPECT_EQ(current_document(kind_named("schema"), record, created, StatusNames::documented),
              R"({"name":"s","creationDateTime":1.769860800123E9,"lastUpdatedDateTime":1.769860801E9})");
}

TEST(LivingValue, IsTheSameWithDatesInMilliseconds) {
    const storage::Record record = job({}, R"({"jobName":"one"})");
    EXPECT_EQ(current_value(job_kind(), record, created + std::chrono::seconds(1), StatusNames::documented).dump(),
              R"({"jobName":"one","status":"IN PROGRESS","creationDateTime":1769860800123,)"
              R"("lastUpdatedDateTime":1769860801123})");
}

}  // namespace
}  // namespace plocal::resources
