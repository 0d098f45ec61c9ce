// The calls of /_local/data.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/local/control/asking.h"
#include "tests/unit/local/control/film_data.h"

namespace plocal::control {
namespace {

using base::Json;
using support::Answer;
using support::World;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view csv = "text/csv";
constexpr std::string_view json_lines = "application/x-ndjson";

class DataCalls : public testing::Test {
protected:
    Answer call(std::string_view method, const std::string& dataset_and_more, std::string_view body = "",
                std::string_view type = "") {
        return data_call(world_, method, dataset_and_more, body, type);
    }

    World world_ = World::from(film_config());
};

TEST_F(DataCalls, ImportAndAnswerRowsInEveryForm) {
    const Json page = {{"rows", {{{"ITEM_ID", "a"}, {"PRICE", 1.5}}, {{"ITEM_ID", "b"}}}}};
    struct Form {
        std::string_view type;
        std::string text;
    };
    const std::vector<Form> forms = {{csv, "ITEM_ID,PRICE\na,1.5\nb,\n"},
                                     {json_lines, "{\"ITEM_ID\":\"a\",\"PRICE\":1.5}\n{\"ITEM_ID\":\"b\"}\n"},
                                     {"application/json", R"({"rows":[{"ITEM_ID":"a","PRICE":1.5},{"ITEM_ID":"b"}]})"}};
    std::int64_t revision = 0;
    for (const Form& form : forms) {
        const Answer imported = call("PUT", items_arn, form.text, form.type);
        EXPECT_EQ(imported.status, 200) << imported.text;
        EXPECT_EQ(imported.body, Json({{"rows", 2}, {"revision", ++revision}}));
        EXPECT_EQ(call("GET", items_arn).body, page) << form.type;
        const Answer read = call("GET", items_arn, "", form.type);
        EXPECT_EQ(read.text, form.text);
        EXPECT_EQ(read.header("content-type"), form.type);
        EXPECT_EQ(read.header("x-personalize-local-next"), "");
    }
}

TEST_F(DataCalls, ReplaceRowsOfTheSameIdOrAllThatWereImported) {
    call("PUT", items_arn, "ITEM_ID,PRICE\na,1\nb,1\n", csv);
    EXPECT_EQ(call("POST", items_arn, "ITEM_ID,PRICE\nb,2\nc,2\n", csv).body["revision"], 2);
    EXPECT_EQ(
        lines_of(world_, items_arn),
        "{\"ITEM_ID\":\"a\",\"PRICE\":1.0}\n{\"ITEM_ID\":\"b\",\"PRICE\":2.0}\n{\"ITEM_ID\":\"c\",\"PRICE\":2.0}\n");
    EXPECT_EQ(call("PUT", items_arn, R"({"rows":[]})").body, Json({{"rows", 0}, {"revision", 3}}));
    EXPECT_EQ(call("GET", items_arn).body, Json({{"rows", Json::array()}}));
}

TEST_F(DataCalls, AppendInteractions) {
    const std::string line = "USER_ID,ITEM_ID,TIMESTAMP\nu,a,7\n";
    call("PUT", views_arn, line, csv);
    call("POST", views_arn, line, csv);
    EXPECT_EQ(lines_of(world_, views_arn), R"({"USER_ID":"u","ITEM_ID":"a","TIMESTAMP":7}
{"USER_ID":"u","ITEM_ID":"a","TIMESTAMP":7}
)");
}

TEST_F(DataCalls, NarrowRows) {
    call("PUT", items_arn, "ITEM_ID,PRICE\na,1\nb,1\n", csv);
    call("PUT", views_arn, "USER_ID,ITEM_ID,TIMESTAMP\nu,a,1\nu,b,2\nv,a,3\n", csv);
    EXPECT_EQ(lines_of(world_, items_arn + "&id=b"), "{\"ITEM_ID\":\"b\",\"PRICE\":1.0}\n");
    EXPECT_EQ(lines_of(world_, items_arn + "&id=c"), "");
    EXPECT_EQ(lines_of(world_, views_arn + "&userId=v"), "{\"USER_ID\":\"v\",\"ITEM_ID\":\"a\",\"TIMESTAMP\":3}\n");
    EXPECT_EQ(lines_of(world_, views_arn + "&userId=u&itemId=b"),
              "{\"USER_ID\":\"u\",\"ITEM_ID\":\"b\",\"TIMESTAMP\":2}\n");
}

/// Reads all pages and returns them as one text.
std::string all_pages(World& world, const std::string& dataset, int limit, int& pages) {
    std::string text;
    std::string next;
    pages = 0;
    do {
        const std::string more = "&limit=" + std::to_string(limit) + "&after=" + next;
        const Answer page = data_call(world, "GET", dataset + more, "", json_lines);
        text += page.text;
        next = page.header("x-personalize-local-next");
        EXPECT_EQ(data_call(world, "GET", dataset + more).body.value("next", ""), next);
        ++pages;
    } while (!next.empty());
    return text;
}

TEST_F(DataCalls, AnswerPageByPage) {
    std::string items = "ITEM_ID,PRICE\n";
    std::string views = "USER_ID,ITEM_ID,TIMESTAMP\n";
    for (int i = 0; i < 1000; ++i) {
        items += "i" + std::to_string(i) + ",1\n";
        views += "u,i" + std::to_string(i) + ",7\n";
    }
    items += "\"with a blank, a % and an \xC3\xBC\",1\n\"line\nbreak\",1\n~7e,1\n";
    EXPECT_EQ(call("PUT", items_arn, items, csv).body["rows"], 1003);
    call("PUT", views_arn, views, csv);
    for (const std::string& dataset : {items_arn, views_arn}) {
        const std::string whole = lines_of(world_, dataset + "&limit=10000");
        int pages = 0;
        EXPECT_EQ(all_pages(world_, dataset, 1, pages), whole);
        EXPECT_EQ(all_pages(world_, dataset, 250, pages), whole);
        EXPECT_EQ(pages, dataset == items_arn ? 5 : 4);
    }
    EXPECT_EQ(call("GET", items_arn).body["rows"].size(), 1000);
    EXPECT_EQ(call("GET", items_arn).header("x-personalize-local-next"), "") << "JSON has it in the body";
}

TEST_F(DataCalls, ChangeNothingWhereARowIsBad) {
    call("PUT", items_arn, "ITEM_ID,PRICE\na,1\n", csv);
    struct Bad {
        std::string_view type;
        std::string body;
        Json place;  // of the row and the column
    };
    const std::vector<Bad> cases = {
        {csv, "ITEM_ID,PRICE\nb,1\nc,dear\n", {{"row", 2}, {"column", "PRICE"}}},
        {csv, "ITEM_ID,PRICE\nb\n", {{"row", 1}}},
        {csv, "ITEM_ID\nb\n", Json::object()},
        {csv, "", Json::object()},
        {json_lines, "{\"ITEM_ID\":\"b\"}\n{\"PRICE\":1}\n", {{"row", 2}, {"column", "ITEM_ID"}}},
        {json_lines, "{\"ITEM_ID\":\"b\"}\nnothing\n", {{"row", 2}}},
        {"", R"({"rows":[{"ITEM_ID":"b","PRICE":"dear"}]})", {{"row", 1}, {"column", "PRICE"}}},
        {"", R"({"rows":[{"ITEM_ID":"b"},7]})", {{"row", 2}}},
        {"", R"([{"ITEM_ID":"b"}])", Json::object()},
        {"", "", Json::object()},
    };
    for (const Bad& bad : cases) {
        for (const char* const method : {"PUT", "POST"}) {
            Answer answer = call(method, items_arn, bad.body, bad.type);
            EXPECT_EQ(answer.status, 400) << bad.body;
            EXPECT_THAT(answer.body.value("error", ""), Not(IsEmpty())) << bad.body;
            answer.body.erase("error");
            EXPECT_EQ(answer.body, bad.place) << bad.body;
        }
    }
    EXPECT_EQ(lines_of(world_, items_arn), "{\"ITEM_ID\":\"a\",\"PRICE\":1.0}\n");
    EXPECT_EQ(call("POST", items_arn, "ITEM_ID,PRICE\n", csv).body["revision"], 2) << "no revision was used up";
}

TEST_F(DataCalls, RefuseWhatIsNotThereAndWhatHasNoMeaning) {
    struct Refusal {
        std::string method;
        std::string dataset_and_more;
        int status;
        std::string error;
    };
    const std::string bob_has_none = "&account=" + std::string(bob);
    const std::vector<Refusal> cases = {
        {"GET", "", 400, "dataset: expected the ARN of a dataset, found ''"},
        {"GET", film_arn("dataset/other/ITEMS"), 404, "there is no dataset " + film_arn("dataset/other/ITEMS")},
        {"PUT", film_arn("schema/Items"), 404, "there is no dataset " + film_arn("schema/Items")},
        {"POST", items_arn + bob_has_none, 404, "there is no dataset " + items_arn + " of account " + bob},
        {"GET", unknown_users_arn, 409, "the schema of the dataset is not known, so its columns are not"},
        {"PUT", unknown_users_arn, 409, "the schema of the dataset is not known, so its columns are not"},
        {"GET", items_arn + "&limit=0", 400, "limit: expected a whole number from 1 to 10000, found '0'"},
        {"GET", items_arn + "&limit=10001", 400, "limit: expected a whole number from 1 to 10000, found '10001'"},
        {"GET", items_arn + "&limit=all", 400, "limit: expected a whole number from 1 to 10000, found 'all'"},
        {"GET", views_arn + "&after=a", 400, "after: expected the `next` of a page, found 'a'"},
        {"GET", items_arn + "&userId=u", 400, "rows of ITEMS are narrowed by id, not by userId"},
        {"GET", views_arn + "&id=a", 400, "rows of INTERACTIONS are narrowed by userId and itemId, not by id"},
        {"GET", views_arn + "&actionId=a", 400,
         "rows of INTERACTIONS are narrowed by userId and itemId, not by actionId"},
        {"PUT", items_arn + "&id=a", 400, "this call has no parameter 'id'"},
    };
    for (const Refusal& each : cases) {
        const Answer answer = call(each.method, each.dataset_and_more, R"({"rows":[]})");
        EXPECT_EQ(answer.status, each.status) << each.dataset_and_more << answer.text;
        EXPECT_EQ(answer.body.value("error", ""), each.error);
    }
    EXPECT_EQ(call("GET", items_arn, "", "text/html").status, 406);
    EXPECT_EQ(call("PUT", items_arn, "<rows/>", "text/xml").status, 415);
    EXPECT_EQ(call("GET", items_arn + "&account=" + alice).status, 200);
}

TEST_F(DataCalls, AreCountedInHealthAndMetrics) {
    call("PUT", items_arn, "ITEM_ID,PRICE\na,1\nb,1\n", csv);
    call("POST", items_arn, "ITEM_ID,PRICE\nb,1\nc,1\n", csv);
    call("PUT", views_arn, "USER_ID,ITEM_ID,TIMESTAMP\nu,a,1\nu,a,1\n", csv);
    const Json rows = {{"items", 3}, {"users", 0}, {"actions", 0}, {"interactions", 2}, {"actionInteractions", 0}};
    EXPECT_EQ(get(world_, "/_local/health")["rows"], rows);
    EXPECT_EQ(get(world_, "/_local/health?account=" + std::string(alice))["rows"], rows);
    const Json of_bob = get(world_, "/_local/health?account=" + std::string(bob))["rows"];
    for (const auto& [kind, count] : of_bob.items()) EXPECT_EQ(count, 0) << kind;
    EXPECT_EQ(of_bob.size(), rows.size());
    const std::string metrics = asked(world_, "GET", "/_local/metrics").text;
    EXPECT_THAT(metrics, HasSubstr("\npersonalize_local_rows{kind=\"items\"} 3\n"));
    EXPECT_THAT(metrics, HasSubstr("\npersonalize_local_rows{kind=\"users\"} 0\n"));
}

TEST_F(DataCalls, KeepTheClockFromRunningBack) {
    const Json back = {{"now", "2026-01-01T00:00:00Z"}};
    EXPECT_EQ(asked(world_, "PUT", "/_local/clock", back).status, 200);
    call("PUT", items_arn, "ITEM_ID,PRICE\n", csv);
    EXPECT_EQ(asked(world_, "PUT", "/_local/clock", {{"now", "2025-01-01T00:00:00Z"}}).status, 409);
}

TEST_F(DataCalls, AreResetToTheFixtures) {
    call("PUT", items_arn, "ITEM_ID,PRICE\na,1\n", csv);
    asked(world_, "POST", "/_local/reset");
    EXPECT_EQ(lines_of(world_, items_arn), "");
    EXPECT_EQ(call("PUT", items_arn, "ITEM_ID,PRICE\na,1\n", csv).body["revision"], 1);
}

TEST(DataOfFixtures, StayWhereTheirDatasetBeginsAnew) {
    Json document = film_world();
    document["datasets"][0]["status"] = "CREATE PENDING";
    document["datasets"][0]["_local"] = {{"rows", {{{"ITEM_ID", "a"}}, {{"ITEM_ID", "b"}}}}};
    World world = World::from(beginning_with(document));
    for (int round = 0; round < 2; ++round) {
        world.advance(std::chrono::seconds(1));
        asked(world, "POST", "/_local/reset");
        EXPECT_EQ(lines_of(world, items_arn), "{\"ITEM_ID\":\"a\"}\n{\"ITEM_ID\":\"b\"}\n") << round;
        const Json batches = get(world, "/_local/state")["datasets"][0]["_local"]["batches"];
        EXPECT_EQ(batches.size(), 1U) << round;
    }
}

}  // namespace
}  // namespace plocal::control
