#include "storage/schema.h"

#include <fstream>

#include <gmock/gmock.h>

#include "storage/sqlite/error.h"
#include "storage/sqlite/statement.h"
#include "storage/store.h"
#include "tests/support/source_folder.h"
#include "tests/unit/storage/records.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::storage {
namespace {

using sqlite::Database;
using sqlite::Statement;
using testing::ElementsAre;
using testing::IsSupersetOf;
using testing::Pair;

std::string golden(std::size_t version) {
    std::ifstream file(std::string(test::source_folder) + "/tests/golden/schema/v" + std::to_string(version) + ".sql");
    return {std::istreambuf_iterator<char>(file), {}};
}

std::int64_t version_of(Database& database) {
    Statement version(database, "PRAGMA user_version");
    version.step();
    return version.integer(0);
}

std::vector<std::string> objects(Database& database) {
    Statement rows(database, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name");
    std::vector<std::string> objects;
    while (rows.step()) {
        objects.push_back(std::string(rows.text(0)) + ' ' + std::string(rows.text(1)) + " of " +
                          std::string(rows.text(2)) + ": " + std::string(rows.text(3)));
    }
    return objects;
}

class OldFile : public testing::TestWithParam<std::size_t> {
protected:
    /// A file of the version under test, as the program of that version wrote it.
    std::string load() {
        const std::string path = folder_.file("old.db");
        Database(path).execute(golden(GetParam()));
        return path;
    }

    TemporaryFolder folder_;
};

TEST_P(OldFile, HasItsVersion) {
    Database database(load());
    EXPECT_EQ(version_of(database), static_cast<std::int64_t>(GetParam()));
}

TEST_P(OldFile, MigratesToExactlyTheCurrentSchema) {
    Database migrated(load());
    migrate(migrated, migrations());
    Database fresh(":memory:");
    migrate(fresh, migrations());
    EXPECT_EQ(objects(migrated), objects(fresh));
    EXPECT_EQ(version_of(migrated), version_of(fresh));
}

TEST_P(OldFile, KeepsItsRows) {
    Store store(load());
    Record expected = job("nightly", 1700000000000);
    expected.parent = "arn:aws:personalize:us-east-1:111111111111:solution/s/1";
    expected.document = "{\"jobName\":\"nightly\",\"note\":\"it's\"}";
    expected.timeline = {at_ms(1700000000000),
                         at_ms(1700000000000),
                         {{.status = "PENDING", .ending = Ending::duration, .duration = std::chrono::seconds(1)},
                          {.status = "CREATE FAILED"}},
                         0,
                         "one\ntwo"};
    const auto found = store.resources().find(expected.arn);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, 2);
    EXPECT_EQ(found->owner, expected.owner);
    EXPECT_EQ(found->kind, expected.kind);
    EXPECT_EQ(found->name, expected.name);
    EXPECT_EQ(found->parent, expected.parent);
    EXPECT_EQ(found->document, expected.document);
    EXPECT_EQ(found->created, expected.created);
    EXPECT_EQ(found->timeline, expected.timeline);
    EXPECT_THAT(store.resources().references(expected.arn), ElementsAre(Reference{expected.parent, true}));
    EXPECT_THAT(store.counts().by_kind(), IsSupersetOf({Pair("batchInferenceJob", 1), Pair("recipe", 1)}));
    EXPECT_THAT(store.tags().list(expected.arn), ElementsAre(Tag{"team", "search"}));
}

TEST_P(OldFile, HasOnlyReadableTimelines) {
    const std::string path = load();
    std::vector<std::string> arns;
    { const Store migrated(path); }
    {
        Database database(path);
        Statement rows(database, "SELECT arn FROM visible_resource ORDER BY arn");
        while (rows.step()) arns.emplace_back(rows.text(0));
    }
    ASSERT_FALSE(arns.empty());
    Store store(path);
    for (const std::string& arn : arns) EXPECT_FALSE(store.resources().find(arn).value().timeline.steps.empty()) << arn;
}

// One file for each released version: a new step in schema/ needs one more.
INSTANTIATE_TEST_SUITE_P(OfVersion, OldFile, testing::Range(std::size_t{1}, migrations().size() + 1),
                         [](const auto& row) { return std::to_string(row.param); });

TEST(SchemaVersion2, KeepsWorkInProgressAndTheReasonsOfSteps) {
    const TemporaryFolder folder;
    const std::string path = folder.file("two.db");
    Database(path).execute(golden(2));
    Store store(path);
    const std::string at_work = "arn:aws:personalize:us-east-1:111111111111:dataset-import-job/at-work";
    EXPECT_THAT(store.work().all(), ElementsAre(WorkStart{at_work, "111111111111", at_ms(1700000001000)}));
    EXPECT_TRUE(store.resources().find(at_work)->timeline.steps[1].work);
    const auto twice = store.resources().find("arn:aws:personalize:us-east-1:111111111111:campaign/twice");
    EXPECT_EQ(twice->timeline.steps[0].work->lines, 12);
    EXPECT_EQ(twice->timeline.steps[3].failure_reason, "no model");
    EXPECT_EQ(twice->timeline.failure_reason, "by hand");
}

TEST(SchemaVersion3, KeepsWhatIsVisibleAndWhatAResetBringsBack) {
    const TemporaryFolder folder;
    const std::string path = folder.file("three.db");
    Database(path).execute(golden(3));
    Store store(path);
    const std::string changed = "arn:aws:personalize:us-east-1:111111111111:batch-segment-job/changed";
    const std::string removed = "arn:aws:personalize:us-east-1:111111111111:batch-segment-job/removed";
    EXPECT_EQ(store.resources().find(changed)->document, R"({"jobName":"changed","roleArn":"new"})");
    EXPECT_THAT(store.tags().list(changed), ElementsAre(Tag{"team", "new"}));
    EXPECT_FALSE(store.resources().find(removed));
    EXPECT_FALSE(store.resources().find("arn:aws:personalize:us-east-1:111111111111:batch-segment-job/unfinished"));
    EXPECT_EQ(store.counts().by_kind().at("batchSegmentJob"), 1);
    sqlite::Transaction transaction = store.begin();
    store.switch_layers({}, {2});
    transaction.commit();
    EXPECT_EQ(store.resources().find(changed)->document, R"({"jobName":"changed"})");
    EXPECT_THAT(store.tags().list(changed), ElementsAre(Tag{"team", "old"}));
    EXPECT_TRUE(store.resources().find(removed));
}

TEST(SchemaVersion4, KeepsRowsAndRemovesWhatWasNotFinished) {
    const TemporaryFolder folder;
    const std::string path = folder.file("four.db");
    Database(path).execute(golden(4));
    Store store(path);
    const std::string prefix = "arn:aws:personalize:us-east-1:111111111111:dataset/movies/";
    const RowSet items = store.row_sets().find(prefix + "ITEMS").value();
    const auto at = [&](std::int64_t revision) {
        return store.rows().page(store.row_sets().view(items, revision), "", 10);
    };
    EXPECT_THAT(at(2), ElementsAre(DataRow{"both", "{}"}, DataRow{"old", R"({"GENRES":"Drama"})"},
                                   DataRow{"put", R"({"PRICE":1.5})"}));
    EXPECT_THAT(at(3), ElementsAre(DataRow{"new", R"({"GENRES":"Drama|Comedy"})"}, DataRow{"put", R"({"PRICE":1.5})"}));
    EXPECT_THAT(store.visible_rows().counts(), ElementsAre(Pair("INTERACTIONS", 1), Pair("ITEMS", 2)));
    sqlite::Transaction transaction = store.begin();
    while (store.layers().sweep(1)) continue;
    std::vector<std::string> users;
    const RowView all = store.row_sets().view(store.row_sets().find(prefix + "INTERACTIONS").value());
    store.interactions().oldest_first(all, {}, {}, 10, [&](const InteractionRow& row, const InteractionPosition&) {
        users.push_back(std::string(row.user_id) + ' ' + std::string(row.session_id.value_or("")));
        return true;
    });
    EXPECT_THAT(users, ElementsAre("u s"));
    transaction.commit();
    EXPECT_EQ(store.row_sets().revision("arn:aws:personalize:us-east-1:111111111111:dataset-group/movies"), 4);
}

// If this fails, a script was added: run storage/schema/make_image.py.
TEST(Schema, OfAnImageIsWhatTheScriptsMake) {
    Database copied(":memory:");
    create_tables(copied);
    Database migrated(":memory:");
    migrate(migrated, migrations());
    EXPECT_EQ(objects(copied), objects(migrated));
    EXPECT_EQ(version_of(copied), version_of(migrated));
    Statement check(copied, "PRAGMA integrity_check");
    ASSERT_TRUE(check.step());
    EXPECT_EQ(check.text(0), "ok");
}

TEST(Schema, AppliesEachStepOnce) {
    Database database(":memory:");
    migrate(database, {"CREATE TABLE a (c INTEGER)"});
    migrate(database, {"CREATE TABLE a (c INTEGER)", "CREATE TABLE b (c INTEGER); CREATE TABLE c (c INTEGER)"});
    EXPECT_EQ(version_of(database), 2);
    EXPECT_EQ(objects(database).size(), 3U);
}

TEST(Schema, KeepsTheVersionBeforeAFailedStep) {
    Database database(":memory:");
    EXPECT_THROW(
        migrate(database, {"CREATE TABLE a (c INTEGER)", "CREATE TABLE b (c INTEGER); CREATE TABLE a (d TEXT)"}),
        sqlite::SqlError);
    EXPECT_EQ(version_of(database), 1);
    EXPECT_THAT(objects(database), ElementsAre("table a of a: CREATE TABLE a (c INTEGER)"));
}

TEST(Schema, RefusesANewerVersionAndReportsBoth) {
    const TemporaryFolder folder;
    const std::string path = folder.file("x.db");
    Database(path).execute("PRAGMA user_version = 4711");
    try {
        Store store(path);
        FAIL() << "it was opened";
    } catch (const sqlite::OpenError& error) {
        EXPECT_EQ(error.what(), "'" + path + "' holds version 4711 of the tables, this program knows " +
                                    std::to_string(migrations().size()) +
                                    ": use a newer personalize-local or name another file");
    }
    Database database(path);
    EXPECT_EQ(version_of(database), 4711);
}

}  // namespace
}  // namespace plocal::storage
