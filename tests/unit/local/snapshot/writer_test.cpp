#include "server/local/snapshot/writer.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/service/operations/registry.h"
#include "server/service/resources/life.h"
#include "tests/unit/local/snapshot/readings.h"

namespace plocal::snapshot {
namespace {

using storage::Store;
using testing::HasSubstr;
using testing::Not;

void fill(Store& store, const std::vector<Document>& documents) {
    Reading reading = read(documents);
    ASSERT_THAT(problems_of(reading), testing::IsEmpty());
    storage::sqlite::Transaction transaction = store.begin();
    for (Fixture& fixture : reading.fixtures) {
        for (storage::Reference& each : fixture.references) each.assumed = !store.resources().find(each.arn);
        resources::insert_life(store, {operations::hooks(), 0}, fixture.record, fixture.references, loading);
        store.tags().put(fixture.record.arn, fixture.tags);
    }
    transaction.commit();
}

/// The text of a whole document.
std::string write_document(storage::Store& store, lifecycle::ClockReadings& readings, const std::string& account,
                           resources::StatusNames names, const base::Json& settings) {
    DocumentWriter writer(store, readings, account, names, settings);
    std::string text;
    while (const auto piece = writer.next()) text += *piece;
    return text;
}

std::string jobs(int count, const std::string& created = "") {
    std::string text = R"({"batchInferenceJobs": [)";
    for (int i = 0; i < count; ++i) {
        text += (i == 0 ? "" : ", ") + std::string(R"({"batchInferenceJobArn": ")") +
                arn("batch-inference-job/job-" + std::to_string(i)) + "\"" + created + "}";
    }
    return text + "]}";
}

/// The document in pieces; between two pieces others do something.
template <typename Others>
std::vector<std::string> pieces_of(Store& store, Others others, const base::Json& settings = base::Json::object()) {
    lifecycle::Clocks clocks(lifecycle::Clock::frozen(loading));
    lifecycle::ClockReadings readings(clocks);
    DocumentWriter writer(store, readings, "", resources::StatusNames::documented, settings);
    std::vector<std::string> pieces;
    while (auto piece = writer.next()) {
        pieces.push_back(*std::move(piece));
        others();
    }
    return pieces;
}

std::string joined(const std::vector<std::string>& pieces) {
    std::string text;
    for (const std::string& piece : pieces) text += piece;
    return text;
}

TEST(DocumentWriter, WritesAnEmptyStore) {
    Store store(":memory:");
    EXPECT_EQ(joined(pieces_of(store, [] {})), "{\n}\n");
    EXPECT_EQ(joined(pieces_of(store, [] {}, {{"clock", 1}, {"rules", 2}})), "{\n\"clock\": 1,\n\"rules\": 2\n}\n");
}

TEST(DocumentWriter, WritesPiecesThatAreOneDocumentInTheOrderOfCreation) {
    for (const int count : {1, 149, 150, 151, 300, 1'000}) {
        Store store(":memory:");
        fill(store, {{"1", jobs(count)}, {"2", R"({"filter": {"filterArn": ")" + arn("filter/comedy") + "\"}}"}});
        const std::vector<std::string> pieces = pieces_of(store, [] {}, {{"rules", 2}});
        const base::Json document = base::parse_json(joined(pieces));
        ASSERT_EQ(document["batchInferenceJobs"].size(), static_cast<std::size_t>(count));
        for (int i = 0; i < count; ++i) {
            EXPECT_EQ(document["batchInferenceJobs"][static_cast<std::size_t>(i)]["jobName"],
                      "job-" + std::to_string(i));
        }
        EXPECT_EQ(document["filters"].size(), 1u);
        for (const std::string& piece : pieces) EXPECT_LT(piece.size(), 150'000u);
        lifecycle::Clocks clocks(lifecycle::Clock::frozen(loading));
        lifecycle::ClockReadings readings(clocks);
        EXPECT_EQ(joined(pieces),
                  write_document(store, readings, "", resources::StatusNames::documented, {{"rules", 2}}));
    }
}

TEST(DocumentWriter, WritesEachResourceOnceWhileOthersRemoveAndCreateThem) {
    Store store(":memory:");
    fill(store, {{"1", jobs(700)}});
    int removed = 0;
    int round = 0;
    const auto others = [&] {
        for (int i = 0; i < 20; ++i) {
            const auto job = store.resources().find(arn("batch-inference-job/job-" + std::to_string(17 * removed++)));
            if (job) store.resources().remove(*job);
        }
        fill(store, {{"more", job(R"(, "creationDateTime": "2020-01-01T00:00:00Z")", "old-" + std::to_string(round))},
                     {"new", job("", "new-" + std::to_string(round))}});
        ++round;
    };
    const std::string text = joined(pieces_of(store, others));
    const base::Json document = base::parse_json(text);
    std::set<std::string> names;
    for (const base::Json& each : document["batchInferenceJobs"]) {
        EXPECT_TRUE(names.insert(each["jobName"].get<std::string>()).second) << each["jobName"];
    }
    EXPECT_TRUE(names.contains("job-1"));
    EXPECT_TRUE(names.contains("job-699"));
    EXPECT_THAT(text, Not(HasSubstr("new-")));
}

std::string without(std::string text, const std::string& part, const std::string& replacement = "") {
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part)) {
        text.replace(at, part.size(), replacement);
    }
    return text;
}

// A number with a fraction makes the difference: the first resource is written from its stored text, the second through
// a JSON value.
TEST(DocumentWriter, WritesStoredTextsAsItWritesValues) {
    const std::string more =
        R"(, "jobInput": {"s3DataSource": {"path": "s3://b/\u00e9.json"}}, "status": "CREATE FAILED")"
        R"(, "failureReason": "a \"b\\ \n\u0001\u20ac", "_local": {"tags": [{"tagKey": "k", )"
        R"("tagValue": "v/.\u00e9"}]}, "creationDateTime": 1700000000.5)"
        R"(, "lastUpdatedDateTime": "2026-01-31T12:00:00Z")";
    const std::string config = R"(, "batchInferenceJobConfig": {"rankingInfluence": {"POPULARITY": 0.5}})";
    Store store(":memory:");
    fill(store, {{"1", job(more, "one")}, {"2", job(config + more, "two")}});
    const std::string text = joined(pieces_of(store, [] {}));
    const std::size_t end = text.find(",\n  {");
    const std::string first = text.substr(text.find("  {"), end - text.find("  {"));
    std::string second = text.substr(end + 2, text.find("]\n}") - end - 2);
    second = without(second, R"("batchInferenceJobConfig":{"rankingInfluence":{"POPULARITY":0.5}},)");
    EXPECT_EQ(without(second, "two", "one"), first);
    EXPECT_THAT(first, HasSubstr(R"("creationDateTime":"2023-11-14T22:13:20.500Z","lastUpdatedDateTime":)"
                                 R"("2026-01-31T12:00:00Z","_local":{"tags":[{"tagKey":"k","tagValue":"v/.)"));
}

TEST(DocumentWriter, WritesOneAccountWithoutWhatAwsOwns) {
    Store store(":memory:");
    fill(store, {{"1", jobs(3)}});
    lifecycle::Clocks clocks(lifecycle::Clock::frozen(loading));
    lifecycle::ClockReadings readings(clocks);
    const auto document = [&](const std::string& account) {
        return write_document(store, readings, account, resources::StatusNames::documented, base::Json::object());
    };
    EXPECT_EQ(document("111111111111"), "{\n}\n");
    EXPECT_EQ(document("000000000000"), document(""));
}

}  // namespace
}  // namespace plocal::snapshot
