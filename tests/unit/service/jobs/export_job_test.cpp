#include "server/service/jobs/export_job.h"

#include <algorithm>
#include <random>
#include <set>

#include <gmock/gmock.h>

#include "server/model/languages/avro/schema.h"
#include "server/service/data/row_pages.h"
#include "tests/unit/service/jobs/transfers.h"

namespace plocal::jobs {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string item_header = "ITEM_ID,GENRES,PRICE\n";
class ExportJobs : public Transfers {
protected:
    void import_bulk(const std::string& type, const std::string& csv, const std::string& mode = "FULL") {
        const std::string name = "bulk-" + std::to_string(++imports_);
        put(name + ".csv", csv);
        ASSERT_EQ(import(name, type, name + ".csv", {{"importMode", mode}}), "ACTIVE");
    }

private:
    int imports_ = 0;
};

// Fidelity: documented | An export has the records that were put (PUT, the default), those that were imported in bulk
//   (BULK), or both (ALL): of equal ids all, with ALL the newest alone; exact duplicates once |
//   https://docs.aws.amazon.com/personalize/latest/dg/export-data.html
TEST_F(ExportJobs, WriteTheItemsOfAnOrigin) {
    import_bulk("ITEMS", item_header + "a,Drama,1.5\nb,,\n");
    import_bulk("ITEMS", item_header + "b,Action,\na,Drama,1.5\n", "INCREMENTAL");
    put_items({{"b", {{"genres", "War"}}}});
    put_items({{"b", {{"genres", "Peace"}}}});
    put_items({{"b", {{"genres", "War"}}}, {"c", Json::object()}});
    EXPECT_EQ(export_rows("put", "ITEMS", "PUT"), "ACTIVE");
    EXPECT_EQ(exported("put"), item_header + "b,War,\nb,Peace,\nc,,\n");
    EXPECT_EQ(export_rows("bulk", "ITEMS", "BULK"), "ACTIVE");
    EXPECT_EQ(exported("bulk"), item_header + "a,Drama,1.5\nb,,\nb,Action,\n");
    EXPECT_EQ(export_rows("all", "ITEMS", "ALL"), "ACTIVE");
    EXPECT_EQ(exported("all"), item_header + "a,Drama,1.5\nb,War,\nc,,\n");
    EXPECT_THAT(objects("out/"), ElementsAre(HasSubstr("out/all/part-00000.csv"), HasSubstr("out/bulk/part-00000.csv"),
                                             HasSubstr("out/put/part-00000.csv")));
}

TEST_F(ExportJobs, WriteAllInteractionsUserByUser) {
    import_bulk("INTERACTIONS", interaction_header +
                                    "v,a,20,watch,0.5,tv,,\nu,b,30,watch,,,,\nu,a,20,watch,,,,\nu,a,20,watch,,,,\n"
                                    "u,a,20,click,,,,\nu,a,20,watch,,,,\n");
    EXPECT_EQ(export_rows("all", "INTERACTIONS", "ALL"), "ACTIVE");
    EXPECT_EQ(exported("all"),
              interaction_header + "u,a,20,watch,,,,\nu,a,20,click,,,,\nu,b,30,watch,,,,\nv,a,20,watch,0.5,tv,,\n");
    const Json work = work_of(arn("dataset-export-job/all"));
    EXPECT_EQ(work.value("files", 0), 1) << work;
    EXPECT_EQ(work.value("lines", 0), 4) << work;
    EXPECT_EQ(work.value("bytes", 0U), exported("all").size()) << work;
    EXPECT_EQ(export_rows("put", "INTERACTIONS", "PUT"), "ACTIVE");
    EXPECT_EQ(exported("put"), interaction_header) << "nothing was put";
}

TEST_F(ExportJobs, WriteAHeaderWhereThereAreNoRows) {
    EXPECT_EQ(export_rows("none", "USERS", "ALL"), "ACTIVE");
    EXPECT_EQ(exported("none"), "USER_ID,AGE,MEMBER\n");
}

TEST_F(ExportJobs, DoubleTheQuotesOfTexts) {
    import_bulk("ITEMS", item_header + "a,\"one, \"\"two\"\"\nthree\\\\four\",\n");
    ASSERT_EQ(export_rows("all", "ITEMS", "ALL"), "ACTIVE");
    EXPECT_EQ(exported("all"), item_header + "a,\"one, \"\"two\"\"\nthree\\\\four\",\n");
}

TEST_F(ExportJobs, WriteTheRowsOfTheMomentInWhichTheyBegin) {
    std::string many = item_header;
    for (int i = 0; i < 20'000; ++i) many += "m" + std::to_string(10'000 + i) + ",Old,\n";
    import_bulk("ITEMS", many);
    create_export("all", "ITEMS", "ALL");
    begin_work();
    ASSERT_TRUE(work_.step());
    const std::string full = item_header + "new,,\n";
    ASSERT_EQ(control("PUT", "/_local/data?dataset=" + dataset("ITEMS"), full, "text/csv").status, 200);
    {
        storage::sqlite::Transaction transaction = world_.store().begin();
        while (world_.store().layers().sweep(1000)) continue;
        transaction.commit();
    }
    work_.run();
    EXPECT_EQ(outcome(export_job("all")), "ACTIVE");
    EXPECT_EQ(exported("all"), many);
    EXPECT_EQ(rows("ITEMS"), "{\"ITEM_ID\":\"new\"}\n");
}

TEST_F(ExportJobs, LeaveNothingWhereTheyAreAborted) {
    std::string many = item_header;
    for (int i = 0; i < 20'000; ++i) many += "m" + std::to_string(i) + ",,\n";
    import_bulk("ITEMS", many);
    create_export("all", "ITEMS", "ALL");
    begin_work();
    ASSERT_TRUE(work_.step());
    const Json failed = {{"arn", arn("dataset-export-job/all")}, {"to", "CREATE FAILED"}};
    ASSERT_EQ(control("POST", "/_local/transition", failed.dump()).status, 200);
    EXPECT_FALSE(work_.step());
    EXPECT_THAT(objects("out/"), IsEmpty());
}

TEST_F(ExportJobs, LeaveNothingWhereARuleGivesTheOutcome) {
    import_bulk("ITEMS", item_header + "a,,\n");
    const Json rule = {{"match", {{"operation", "CreateDatasetExportJob"}}},
                       {"lifecycle", {{"outcome", "CREATE FAILED"}, {"failureReason", "by rule"}}}};
    ASSERT_EQ(control("POST", "/_local/rules", Json{{"rules", {rule}}}.dump()).status, 200);
    EXPECT_EQ(export_rows("all", "ITEMS", "ALL"), "CREATE FAILED: by rule");
    EXPECT_THAT(objects("out/"), IsEmpty());
}

TEST_F(ExportJobs, FailWhereTheBucketDoesNotExist) {
    world_.call("CreateDatasetExportJob", {{"jobName", "one"},
                                           {"datasetArn", dataset("ITEMS")},
                                           {"roleArn", "arn:aws:iam::000000000000:role/personalize"},
                                           {"jobOutput", {{"s3DataDestination", {{"path", "s3://no-such-bucket"}}}}}});
    run();
    EXPECT_THAT(outcome(export_job("one")), HasSubstr("s3://no-such-bucket/one/part-00000.csv: NoSuchBucket"));
}

// Fidelity: documented | Datasets of actions and of action interactions cannot be exported |
//   https://docs.aws.amazon.com/personalize/latest/dg/export-data.html
TEST_F(ExportJobs, AreRefusedForActions) {
    for (const char* type : {"ACTIONS", "ACTION_INTERACTIONS"}) {
        EXPECT_EQ(create_export("one", type, "ALL").error(), "InvalidInputException") << type;
    }
    EXPECT_EQ(create_export("one", "USERS", "ALL").status, 200);
}

/// Random interactions and users whose texts need quotes, some of them twice.
class RandomTables {
public:
    explicit RandomTables(unsigned seed) : random_(seed) {}

    std::string text() {
        static constexpr std::string_view parts[] = {"a", "b", ",", "\"", "\\", "\n", "\xC3\xBC", " ", "|", "7", "\r"};
        std::string text = "t";
        for (std::size_t i = below(5); i > 0; --i) text += parts[below(std::size(parts))];
        return text;
    }

    std::size_t below(std::size_t count) { return random_() % count; }

    std::string field() { return below(4) == 0 ? "" : quoted(text()); }

    static std::string quoted(const std::string& text) {
        std::string out = "\"";
        for (const char c : text) {
            if (c == '"' || c == '\\') out += c;
            out += c;
        }
        return out + '"';
    }

private:
    std::mt19937 random_;
};

TEST_F(ExportJobs, GiveBackWhatWasImported) {
    for (unsigned seed = 1; seed <= 5; ++seed) {
        SCOPED_TRACE(seed);
        RandomTables random(seed);
        std::string csv = interaction_header;
        for (int i = 0; i < 700; ++i) {
            csv += "u" + std::to_string(random.below(9)) + ',' + RandomTables::quoted(random.text()) + ',' +
                   std::to_string(random.below(50)) + ',' + RandomTables::quoted(random.text()) + ',' +
                   (random.below(2) == 0 ? "" : std::to_string(random.below(100)) + ".25") + ',' + random.field() +
                   ",,\n";
        }
        import_bulk("INTERACTIONS", csv);
        const std::string before = rows("INTERACTIONS");
        const std::string name = "round-" + std::to_string(seed);
        ASSERT_EQ(export_rows(name, "INTERACTIONS", "BULK"), "ACTIVE");
        import_bulk("INTERACTIONS", exported(name));
        const auto lines_of = [](const std::string& text) {
            std::set<std::string> lines;
            for (std::size_t begin = 0; begin < text.size();) {
                const std::size_t end = text.find('\n', begin);
                lines.insert(text.substr(begin, end - begin));
                begin = end + 1;
            }
            return lines;
        };
        EXPECT_EQ(lines_of(rows("INTERACTIONS")), lines_of(before));
        ASSERT_EQ(export_rows(name + "-again", "INTERACTIONS", "ALL"), "ACTIVE");
        EXPECT_EQ(exported(name + "-again"), exported(name));
    }
}

}  // namespace
}  // namespace plocal::jobs
