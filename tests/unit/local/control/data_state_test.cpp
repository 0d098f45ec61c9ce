// The rows of datasets in the state: written, loaded elsewhere, and written again.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/service/data/row_batches.h"
#include "server/service/data/row_pages.h"
#include "server/service/data/row_writer.h"
#include "tests/unit/local/control/asking.h"
#include "tests/unit/local/control/film_data.h"

namespace plocal::control {
namespace {

using base::Json;
using data::Dataset;
using support::Answer;
using support::World;
using testing::HasSubstr;

const std::string group_arn = film_arn("dataset-group/films");

class DataInState : public testing::Test {
protected:
    static Dataset dataset(World& world, const std::string& arn) {
        return data::dataset_of(world.store(), world.store().resources().find(arn).value(), world.now()).value();
    }

    static data::Row item(const std::string& id, double price) { return {id, price}; }

    void put_item(const std::string& id, double price) {
        const std::vector<data::Row> rows = {item(id, price)};
        storage::sqlite::Transaction transaction = world_.store().begin();
        data::put_rows(world_.store(), dataset(world_, items_arn), rows, world_.now());
        transaction.commit();
    }

    void put_event(const data::Event& event) {
        storage::sqlite::Transaction transaction = world_.store().begin();
        data::put_events(world_.store(), dataset(world_, views_arn), std::span(&event, 1), world_.now());
        transaction.commit();
    }

    void import(const std::string& method, const std::string& dataset, const std::string& csv) {
        EXPECT_EQ(data_call(world_, method, dataset, csv, "text/csv").status, 200) << csv;
    }

    /// Imports, puts and replaces rows; what is replaced stays readable at its revision.
    void fill() {
        import("PUT", items_arn, "ITEM_ID,PRICE\na,1\nb,1\n");
        put_item("b", 2);
        world_.advance(std::chrono::seconds(5));
        import("POST", items_arn, "ITEM_ID,PRICE\nc,3\n");
        import("PUT", items_arn, "ITEM_ID,PRICE\na,4\nd,4\n");
        import("PUT", views_arn, "USER_ID,ITEM_ID,TIMESTAMP\nu,a,9\nu,b,7\nv,\"odd \"\"id\"\", \xC3\xBC\",7\n");
        put_event({.row = {std::string("u"), std::string("a"), std::int64_t(7)},
                   .event_type = "watch",
                   .event_id = "e1",
                   .session_id = "s1"});
    }

    static std::string state(World& world, const std::string& query = "") {
        const Answer answer = asked(world, "GET", "/_local/state" + query);
        EXPECT_EQ(answer.status, 200) << answer.text;
        return answer.text;
    }

    static void load(World& world, const std::string& document) {
        const Answer answer = world.send({.method = "PUT", .target = "/_local/state", .headers = {}, .body = document});
        EXPECT_EQ(answer.status, 200) << answer.text;
    }

    /// All that can be read of a dataset at each of its revisions, the last one first.
    static std::vector<std::string> readable(World& world, const std::string& arn) {
        std::vector<std::string> texts;
        const Dataset of = dataset(world, arn);
        for (std::int64_t at = world.store().row_sets().revision(group_arn); at > 0; --at) {
            data::RowWriter writer(data::RowFormat::json_lines, of.columns);
            std::string& text = texts.emplace_back();
            data::read_page(world.store(), data::view_of(world.store(), of.owner, at), of.columns, {},
                            [&](const data::Row& row) { writer.add(row, text); });
        }
        return texts;
    }

    static void expect_same_data(World& is, World& expected) {
        for (const std::string& arn : {items_arn, views_arn}) EXPECT_EQ(readable(is, arn), readable(expected, arn));
        EXPECT_EQ(get(is, "/_local/health")["rows"], get(expected, "/_local/health")["rows"]);
    }

