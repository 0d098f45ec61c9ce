// What callers of the data plane do, from the first row to the answer, over all three services at once.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/service/runtime/shop.h"

namespace plocal::runtime {
namespace {

using testing::HasSubstr;

class DataPlane : public testing::Test {
protected:
    DataPlane() {
        Json document = film_document();
        add_campaign(document, "popular", "aws-popularity-count", {{"enableMetadataWithRecommendations", true}});
        add_filter(document, "not-bought", "EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN (\"Purchase\")");
        add_filter(document, "cheap", "INCLUDE ItemID WHERE Items.PRICE < 100");
        document["eventTrackers"] = {{{"eventTrackerArn", arn("event-tracker/1a2b3c4d")},
                                      {"trackingId", "films"},
                                      {"datasetGroupArn", arn("dataset-group/films")}}};
        world.load(document);
    }

    std::string filtered(const std::string& filter) {
        return ids(recommend(world, "popular", {{"userId", "x"}, {"filterArn", arn("filter/" + filter)}}));
    }

    Answer put_event(Json event) {
        event["sentAt"] = 1'700'000'000;
        return ask(world, "/events",
                   {{"trackingId", "films"}, {"userId", "x"}, {"sessionId", "s"}, {"eventList", {std::move(event)}}});
    }

    Answer put_item(std::string_view id, const Json& properties) {
        return ask(world, "/items",
                   {{"datasetArn", arn("dataset/films/ITEMS")},
                    {"items", {{{"itemId", id}, {"properties", properties.dump()}}}}});
    }

    Answer import(std::string_view type, std::string_view csv) {
        const std::string target = "/_local/data?dataset=" + arn("dataset/films/" + std::string(type));
        return world.send({.method = "PUT", .target = target, .headers = {{"content-type", "text/csv"}}, .body = csv});
    }

