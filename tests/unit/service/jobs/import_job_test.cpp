#include "server/service/jobs/import_job.h"

#include <gmock/gmock.h>

#include "tests/unit/service/jobs/transfers.h"

namespace plocal::jobs {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

const std::string unfit =
    "CREATE FAILED: Input csv has rows that do not conform to the dataset schema. Please ensure all required data "
    "fields are present and that they are of the type specified in the schema.";

const std::string two_items = "ITEM_ID,GENRES,PRICE\na,Drama|Comedy,1.5\nb,,\n";
const std::string two_rows = R"({"ITEM_ID":"a","GENRES":"Drama|Comedy","PRICE":1.5})"
                             "\n"
                             R"({"ITEM_ID":"b"})"
                             "\n";

class ImportJobs : public Transfers {};

TEST_F(ImportJobs, StoreTheRowsOfAFile) {
    put("items.csv", two_items);
    EXPECT_EQ(import("one", "ITEMS", "items.csv"), "ACTIVE");
    EXPECT_EQ(rows("ITEMS"), two_rows);
    const Json work = work_of(arn("dataset-import-job/one"));
    EXPECT_EQ(work.value("files", 0), 1) << work;
    EXPECT_EQ(work.value("lines", 0), 2) << work;
    EXPECT_EQ(work.value("bytes", 0U), two_items.size()) << work;
    EXPECT_EQ(work.value("errors", -1), 0) << work;
}

// Fidelity: seen | A file with quoted, lower-case headers in another order than the schema is imported; surplus columns
//   are ignored | aws-samples/amazon-personalize-immersion-day
TEST_F(ImportJobs, FindColumnsByNameInAnyCaseAndOrder) {
    put("items.csv", "\xEF\xBB\xBF\"price\",\"surplus\",\"item_id\",\"genres\"\r\n1.5,x,a,\"Drama|Comedy\"\r\n,,b,");
    EXPECT_EQ(import("one", "ITEMS", "items.csv"), "ACTIVE");
    EXPECT_EQ(rows("ITEMS"), two_rows);
}

TEST_F(ImportJobs, TakeQuotedTextWithEitherEscape) {
    put("items.csv", "ITEM_ID,GENRES,PRICE\na,\"He said \\\"no\\\"\",\nb,\"She said \"\"no\"\", c:\\\\d\ne\",\n");
    EXPECT_EQ(import("one", "ITEMS", "items.csv"), "ACTIVE");
    EXPECT_EQ(rows("ITEMS"), R"({"ITEM_ID":"a","GENRES":"He said \"no\""})"
                             "\n"
                             R"({"ITEM_ID":"b","GENRES":"She said \"no\", c:\\d\ne"})"
                             "\n");
}

// Fidelity: documented | A folder imports all CSV files in it; only those of its first level |
//   https://docs.aws.amazon.com/personalize/latest/dg/API_DataSource.html
TEST_F(ImportJobs, ReadTheCsvFilesOfAFolder) {
    put("items/b.csv", "PRICE,GENRES,ITEM_ID\n,,b\n");
    put("items/a.CSV", "ITEM_ID,GENRES,PRICE\na,Drama|Comedy,1.5\n");
    put("items/read.me", "no rows");
    put("items/old/c.csv", "no rows");
    put("items.csv.bak", "no rows");
    for (const char* key : {"items", "items/"}) {
        const std::string name = key == std::string("items") ? "one" : "two";
        EXPECT_EQ(import(name, "ITEMS", key), "ACTIVE");
        EXPECT_EQ(rows("ITEMS"), two_rows);
        EXPECT_EQ(work_of(arn("dataset-import-job/" + name)).value("files", 0), 2);
    }
}

// Fidelity: documented | A dataset import job replaces what earlier jobs imported, and keeps what was put |
//   DG/updating-existing-bulk-data.html
TEST_F(ImportJobs, ReplaceWhatWasImportedBefore) {
    put("items.csv", two_items);
    ASSERT_EQ(import("one", "ITEMS", "items.csv"), "ACTIVE");
    put_items({{"put", {{"genres", "Action"}}}});
    put("items.csv", "ITEM_ID,GENRES,PRICE\nc,,\n");
    EXPECT_EQ(import("two", "ITEMS", "items.csv"), "ACTIVE");
    EXPECT_EQ(rows("ITEMS"), "{\"ITEM_ID\":\"c\"}\n{\"ITEM_ID\":\"put\",\"GENRES\":\"Action\"}\n");
}