    World world_ = World::from(film_config());
};

TEST_F(DataInState, AreLoadedElsewhereToTheSame) {
    fill();
    const std::string written = state(world_);
    World other;
    load(other, written);
    EXPECT_EQ(state(other), written);
    expect_same_data(other, world_);
    EXPECT_EQ(readable(other, items_arn).size(), 6U);
    EXPECT_EQ(data_call(other, "PUT", items_arn, "ITEM_ID,PRICE\n", "text/csv").body["revision"], 7);
    EXPECT_EQ(lines_of(other, items_arn), "{\"ITEM_ID\":\"b\",\"PRICE\":2.0}\n") << "what was put stays";
}

TEST_F(DataInState, HaveTheirBatches) {
    fill();
    const Json document = Json::parse(state(world_));
    EXPECT_EQ(document["datasetGroups"][0]["_local"]["revision"], 6);
    const Json items = {
        {{"revision", 1},
         {"until", 4},
         {"by", "bulk"},
         {"at", "5s ago"},
         {"rows", {{{"ITEM_ID", "a"}, {"PRICE", 1.0}}, {{"ITEM_ID", "b"}, {"PRICE", 1.0}}}}},
        {{"revision", 2}, {"by", "put"}, {"at", "5s ago"}, {"rows", {{{"ITEM_ID", "b"}, {"PRICE", 2.0}}}}},
        {{"revision", 3},
         {"until", 4},
         {"by", "bulk"},
         {"at", "0s ago"},
         {"rows", {{{"ITEM_ID", "c"}, {"PRICE", 3.0}}}}},
        {{"revision", 4},
         {"by", "bulk"},
         {"at", "0s ago"},
         {"rows", {{{"ITEM_ID", "a"}, {"PRICE", 4.0}}, {{"ITEM_ID", "d"}, {"PRICE", 4.0}}}}}};
    EXPECT_EQ(document["datasets"][0]["_local"]["batches"], items);
    const Json event = document["datasets"][1]["_local"]["batches"][1];
    EXPECT_EQ(event["by"], "event");
    EXPECT_EQ(event["rows"], (Json{{{"USER_ID", "u"},
                                    {"ITEM_ID", "a"},
                                    {"TIMESTAMP", 7},
                                    {"_local", {{"eventType", "watch"}, {"eventId", "e1"}, {"sessionId", "s1"}}}}}));
    EXPECT_FALSE(document["datasets"][2].contains("_local")) << "a dataset without rows";
}

TEST_F(DataInState, HaveTheNewestOfWhatWasPutAgainAndAgain) {
    for (int price = 1; price <= 50; ++price) put_item("a", price);
    const Json batches = Json::parse(state(world_))["datasets"][0]["_local"]["batches"];
    EXPECT_EQ(batches.size(), storage::ReplacedRows::kept_for_exports);
    EXPECT_EQ(batches.back()["revision"], 50);
    EXPECT_EQ(lines_of(world_, items_arn), "{\"ITEM_ID\":\"a\",\"PRICE\":50.0}\n");
}

TEST_F(DataInState, AreLeftOutWhereTheCallSaysSo) {
    fill();
    World without = World::from(film_config());
    without.advance(std::chrono::seconds(5));
    EXPECT_EQ(state(world_, "?data=false"), state(without));
    EXPECT_EQ(asked(world_, "GET", "/_local/state?data=no").status, 400);
}

TEST_F(DataInState, OfFixturesAndOfChangesAreWrittenAsOne) {
    Json document = film_world();
    document["datasets"][0]["_local"] = {{"rows", {{{"ITEM_ID", "a"}, {"PRICE", 0.5}}, {{"ITEM_ID", "z"}}}}};
    world::WorldConfig config = beginning_with(document);
    config.accounts = {bob};
    World fixed = World::from(std::move(config));
    data_call(fixed, "POST", items_arn, "ITEM_ID,PRICE\nb,1\n", "text/csv");
    data_call(fixed, "PUT", items_arn, "ITEM_ID,PRICE\nc,1\n", "text/csv");
    const std::string of_bob = film_arn("dataset/films/ITEMS", bob);
    data_call(fixed, "POST", of_bob, "ITEM_ID,PRICE\nmine,1\n", "text/csv");
    const std::string written = state(fixed);
    World other;
    load(other, written);
    EXPECT_EQ(state(other), written);
    expect_same_data(other, fixed);
    EXPECT_EQ(lines_of(other, of_bob), lines_of(fixed, of_bob));
    load(fixed, written);
    EXPECT_EQ(state(fixed), written) << "in the place of the same datasets";
}

TEST_F(DataInState, KeepARevisionWhoseRowsAreGone) {
    fill();
    EXPECT_EQ(world_.call_as(alice, "us-east-1", "DeleteDataset", {{"datasetArn", views_arn}}).status, 200);
    asked(world_, "POST", "/_local/clock/advance", {{"by", "1h"}});
    World other;
    load(other, state(world_));
    EXPECT_EQ(other.store().row_sets().revision(group_arn), 6);
}

TEST_F(DataInState, OfOneAccountAreLoadedAsThoseOfAnother) {
    fill();
    const std::string written = state(world_, "?account=" + std::string(alice));
    World other;
    other.send(
        {.method = "PUT", .target = "/_local/state?account=" + std::string(bob), .headers = {}, .body = written});
    EXPECT_EQ(lines_of(other, film_arn("dataset/films/ITEMS", bob)), lines_of(world_, items_arn));
    EXPECT_EQ(other.store().row_sets().revision(film_arn("dataset-group/films", bob)), 6);
}

TEST_F(DataInState, OfBadBatchesAreRefused) {
    struct Bad {
        std::string batches;
        std::string pointer;
    };
    const std::vector<Bad> cases = {
        {R"("all")", ""},
        {"[7]", "/0"},
        {R"([{"revision":1,"by":"put"}])", "/0"},
        {R"([{"by":"put","rows":[]}])", "/0"},
        {R"([{"revision":1,"rows":[]}])", "/0"},
        {R"([{"revision":0,"by":"put","rows":[]}])", "/0/revision"},
        {R"([{"revision":2,"until":2,"by":"put","rows":[]}])", "/0/until"},
        {R"([{"revision":2,"by":"hand","rows":[]}])", "/0/by"},
        {R"([{"revision":2,"by":"put","at":"noon","rows":[]}])", "/0/at"},
        {R"([{"revision":2,"by":"put","rows":"none"}])", "/0/rows"},
        {R"([{"revision":2,"by":"put","color":7,"rows":[]}])", "/0/color"},
        {R"([{"revision":2,"by":"put","rows":[{"ITEM_ID":"a"},7]}])", "/0/rows/1"},
        {R"([{"revision":2,"by":"put","rows":[{"ITEM_ID":"a","PRICE":"dear"}]}])", "/0/rows/0/PRICE"},
        {R"([{"revision":2,"by":"put","rows":[{"PRICE":1}]}])", "/0/rows/0/ITEM_ID"},
        {R"([{"revision":2,"by":"put","rows":[{"ITEM_ID":"a","_local":7}]}])", "/0/rows/0/_local"},
    };
    fill();
    const std::string before = state(world_);
    for (const Bad& bad : cases) {
        Json document = film_world();
        document["datasets"][0]["_local"] = {{"batches", Json::parse(bad.batches)}};
        const Answer answer = asked(world_, "PUT", "/_local/state", document);
        EXPECT_EQ(answer.status, 400) << bad.batches;
        EXPECT_EQ(answer.body.value("pointer", ""), "/datasets/0/_local/batches" + bad.pointer) << bad.batches;
    }
    Json document = film_world();
    document["datasetGroups"][0]["_local"] = {{"revision", "new"}};
    EXPECT_EQ(asked(world_, "PUT", "/_local/state", document).body["pointer"], "/datasetGroups/0/_local/revision");
    EXPECT_EQ(state(world_), before);
}

TEST_F(DataInState, OfALaterSchemaMayLackItsColumns) {
    fill();
    Json document = Json::parse(state(world_));
    std::string& schema = document["schemas"][0]["schema"].get_ref<std::string&>();
    ASSERT_THAT(schema, HasSubstr("PRICE"));
    schema =
        R"({"type":"record","name":"Items","fields":[{"name":"ITEM_ID","type":"string"},{"name":"AGE","type":"int"}]})";
    World other;
    load(other, document.dump());
    EXPECT_EQ(lines_of(other, items_arn), "{\"ITEM_ID\":\"a\"}\n{\"ITEM_ID\":\"b\"}\n{\"ITEM_ID\":\"d\"}\n");
}

}  // namespace
}  // namespace plocal::control
