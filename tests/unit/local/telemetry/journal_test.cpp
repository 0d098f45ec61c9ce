#include "server/local/telemetry/journal.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/base/iso8601.h"
#include "server/base/json.h"

namespace plocal::telemetry {
namespace {

using namespace std::chrono_literals;
using base::Json;
using testing::ElementsAre;
using testing::IsEmpty;

const char* const arn = "arn:aws:personalize:us-east-1:111122223333:batch-inference-job/nightly";

JournalEntry request(std::string_view id, std::string_view operation = "ListSchemas", std::string_view account = "") {
    JournalEntry entry;
    entry.id = id;
    entry.operation = operation;
    entry.account = account;
    entry.is_input_json = true;
    entry.status = 200;
    return entry;
}

std::vector<std::string> ids_of(const Journal& journal, const JournalFilter& filter = {}) {
    std::vector<std::string> ids;
    const Json told = Json::parse(journal.to_json(filter));
    for (const Json& each : told.at("requests")) ids.push_back(each.at("id"));
    return ids;
}

std::string counts_of(const Journal& journal, const JournalFilter& filter = {}) {
    return Json::parse(journal.to_json(filter)).at("counts").dump();
}

/// The JSON of the only entry of a journal.
std::string told(JournalEntry entry) {
    Journal journal(1);
    journal.record(entry);
    return Json::parse(journal.to_json({})).at("requests").at(0).dump();
}

TEST(Journal, HasEveryMemberOfAnEntry) {
    const std::string text = told({.id = "i",
                                   .at = *base::parse_iso8601("2026-01-31T12:00:00.250Z"),
                                   .operation = "DescribeBatchInferenceJob",
                                   .account = "111122223333",
                                   .region = "us-east-1",
                                   .input = R"({"batchInferenceJobArn": "a"})",
                                   .is_input_json = true,
                                   .output = R"({"batchInferenceJob":{}})",
                                   .status = 200,
                                   .duration = 1'234'005us,
                                   .rule = "rule-1",
                                   .connection = "truncate"});
    EXPECT_EQ(text, R"({"id":"i","time":"2026-01-31T12:00:00.250Z","operation":"DescribeBatchInferenceJob",)"
                    R"("account":"111122223333","region":"us-east-1","input":{"batchInferenceJobArn":"a"},)"
                    R"("output":{"batchInferenceJob":{}},"status":200,"duration":"1234.005ms","rule":"rule-1",)"
                    R"("connection":"truncate"})");
}

TEST(Journal, HasTheNameAndMessageOfAnError) {
    JournalEntry entry = request("i", "CreateSchema");
    entry.status = 400;
    entry.error = "ValidationException";
    entry.message = "1 validation error \"detected\"";
    EXPECT_EQ(told(entry), R"({"id":"i","time":"1970-01-01T00:00:00Z","operation":"CreateSchema","input":{},)"
                           R"("error":"ValidationException","message":"1 validation error \"detected\"","status":400,)"
                           R"("duration":"0.000ms"})");
}

TEST(Journal, HasAnInputAsJsonOrAsAText) {
    const struct {
        std::string input;
        bool is_json;
        const char* told;
    } cases[] = {
        {R"({ "a" : [1, {"b": null}] })", true, R"({"a":[1,{"b":null}]})"},
        {"", true, "{}"},
        {" \r\n", true, "{}"},
        {"\xef\xbb\xbf{\"a\":1}", true, R"({"a":1})"},
        {"\xef\xbb\xbf", true, "{}"},
        {R"({"a":)", false, R"("{\"a\":")"},
        {"\xff\x01", false, "\"\xef\xbf\xbd\\u0001\""},
    };
    for (const auto& one : cases) {
        JournalEntry entry = request("i");
        entry.input = one.input;
        entry.is_input_json = one.is_json;
        EXPECT_EQ(Json::parse(told(entry)).at("input").dump(), one.told) << one.input;
    }
    JournalEntry foreign = request("i");
    foreign.is_input_json = false;
    EXPECT_FALSE(Json::parse(told(foreign)).contains("input")) << "nothing came";
}

TEST(Journal, CutsOffTheQueryOfATarget) {
    JournalEntry entry = request("i", "");
    entry.target = "GET /bucket/key?X-Amz-Signature=secret&X-Amz-Security-Token=secret";
    const Json json = Json::parse(told(entry));
    EXPECT_EQ(json.at("target"), "GET /bucket/key");
    EXPECT_EQ(json.at("operation"), "unknown");
}

TEST(Journal, KeepsTheLastEntriesAndListsTheNewestFirst) {
    Journal journal(3);
    EXPECT_EQ(journal.to_json({}), R"({"requests":[],"counts":{}})");
    for (const char* const id : {"a", "b", "c", "d", "e"}) journal.record(request(id));
    EXPECT_THAT(ids_of(journal), ElementsAre("e", "d", "c"));
    EXPECT_THAT(ids_of(journal, {.limit = 2}), ElementsAre("e", "d"));
    EXPECT_THAT(ids_of(journal, {.limit = 0}), IsEmpty());
    EXPECT_THAT(ids_of(journal, {.limit = 9}), ElementsAre("e", "d", "c"));
}

TEST(Journal, CountsWithoutKeepingEntries) {
    Journal journal(0);
    journal.record(request("a"));
    EXPECT_EQ(journal.to_json({}), R"({"requests":[],"counts":{"ListSchemas":1}})");
}

TEST(Journal, IsBoundedInBytes) {
    Journal journal(1'000, 40'000);
    for (int i = 0; i < 20; ++i) {
        const std::string id = std::to_string(i);
        const std::string input = "\"" + std::string(9'000, 'x') + "\"";
        JournalEntry entry = request(id);
        entry.input = input;
        journal.record(entry);
    }
    EXPECT_THAT(ids_of(journal), ElementsAre("19", "18", "17", "16"));
    JournalEntry giant = request("giant");
    const std::string output = "\"" + std::string(40'000, 'x') + "\"";
    giant.output = output;
    journal.record(giant);
    EXPECT_THAT(ids_of(journal), ElementsAre("19", "18", "17", "16")) << "the giant is not kept";
    for (int i = 0; i < 1'000; ++i) journal.record(request("small"));
    EXPECT_LT(journal.size(), 200u) << "an entry without texts takes room as well";
    EXPECT_EQ(counts_of(journal), R"({"ListSchemas":1021})");
}

TEST(Journal, FiltersByEveryGivenMember) {
    Journal journal(10);
    journal.record(request("a", "ListSchemas", "111122223333"));
    journal.record(request("b", "ListSchemas"));
    journal.record(request("c", "CreateSchema", "111122223333"));
    journal.record(request("d", "", "111122223333"));
    EXPECT_THAT(ids_of(journal, {.account = "111122223333"}), ElementsAre("d", "c", "a"));
    EXPECT_THAT(ids_of(journal, {.operation = "ListSchemas"}), ElementsAre("b", "a"));
    EXPECT_THAT(ids_of(journal, {.operation = "unknown"}), ElementsAre("d"));
    EXPECT_THAT(ids_of(journal, {.account = "111122223333", .operation = "ListSchemas"}), ElementsAre("a"));
    EXPECT_THAT(ids_of(journal, {.account = "111122223333", .limit = 1}), ElementsAre("d"));
    EXPECT_THAT(ids_of(journal, {.account = "999988887777"}), IsEmpty());
}

TEST(Journal, FindsAnArn) {
    const std::string quoted = "\"" + std::string(arn) + "\"";
    const struct {
        const char* operation;
        std::string input;
        std::string output;
        bool is_found;
    } cases[] = {
        {"DescribeBatchInferenceJob", R"({"batchInferenceJobArn":)" + quoted + "}", "{}", true},
        {"UntagResource", R"({"resourceArn" : )" + quoted + R"(, "tagKeys": []})", "{}", true},
        {"DescribeBatchInferenceJob",
         R"({"a":"arn:aws:personalize:us-east-1:111122223333:batch-inference-job\/nightly"})", "{}", true},
        {"DescribeBatchInferenceJob", R"({"batchInferenceJobArn":")" + std::string(arn) + "-2\"}", "{}", false},
        {"DescribeBatchInferenceJob", R"({"batchInferenceJobArn":"x)" + std::string(arn) + "\"}", "{}", false},
        {"CreateBatchInferenceJob", "{}", R"({"batchInferenceJobArn":)" + quoted + "}", true},
        {"ListBatchInferenceJobs", "{}", R"({"batchInferenceJobs":[)" + quoted + "]}", false},
    };
    for (const auto& one : cases) {
        Journal journal(1);
        JournalEntry entry = request("i", one.operation);
        entry.input = one.input;
        entry.output = one.output;
        journal.record(entry);
        EXPECT_EQ(ids_of(journal, {.arn = arn}).size(), one.is_found ? 1u : 0u) << one.input << one.output;
        EXPECT_EQ(counts_of(journal, {.arn = arn}) != "{}", one.is_found);
    }
}

TEST(Journal, CountsByOperationSinceItWasCleared) {
    Journal journal(1);
    journal.record(request("a", "ListSchemas", "111122223333"));
    journal.record(request("b", "CreateSchema"));
    journal.record(request("c", "ListSchemas"));
    journal.record(request("d", ""));
    EXPECT_EQ(counts_of(journal), R"({"CreateSchema":1,"ListSchemas":2,"unknown":1})");
    EXPECT_EQ(counts_of(journal, {.account = "111122223333"}), R"({"ListSchemas":1})");
    EXPECT_EQ(counts_of(journal, {.operation = "ListSchemas"}), R"({"ListSchemas":2})");
    EXPECT_EQ(counts_of(journal, {.account = ""}), R"({"CreateSchema":1,"ListSchemas":1,"unknown":1})");
    journal.clear();
    EXPECT_EQ(journal.to_json({}), R"({"requests":[],"counts":{}})");
}

TEST(Journal, ClearsOneAccountAlone) {
    Journal journal(10);
    journal.record(request("a", "ListSchemas", "111122223333"));
    journal.record(request("b", "ListSchemas", "999988887777"));
    journal.record(request("c", "ListSchemas"));
    journal.clear("111122223333");
    journal.clear("000000000001");
    EXPECT_THAT(ids_of(journal), ElementsAre("c", "b"));
    EXPECT_EQ(counts_of(journal), R"({"ListSchemas":2})");
}

TEST(Journal, ComesInPages) {
    Journal journal(10);
    for (const char* const id : {"a", "b", "c", "d", "e"}) journal.record(request(id));
    const auto next_of = [&journal](const JournalFilter& filter) {
        return Json::parse(journal.to_json(filter)).value("next", "none");
    };
    EXPECT_EQ(next_of({}), "none");
    EXPECT_EQ(next_of({.limit = 5}), "none");
    EXPECT_EQ(next_of({.limit = 0}), "none");
    EXPECT_EQ(next_of({.limit = 2}), "d");
    EXPECT_THAT(ids_of(journal, {.after = "d", .limit = 2}), ElementsAre("c", "b"));
    EXPECT_EQ(next_of({.after = "d", .limit = 2}), "b");
    EXPECT_THAT(ids_of(journal, {.after = "b"}), ElementsAre("a"));
    EXPECT_THAT(ids_of(journal, {.after = "a"}), IsEmpty());
    EXPECT_THAT(ids_of(journal, {.after = "gone"}), IsEmpty()) << "all that is older is gone too";
}

TEST(Journal, IsNarrowedByResultRuleAndId) {
    Journal journal(10);
    journal.record(request("fine"));
    JournalEntry refused = request("refused");
    refused.error = "ValidationException";
    journal.record(refused);
    JournalEntry ruled = request("ruled");
    ruled.error = "ThrottlingException";
    ruled.rule = "slow";
    journal.record(ruled);
    EXPECT_THAT(ids_of(journal, {.result = "ok"}), ElementsAre("fine"));
    EXPECT_THAT(ids_of(journal, {.result = "refused"}), ElementsAre("ruled", "refused"));
    EXPECT_THAT(ids_of(journal, {.result = "ValidationException"}), ElementsAre("refused"));
    EXPECT_THAT(ids_of(journal, {.rule = "slow"}), ElementsAre("ruled"));
    EXPECT_THAT(ids_of(journal, {.id = "fine"}), ElementsAre("fine"));
    EXPECT_EQ(counts_of(journal, {.result = "refused"}), R"({"ListSchemas":2})");
}

TEST(Journal, LeavesOutBodiesWhereTheyAreNotWanted) {
    Journal journal(1);
    JournalEntry entry = request("i");
    entry.input = R"({"a":1})";
    entry.output = R"({"b":2})";
    entry.why = "it is so";
    journal.record(entry);
    const Json whole = Json::parse(journal.to_json({})).at("requests").at(0);
    EXPECT_TRUE(whole.contains("input") && whole.contains("output"));
    EXPECT_EQ(whole.at("why"), "it is so");
    const Json brief = Json::parse(journal.to_json({.has_bodies = false})).at("requests").at(0);
    EXPECT_FALSE(brief.contains("input") || brief.contains("output"));
    EXPECT_EQ(brief.at("why"), "it is so");
}

}  // namespace
}  // namespace plocal::telemetry