// Fidelity: documented | An INCREMENTAL import adds, and replaces records of the same id; before any bulk import only
//   FULL is allowed | DG/updating-existing-bulk-data.html
TEST_F(ImportJobs, AddToWhatWasImportedBefore) {
    put("items.csv", two_items);
    const Json incremental = {{"importMode", "INCREMENTAL"}};
    EXPECT_THAT(import("zero", "ITEMS", "items.csv", incremental),
                StartsWith("CREATE FAILED: The import mode must be"));
    ASSERT_EQ(import("one", "ITEMS", "items.csv"), "ACTIVE");
    put("more.csv", "ITEM_ID,GENRES,PRICE\nb,Action,\nc,,\n");
    EXPECT_EQ(import("two", "ITEMS", "more.csv", incremental), "ACTIVE");
    EXPECT_EQ(rows("ITEMS"), R"({"ITEM_ID":"a","GENRES":"Drama|Comedy","PRICE":1.5})"
                             "\n"
                             R"({"ITEM_ID":"b","GENRES":"Action"})"
                             "\n"
                             R"({"ITEM_ID":"c"})"
                             "\n");
}

TEST_F(ImportJobs, BearTheMomentInWhichTheirRowsAppear) {
    std::string many = "ITEM_ID,GENRES,PRICE\n";
    for (int i = 0; i < 5'000; ++i) many += "m" + std::to_string(i) + ",,\n";
    put("items.csv", many);
    ASSERT_EQ(create_import("one", "ITEMS", "items.csv").status, 200);
    begin_work();
    ASSERT_TRUE(work_.step());
    world_.advance(std::chrono::hours(1));
    const base::Instant before_its_end = world_.now();
    world_.advance(std::chrono::hours(1));
    work_.run();
    EXPECT_EQ(outcome(import_job("one")), "ACTIVE");
    const std::string group = arn("dataset-group/films");
    EXPECT_EQ(world_.store().row_sets().revision_before(group, before_its_end), 0)
        << "a training that began then does not know them";
    EXPECT_EQ(world_.store().row_sets().revision_before(group, world_.now() + std::chrono::milliseconds(1)), 1);
}

// Fidelity: documented | An INCREMENTAL import has at most 1 GB, a FULL one 100 GB | DG/limits.html
TEST_F(ImportJobs, FailBeyondTheQuotaOfTheirInput) {
    put("items.csv", two_items);
    const Json limits = {{"fullImportBytes", two_items.size()}, {"incrementalImportBytes", two_items.size() - 1}};
    const std::string body = Json({{"mode", "aws"}, {"limits", limits}}).dump();
    ASSERT_EQ(control("PUT", "/_local/quotas", body).status, 200);
    EXPECT_EQ(import("one", "ITEMS", "items.csv"), "ACTIVE");
    EXPECT_EQ(import("two", "ITEMS", "items.csv", {{"importMode", "INCREMENTAL"}}),
              "CREATE FAILED: s3://bucket/items.csv: the input has " + std::to_string(two_items.size()) +
                  " bytes, and the quota incrementalImportBytes is " + std::to_string(two_items.size() - 1));
}

struct Refused {
    const char* name;
    std::string text;
    std::string outcome;
    std::string detail;
};

// Fidelity: documented | The failure reasons of an import whose CSV lacks columns, or whose texts are too long |
//   https://docs.aws.amazon.com/personalize/latest/dg/error-messages.html
// Fidelity: inferred | The failure reason of an import with values of the wrong type |
//   https://docs.aws.amazon.com/personalize/latest/dg/error-messages.html
TEST_F(ImportJobs, FailWithTheServicesTextsAndTellTheRow) {
    const std::string header = "ITEM_ID,GENRES,PRICE\n";
    const Refused cases[] = {
        {"no columns", "ITEM_ID\na\n", "CREATE FAILED: Input CSV is missing the following columns:[GENRES, PRICE].",
         "s3://bucket/items.csv"},
        {"an empty file", "", "CREATE FAILED: Input CSV is missing the following columns:[ITEM_ID, GENRES, PRICE].",
         "items.csv"},
        {"a header alone", header, "CREATE FAILED: The input has a header and no records: s3://bucket/items.csv", ""},
        {"a long id", header + "a,,\n" + std::string(257, 'x') + ",,\n",
         "CREATE FAILED: Length cannot be more than 256 characters for ITEM_ID. If no values exceed the character "
         "limit, make sure your data follows the formatting guidelines listed in "
         "https://docs.aws.amazon.com/personalize/latest/dg/data-prep-formatting.html.",
         "s3://bucket/items.csv: row 2, column ITEM_ID"},
        {"another type", header + "a,,\nb,,cheap\n", unfit,
         "s3://bucket/items.csv: row 2, column PRICE: expected float or null, found \"cheap\""},
        {"no id", header + ",,\n", unfit, "row 1, column ITEM_ID"},
        {"a field too much", header + "a,,\nb,,,\n", unfit, "row 2: expected 3 fields"},
        {"a quote that stays open", header + "a,\"Drama,\n", unfit, "row 1: a quote is opened and never closed"},
        {"a column named twice", "ITEM_ID,GENRES,PRICE,price\n", unfit, "column PRICE"},
    };
    put("first.csv", two_items);
    ASSERT_EQ(import("first", "ITEMS", "first.csv"), "ACTIVE");
    int number = 0;
    for (const Refused& each : cases) {
        SCOPED_TRACE(each.name);
        const std::string name = "refused-" + std::to_string(++number);
        put("items.csv", each.text);
        EXPECT_EQ(import(name, "ITEMS", "items.csv"), each.outcome);
        EXPECT_THAT(work_of(arn("dataset-import-job/" + name)).value("detail", ""), HasSubstr(each.detail));
        EXPECT_EQ(rows("ITEMS"), two_rows) << "the old rows are left";
    }
}

TEST_F(ImportJobs, LeaveTheOldRowsWhereALaterFileIsBad) {
    put("first.csv", two_items);
    ASSERT_EQ(import("first", "ITEMS", "first.csv"), "ACTIVE");
    std::string many = "ITEM_ID,GENRES,PRICE\n";
    for (int i = 0; i < 1000; ++i) many += "m" + std::to_string(i) + ",,\n";
    put("items/a.csv", many);
    put("items/b.csv", "ITEM_ID,GENRES,PRICE\nx,,free\n");
    EXPECT_EQ(import("second", "ITEMS", "items"), unfit);
    EXPECT_EQ(rows("ITEMS"), two_rows);
    const Json work = work_of(arn("dataset-import-job/second"));
    EXPECT_THAT(work.value("detail", ""), HasSubstr("s3://bucket/items/b.csv: row 1, column PRICE"));
    EXPECT_EQ(work.value("errors", 0), 1);
    EXPECT_EQ(import("third", "ITEMS", "items/a.csv"), "ACTIVE") << "the dataset is free again";
}

TEST_F(ImportJobs, FailWhereThereIsNoObject) {
    EXPECT_EQ(import("one", "ITEMS", "items.csv"),
              "CREATE FAILED: s3://bucket/items.csv: NoSuchKey. No objects found in s3 path s3://bucket/items.csv, "
              "please ensure the path is specified correctly.");
    put("empty/read.me", "");
    EXPECT_THAT(import("two", "ITEMS", "empty/"), HasSubstr("s3://bucket/empty/: NoSuchKey"));
    world_.call("CreateDatasetImportJob", {{"jobName", "three"},
                                           {"datasetArn", dataset("ITEMS")},
                                           {"dataSource", {{"dataLocation", "s3://no-such-bucket/items.csv"}}},
                                           {"roleArn", "arn:aws:iam::000000000000:role/personalize"}});
    run();
    EXPECT_THAT(outcome(import_job("three")), HasSubstr("NoSuchBucket"));
    EXPECT_THAT(rows("ITEMS"), IsEmpty());
}

TEST_F(ImportJobs, WaitForAnotherImportIntoTheDataset) {
    std::string many = "ITEM_ID,GENRES,PRICE\n";
    for (int i = 0; i < 20'000; ++i) many += "m" + std::to_string(i) + ",,\n";
    put("many.csv", many);
    put("items.csv", two_items);
    create_import("one", "ITEMS", "many.csv");
    create_import("two", "ITEMS", "items.csv");
    run();
    EXPECT_EQ(outcome(import_job("one")), "ACTIVE");
    EXPECT_EQ(outcome(import_job("two")), "ACTIVE");
    EXPECT_EQ(rows("ITEMS"), two_rows) << "the later one replaces the earlier one";
}

TEST_F(ImportJobs, LeaveNothingWhereTheyAreAborted) {
    std::string many = "ITEM_ID,GENRES,PRICE\n";
    for (int i = 0; i < 20'000; ++i) many += "m" + std::to_string(i) + ",,\n";
    put("many.csv", many);
    put("items.csv", two_items);
    create_import("one", "ITEMS", "many.csv");
    begin_work();
    ASSERT_TRUE(work_.step());
    const Json failed = {{"arn", arn("dataset-import-job/one")}, {"to", "CREATE FAILED"}};
    ASSERT_EQ(control("POST", "/_local/transition", failed.dump()).status, 200);
    EXPECT_EQ(work_.in_queue(), 0U);
    EXPECT_THAT(rows("ITEMS"), IsEmpty());
    EXPECT_EQ(import("two", "ITEMS", "items.csv"), "ACTIVE");
    EXPECT_EQ(rows("ITEMS"), two_rows);
}

TEST_F(ImportJobs, FailWhereTheRowsOfTheDatasetAreDropped) {
    std::string many = "ITEM_ID,GENRES,PRICE\n";
    for (int i = 0; i < 20'000; ++i) many += "m" + std::to_string(i) + ",,\n";
    put("many.csv", many);
    create_import("one", "ITEMS", "many.csv");
    begin_work();
    ASSERT_TRUE(work_.step());
    storage::sqlite::Transaction transaction = world_.store().begin();
    world_.store().row_sets().drop(dataset("ITEMS"), "000000000000");
    transaction.commit();
    work_.run();
    EXPECT_THAT(outcome(import_job("one")), HasSubstr("the rows of the dataset were dropped during the import"));
    EXPECT_THAT(rows("ITEMS"), IsEmpty());
}

TEST_F(ImportJobs, ImportEveryTypeOfDataset) {
    put("users.csv", "USER_ID,AGE,MEMBER\nu,30,gold\n");
    put("interactions.csv",
        "USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE,EVENT_VALUE,DEVICE,RECOMMENDATION_ID,EVENT_ATTRIBUTION_SOURCE\n"
        "u,a,1700000000,watch,0.5,tv,,\n");
    put("actions.csv", "ACTION_ID,KIND\nsale,\n");
    put("action-interactions.csv", "USER_ID,ACTION_ID,EVENT_TYPE,TIMESTAMP\nu,sale,Taken,1700000000\n");
    EXPECT_EQ(import("one", "USERS", "users.csv"), "ACTIVE");
    EXPECT_EQ(import("two", "INTERACTIONS", "interactions.csv"), "ACTIVE");
    EXPECT_EQ(import("three", "ACTIONS", "actions.csv"), "ACTIVE");
    EXPECT_EQ(import("four", "ACTION_INTERACTIONS", "action-interactions.csv"), "ACTIVE");
    EXPECT_EQ(rows("USERS"), "{\"USER_ID\":\"u\",\"AGE\":30,\"MEMBER\":\"gold\"}\n");
    EXPECT_THAT(rows("INTERACTIONS"), HasSubstr(R"("EVENT_VALUE":0.5,"DEVICE":"tv")"));
    EXPECT_EQ(rows("ACTIONS"), "{\"ACTION_ID\":\"sale\"}\n");
    EXPECT_THAT(rows("ACTION_INTERACTIONS"), HasSubstr("Taken"));
}

}  // namespace
}  // namespace plocal::jobs
