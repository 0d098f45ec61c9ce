#include "server/local/world/row_loading.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>

#include "server/local/world/import_checks.h"
#include "server/local/world/world.h"
#include "server/service/data/dataset.h"
#include "server/service/operations/registry.h"
#include "server/service/resources/delete.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::world {
namespace {

using base::Json;
using storage::DataRow;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* original = "111111111111";
constexpr const char* copied = "222222222222";

std::string in_account(const std::string& account, const std::string& rest) {
    return "arn:aws:personalize:us-east-1:" + account + ":" + rest;
}

class LoadedRows : public testing::Test {
protected:
    void write(const std::string& name, const std::string& text) { std::ofstream(folder_.file(name)) << text; }

    /// A document of an account with schemas of items and interactions and a dataset of each, with these `_local`.
    static Json world(const Json& items, const Json& interactions) {
        const auto schema = [](const std::string& type, const std::string& fields) {
            return Json{{"schemaArn", in_account(original, "schema/" + type)},
                        {"schema", R"({"type":"record","name":")" + type + R"(","fields":[)" + fields + "]}"}};
        };
        const auto dataset = [](const std::string& type, const std::string& schema_name, const Json& local) {
            Json json = {{"datasetArn", in_account(original, "dataset/movies/" + type)},
                         {"datasetGroupArn", in_account(original, "dataset-group/movies")},
                         {"schemaArn", in_account(original, "schema/" + schema_name)},
                         {"datasetType", type}};
            if (!local.is_null()) json["_local"] = local;
            return json;
        };
        const std::string text = R"("type":"string"})";
        const std::string item = R"({"name":"ITEM_ID",)" + text;
        return {
            {"schemas",
             {schema("Items", item + R"(,{"name":"PRICE","type":["null","float"]})"),
              schema("Interactions",
                     R"({"name":"USER_ID",)" + text + "," + item + R"(,{"name":"TIMESTAMP","type":"long"})")}},
            {"datasetGroups", {{{"datasetGroupArn", in_account(original, "dataset-group/movies")}}}},
            {"datasets", {dataset("ITEMS", "Items", items), dataset("INTERACTIONS", "Interactions", interactions)}}};
    }

    WorldConfig config(const std::vector<Json>& documents, const std::vector<std::string>& accounts = {}) {
        WorldConfig config;
        config.clock = lifecycle::Clock::frozen(base::Instant(std::chrono::hours(500000)));
        config.is_clock_given = true;
        config.accounts = accounts;
        for (const Json& document : documents) {
            config.documents.emplace_back(folder_.file(std::to_string(config.documents.size() + 1) + ".json"),
                                          document.dump());
        }
        return config;
    }

    static std::vector<DataRow> items(storage::Store& store, const std::string& account) {
        const auto set = store.row_sets().find(in_account(account, "dataset/movies/ITEMS"));
        return set ? store.rows().page(store.row_sets().view(*set), "", 100) : std::vector<DataRow>{};
    }

    /// The problems of documents, without the folder of the test.
    std::vector<std::string> problems_of(const WorldConfig& config) {
        std::vector<std::string> lines;
        storage::Store store(":memory:");
        try {
            const World world(store, config);
        } catch (const BadDocuments& bad) {
            for (const auto& problem : bad.problems()) {
                std::string line = problem.text();
                for (std::size_t at = 0; (at = line.find(folder_.path())) != std::string::npos;) {
                    line.erase(at, folder_.path().size() + 1);
                }
                lines.push_back(line);
            }
        }
        EXPECT_THAT(store.visible_rows().counts(), IsEmpty());
        return lines;
    }