    World world;
};

// Fidelity: documented | Without numResults an answer has 25 items | boto/botocore,
//   personalize-runtime/2018-05-22/service-2.json
TEST_F(DataPlane, AnswersTwentyFiveItemsUnlessAskedForMore) {
    std::string csv = "ITEM_ID,GENRES,PRICE,YEAR\n";
    for (int i = 10; i < 90; ++i) csv += "film-" + std::to_string(i) + ",,,\n";
    ASSERT_EQ(import("ITEMS", csv).status, 200);
    train(world, arn("solution/popular/1"));
    const auto count = [&](Json more) {
        more["userId"] = "x";
        return recommend(world, "popular", more).body["itemList"].size();
    };
    EXPECT_EQ(count(Json::object()), 25u);
    EXPECT_EQ(count({{"numResults", 5}}), 5u);
    EXPECT_EQ(count({{"numResults", 500}}), 84u) << "80 of the import, and 4 of interactions alone";
}

// Fidelity: seen | An event reaches filters within seconds, whether its itemId stands beside its properties or in them
// |
//   aws-samples/amazon-personalize-immersion-day, Media/Media_04_Inference.ipynb
// Fidelity: documented | Only event types are compared without regard to case | DG/filter-expressions.html
TEST_F(DataPlane, LeavesOutWhatWasBoughtInTheVeryNextAnswer) {
    EXPECT_EQ(filtered("not-bought"), "a b c d e");
    ASSERT_EQ(outcome(put_event({{"eventType", "Purchase"}, {"itemId", "a"}})), "200");
    EXPECT_EQ(filtered("not-bought"), "b c d e");
    ASSERT_EQ(outcome(put_event({{"eventType", "PURCHASE"}, {"properties", R"({"itemId":"c"})"}})), "200");
    EXPECT_EQ(filtered("not-bought"), "b d e");
    ASSERT_EQ(outcome(put_event({{"eventType", "purchases"}, {"itemId", "b"}})), "200");
    EXPECT_EQ(filtered("not-bought"), "b d e") << "another type of event";
}

// Fidelity: documented | A request has at most ten items or users | boto/botocore,
//   personalize-events/2018-03-22/service-2.json
// Fidelity: seen | PutItems answers 200 with an empty body | aws-samples/amazon-personalize-immersion-day,
//   Retail/Retail_03_Inference_Layer.ipynb
TEST_F(DataPlane, TakesTenRecordsButNotEleven) {
    const struct {
        const char* path;
        const char* type;
        const char* list;
        const char* id;
    } cases[] = {{"/items", "ITEMS", "items", "itemId"}, {"/users", "USERS", "users", "userId"}};
    for (const auto& one : cases) {
        Json input = {{"datasetArn", arn(std::string("dataset/films/") + one.type)}, {one.list, Json::array()}};
        for (int i = 0; i < 10; ++i) input[one.list].push_back({{one.id, "new-" + std::to_string(i)}});
        const Answer ten = ask(world, one.path, input);
        EXPECT_EQ(outcome(ten), "200") << one.path;
        EXPECT_EQ(ten.text, "") << one.path;
        input[one.list].push_back({{one.id, "new-10"}});
        EXPECT_EQ(ask(world, one.path, input).status, 400) << one.path;
    }
}

// Fidelity: documented | PutItems replaces the item of the same id as a whole | DG/importing-items.html
TEST_F(DataPlane, ShowsAReplacedItemInFiltersAndInMetadata) {
    const auto metadata_of_a = [&] {
        const Json columns = {{"ITEMS", {"GENRES", "PRICE", "YEAR"}}};
        const Json input = {{"userId", "x"}, {"numResults", 1}, {"metadataColumns", columns}};
        return recommend(world, "popular", input).body["itemList"][0]["metadata"].dump();
    };
    EXPECT_EQ(filtered("cheap"), "b c");
    ASSERT_EQ(outcome(put_item("a", {{"genres", "Comedy"}, {"price", 3}})), "200");
    EXPECT_EQ(filtered("cheap"), "a b c");
    EXPECT_EQ(metadata_of_a(), R"({"genres":"Comedy","price":"3.0"})") << "the year is gone";
    ASSERT_EQ(outcome(put_item("a", {{"year", 1999}})), "200");
    EXPECT_EQ(filtered("cheap"), "b c") << "the price is gone";
    EXPECT_EQ(metadata_of_a(), R"({"year":"1999"})");
}

// Fidelity: documented | CreateFilter refuses a placeholder with NOT IN by this text | DG/error-messages.html
// Fidelity: documented | CreateFilter refuses boolean columns, and conditions over two datasets in one expression |
//   DG/filter-expressions.html
TEST_F(DataPlane, RefusesFiltersThatTheServiceRefuses) {
    Json document = {{"schemas",
                      {schema("shops", "Items",
                              {field("ITEM_ID", "string"), field("GENRES", nullable("string"), {{"categorical", true}}),
                               field("IN_STOCK", nullable("boolean"))})}},
                     {"datasetGroups", {{{"datasetGroupArn", arn("dataset-group/shop")}}}},
                     {"datasets",
                      {{{"datasetArn", arn("dataset/shop/ITEMS")},
                        {"datasetGroupArn", arn("dataset-group/shop")},
                        {"datasetType", "ITEMS"},
                        {"schemaArn", arn("schema/shops")}}}}};
    world.load(document);
    const std::pair<const char*, const char*> cases[] = {
        {"INCLUDE ItemID WHERE Items.GENRES NOT IN ($GENRE)",
         "InvalidInputException: Invalid input symbol: $GENRE. Placeholders are not allowed with NOT_IN operator."},
        {"INCLUDE ItemID WHERE Items.IN_STOCK = \"true\"", "InvalidInputException: Invalid Expression"},
        {"INCLUDE ItemID WHERE Items.GENRES IN (\"a\") AND Interactions.EVENT_TYPE IN (\"b\")",
         "InvalidInputException: Invalid "},
        {"INCLUDE ItemID WHERE Items.GENRES IN ($A, $B)", "InvalidInputException: Invalid "},
    };
    for (const auto& [expression, refusal] : cases) {
        const Answer answer = world.call(
            "CreateFilter",
            {{"name", "refused"}, {"datasetGroupArn", arn("dataset-group/shop")}, {"filterExpression", expression}});
        EXPECT_THAT(outcome(answer), testing::StartsWith(refusal)) << expression;
    }
    const Answer listed = world.call("ListFilters", {{"datasetGroupArn", arn("dataset-group/shop")}});
    EXPECT_EQ(listed.body["Filters"], Json::array());
}

// Fidelity: documented | PutEvents refuses an unknown trackingId with the only error that it has,
// InvalidInputException,
//   status 400; the other operations know ResourceNotFoundException, status 404 | boto/botocore,
//   personalize-events/2018-03-22/service-2.json
// Fidelity: seen | A campaign that does not exist is refused with status 400 and this text |
//   aws-samples/amazon-personalize-samples
TEST_F(DataPlane, RefusesWhatDoesNotExistAsTheServiceDoes) {
    const Json events = {{"trackingId", "unknown"},
                         {"sessionId", "s"},
                         {"eventList", {{{"eventType", "Watch"}, {"itemId", "a"}, {"sentAt", 1}}}}};
    const Answer tracker = ask(world, "/events", events);
    EXPECT_EQ(tracker.status, 400);
    EXPECT_EQ(tracker.error(), "InvalidInputException");
    const Json items = {{"datasetArn", arn("dataset/unknown/ITEMS")}, {"items", {{{"itemId", "a"}}}}};
    const Answer dataset = ask(world, "/items", items);
    EXPECT_EQ(dataset.status, 404);
    EXPECT_EQ(dataset.error(), "ResourceNotFoundException");
    const Answer campaign = recommend(world, "unknown", {{"userId", "x"}});
    EXPECT_EQ(campaign.status, 400);
    EXPECT_EQ(outcome(campaign),
              "InvalidInputException: " + arn("campaign/unknown") + " does not exist or is not active yet.");
}

// Fidelity: documented | An import's CSV that lacks columns is refused with their names | DG/error-messages.html
// Fidelity: seen | Columns that the schema does not have are ignored | aws-samples/amazon-personalize-samples,
//   update-item-dataset-schema-example.ipynb
TEST_F(DataPlane, NamesTheColumnsThatACsvLacksAndIgnoresOthers) {
    const Answer lacking = import("ITEMS", "ITEM_ID,YEAR\nz,1999\n");
    EXPECT_EQ(lacking.status, 400);
    EXPECT_THAT(lacking.text, HasSubstr("Input CSV is missing the following columns:[GENRES, PRICE]."));
    EXPECT_EQ(filtered("cheap"), "b c") << "nothing has changed";
    const Answer more = import("ITEMS", "ITEM_ID,COLOUR,GENRES,PRICE,YEAR\na,red,Drama,1,1999\n");
    EXPECT_EQ(more.status, 200) << more.text;
    EXPECT_EQ(filtered("cheap"), "a");
}

}  // namespace
}  // namespace plocal::runtime