    storage::TemporaryFolder folder_;
};

const Json two_items = {{"rows", {{{"ITEM_ID", "b"}, {"PRICE", 2}}, {{"itemId", "a"}}}}};

TEST_F(LoadedRows, AreThoseOfFilesAndOfDocuments) {
    write("views.csv", "user_id,item_id,timestamp\nu,a,1\nu,b,2\n");
    write("more.jsonl", "{\"ITEM_ID\":\"c\"}\n{\"ITEM_ID\":\"b\",\"PRICE\":3}\n");
    const Json more = {
        {"data", {{{"datasetArn", in_account(original, "dataset/movies/ITEMS")}, {"file", "more.jsonl"}}}}};
    storage::Store store(":memory:");
    const World world(store, config({LoadedRows::world(two_items, {{"file", "views.csv"}}), more}));
    EXPECT_THAT(items(store, original),
                ElementsAre(DataRow{"a", "{}"}, DataRow{"b", R"({"PRICE":3.0})"}, DataRow{"c", "{}"}));
    EXPECT_THAT(store.visible_rows().counts(),
                ElementsAre(testing::Pair("INTERACTIONS", 2), testing::Pair("ITEMS", 3)));
    EXPECT_EQ(store.row_sets().revision(in_account(original, "dataset-group/movies")), 3);
}

TEST_F(LoadedRows, AreSharedByCopiesForAccounts) {
    storage::Store store(":memory:");
    const World world(store, config({LoadedRows::world(two_items, nullptr)}, {copied}));
    EXPECT_EQ(items(store, copied), items(store, original));
    EXPECT_EQ(items(store, copied).size(), 2U);
    const auto copy = store.row_sets().find(in_account(copied, "dataset/movies/ITEMS"));
    EXPECT_EQ(copy->base->set, store.row_sets().find(in_account(original, "dataset/movies/ITEMS"))->id);
    EXPECT_EQ(store.visible_rows().counts()["ITEMS"], 4);
}

TEST_F(LoadedRows, AreSharedByACopyThatAResetMakes) {
    write("items.csv", "ITEM_ID,PRICE\na,1\nb,2\n");
    storage::Store store(":memory:");
    World world(store, config({LoadedRows::world({{"file", "items.csv"}}, nullptr)}));
    const auto rows = items(store, original);
    std::filesystem::remove(folder_.file("items.csv"));  // it must not be read again
    world.reset(copied, true).run();
    EXPECT_EQ(items(store, copied), rows);
    world.reset("", false).run();
    while (world.has_displaced()) world.sweep();
    EXPECT_THAT(items(store, copied), IsEmpty());
    world.reset(copied, true).run();
    EXPECT_EQ(items(store, copied), rows) << "the rows of the fixtures outlive them";
    EXPECT_THAT(items(store, original), IsEmpty());
}

TEST_F(LoadedRows, OfALargeFileAreReadInSteps) {
    std::string text = "ITEM_ID,PRICE\n";
    for (int i = 0; i < 1000; ++i) text += "m" + std::to_string(i) + ",1\n";
    write("items.csv", text);
    const WorldConfig fixtures = config({LoadedRows::world({{"file", "items.csv"}}, nullptr)});
    const std::string path = folder_.file("x.db");
    {
        storage::Store store(path);
        const World world(store, fixtures);
    }
    storage::Store store(path);
    World world(store, fixtures);  // which has not read the file: the database has its rows
    EXPECT_EQ(store.visible_rows().counts()["ITEMS"], 1000);
    Loading loading = world.reset(original, true);
    int steps = 0;
    for (; loading.step() != Loading::Progress::is_over; ++steps)
        EXPECT_EQ(store.visible_rows().counts()["ITEMS"], 1000);
    EXPECT_GT(steps, 4);
    EXPECT_EQ(store.visible_rows().counts()["ITEMS"], 1000);
}

TEST_F(LoadedRows, StayAsTheDatabaseHasThem) {
    const std::string path = folder_.file("x.db");
    for (int start = 0; start < 2; ++start) {
        storage::Store store(path);
        const World world(store, config({LoadedRows::world(two_items, nullptr)}));
        EXPECT_EQ(store.visible_rows().counts()["ITEMS"], 2) << start;
        EXPECT_EQ(store.row_sets().revision(in_account(original, "dataset-group/movies")), 1) << start;
    }
}

TEST_F(LoadedRows, ComeBackWithAReset) {
    storage::Store store(":memory:");
    World world(store, config({LoadedRows::world(two_items, nullptr)}));
    const auto before = items(store, original);
    {
        storage::sqlite::Transaction transaction = store.begin();
        const storage::RowSet shown = store.row_sets().find(in_account(original, "dataset/movies/ITEMS")).value();
        const storage::RowSet set = store.row_sets().writable({shown.arn, shown.dataset_group, shown.kind, original});
        storage::RowBatch& batch = store.batches().begin(set, storage::RowOrigin::put, {});
        store.rows().add(batch, "d", "{}");
        store.batches().show(batch);
        transaction.commit();
    }
    EXPECT_EQ(items(store, original).size(), 3U);
    world.reset("", true).run();
    while (world.has_displaced()) world.sweep();
    EXPECT_EQ(items(store, original), before);
    world.reset("", false).run();
    EXPECT_THAT(items(store, original), IsEmpty());
}

TEST_F(LoadedRows, AreRemovedWithTheirDataset) {
    storage::Store store(":memory:");
    World world(store, config({LoadedRows::world(two_items, nullptr)}));
    {
        storage::sqlite::Transaction transaction = store.begin();
        resources::erase_some(store, store.resources().find(in_account(original, "dataset/movies/ITEMS")).value(), 50);
        transaction.commit();
    }
    EXPECT_THAT(items(store, original), IsEmpty());
    EXPECT_EQ(store.visible_rows().counts()["ITEMS"], 0);
    world.reset("", true).run();
    EXPECT_EQ(items(store, original).size(), 2U);
}

TEST_F(LoadedRows, AreTypedByTheSchemaOfTheirDataset) {
    storage::Store store(":memory:");
    World world(store, config({LoadedRows::world(nullptr, nullptr)}));
    lifecycle::ClockReadings readings(world.tenants().clocks);
    std::vector<std::string> notes;
    resources::Context context{.store = store,
                               .settings = world.settings(),
                               .operation = *model::personalize().operation("DescribeDataset"),
                               .scope = {},
                               .readings = readings,
                               .plans = world.tenants().plans,
                               .quotas = world.tenants().quotas,
                               .hooks = operations::hooks(),
                               .plan_change = {},
                               .origin = {},
                               .notes = notes};
    storage::Record record = store.resources().find(in_account(original, "dataset/movies/INTERACTIONS")).value();
    const auto dataset = data::dataset_of(context, record);
    ASSERT_TRUE(dataset);
    EXPECT_EQ(dataset->owner.dataset_group, in_account(original, "dataset-group/movies"));
    EXPECT_EQ(dataset->owner.kind, "INTERACTIONS");
    EXPECT_EQ(dataset->owner.account, original);
    EXPECT_TRUE(dataset->columns.are_interactions());
    EXPECT_EQ(dataset->columns.find("itemid"), 1U);
    record.document = R"({"schemaArn":"arn:aws:personalize:us-east-1:111111111111:schema/other"})";
    EXPECT_FALSE(data::dataset_of(context, record));
}

TEST_F(LoadedRows, AreRefusedByFileRowAndColumn) {
    write("views.csv", "user_id,item_id,timestamp\nu,a,soon\nu,b,2\nu,,3\n");
    write("other.csv", "user_id\nu\n");
    const std::string items_arn = in_account(original, "dataset/movies/ITEMS");
    const Json bad_item = {{"rows", {{{"ITEM_ID", "a"}}, {{"PRICE", "dear"}}}}};
    const Json data = {{"data",
                        {{{"datasetArn", in_account(original, "dataset/movies/INTERACTIONS")}, {"file", "other.csv"}},
                         {{"datasetArn", items_arn}, {"file", "absent.csv"}},
                         {{"datasetArn", in_account(original, "dataset/movies/USERS")}, {"file", "other.csv"}}}}};
    EXPECT_THAT(
        problems_of(config({LoadedRows::world(bad_item, {{"file", "views.csv"}}), data}, {copied})),
        ElementsAre(
            HasSubstr("2.json#/data/2/file: expected the rows of a dataset that the documents have"),
            "views.csv:1:TIMESTAMP: expected long, found \"soon\"",
            "views.csv:3:ITEM_ID: expected string, found nothing",
            "other.csv: expected rows that fit the schema of the dataset, found others: Input CSV is missing the "
            "following columns:[ITEM_ID, TIMESTAMP].",
            "1.json#/datasets/0/_local/rows/1/PRICE: expected null or float, found \"dear\"",
            "2.json#/data/1/file: expected a file that can be read, found absent.csv, which cannot: No such file "
            "or directory"));
}

TEST_F(LoadedRows, AreRefusedWhereADocumentDoesNotSayWhereTheyAre) {
    const std::string items_arn = in_account(original, "dataset/movies/ITEMS");
    const Json data = {{"data",
                        {5,
                         {{"datasetArn", "x"}, {"file", ""}},
                         {{"datasetArn", items_arn}},
                         {{"datasetArn", items_arn}, {"rows", 5}}}}};
    EXPECT_THAT(problems_of(config({LoadedRows::world({{"file", 5}}, {{"rows", "x"}}), data, {{"data", 1}}})),
                ElementsAre("1.json#/datasets/0/_local/file: expected the name of a file of CSV or JSON Lines, found 5",
                            "1.json#/datasets/1/_local/rows: expected a list of rows, found \"x\"",
                            "2.json#/data/0: expected an object, found 5",
                            "2.json#/data/1/datasetArn: expected the ARN of a dataset, found \"x\"",
                            "2.json#/data/1/file: expected the name of a file of CSV or JSON Lines, found \"\"",
                            HasSubstr("2.json#/data/2: expected a datasetArn, and a file or rows, found {"),
                            "2.json#/data/3/rows: expected a list of rows, found 5",
                            "3.json#/data: expected a list of objects, found 1"));
}

TEST_F(LoadedRows, OfADatasetWithoutAKnownSchemaAreRefused) {
    Json document = LoadedRows::world(two_items, nullptr);
    document["schemas"].erase(0);
    EXPECT_THAT(
        problems_of(config({document}, {copied})),
        ElementsAre("1.json#/datasets/0/_local/rows: expected rows of a dataset whose schema is known, found those "
                    "of one whose schema is not: " +
                    in_account(original, "dataset/movies/ITEMS")));
}

TEST_F(LoadedRows, OfTheBodyOfACallAreInIt) {
    storage::Store store(":memory:");
    World world(store, config({}));
    world.add("", snapshot::Document("", LoadedRows::world(two_items, nullptr).dump())).run();
    EXPECT_EQ(items(store, original).size(), 2U);
    storage::Store other(":memory:");
    World empty(other, config({}));
    Loading loading = empty.add("", snapshot::Document("", LoadedRows::world({{"file", "x.csv"}}, nullptr).dump()));
    EXPECT_THROW(loading.run(), BadDocuments);
}

}  // namespace
}  // namespace plocal::world
