// What a file holds after each of its changes has failed in turn.
#include <cctype>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "storage/sqlite/error.h"
#include "storage/sqlite/statement.h"
#include "storage/store.h"
#include "tests/support/failing_disk.h"
#include "tests/support/source_folder.h"
#include "tests/unit/storage/records.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::storage {
namespace {

using sqlite::Database;
using sqlite::SqlError;
using sqlite::Statement;
using support::FailingDisk;
using testing::HasSubstr;

class DiskFaults : public testing::TestWithParam<FailingDisk::Fault> {
protected:
    std::string path() const { return folder_.file("x.db"); }

    TemporaryFolder folder_;
    FailingDisk disk_;
};

constexpr int rows_in_each = 3;

/// Returns false if it was rolled back.
bool add_rows(Database& database, int number) {
    try {
        sqlite::Transaction transaction(database);
        for (int i = 0; i < rows_in_each; ++i) {
            Statement insert(database, "INSERT INTO t (number, text) VALUES (?, ?)");
            const std::string text(1500, static_cast<char>('a' + number));
            insert.bind_all(number, text);
            insert.run();
        }
        transaction.commit();
        return true;
    } catch (const SqlError&) {
        return false;
    }
}

/// The numbers of the transactions that are there, each of which must be whole.
std::vector<int> whole_transactions(Database& database) {
    Statement rows(database, "SELECT number, count(*), min(length(text)) FROM t GROUP BY number ORDER BY number");
    std::vector<int> numbers;
    while (rows.step()) {
        numbers.push_back(static_cast<int>(rows.integer(0)));
        EXPECT_EQ(rows.integer(1), rows_in_each) << "of transaction " << rows.integer(0);
        EXPECT_EQ(rows.integer(2), 1500);
    }
    return numbers;
}

/// A file that moves its log into itself every few pages, so that this fails too.
void open_for_faults(std::optional<Database>& database, const std::string& path) {
    std::filesystem::remove(path);
    std::filesystem::remove(path + "-wal");
    database.emplace(path);
    database->execute("CREATE TABLE t (number INTEGER NOT NULL, text TEXT NOT NULL) STRICT");
    database->execute("PRAGMA wal_autocheckpoint = 3");
}

TEST_P(DiskFaults, LeaveWholeTransactionsAndThoseThatWereAcknowledged) {
    constexpr int transactions = 6;
    bool has_failed = true;
    int n = 1;
    for (; has_failed; ++n) {
        SCOPED_TRACE("access " + std::to_string(n));
        std::vector<int> acknowledged;
        {
            std::optional<Database> database;
            open_for_faults(database, path());
            disk_.fail_at(n, GetParam());
            for (int i = 0; i < transactions; ++i) {
                if (add_rows(*database, i)) acknowledged.push_back(i);
            }
            has_failed = disk_.mend();
            ASSERT_EQ(whole_transactions(*database), acknowledged);
            ASSERT_TRUE(add_rows(*database, transactions)) << "the disk is mended";
            acknowledged.push_back(transactions);
        }
        Database again(path());
        ASSERT_EQ(whole_transactions(again), acknowledged);
    }
    EXPECT_GT(n, 30);
}

TEST_P(DiskFaults, WhileAFileIsClosedLoseNothing) {
    bool has_failed = true;
    int n = 1;
    for (; has_failed; ++n) {
        SCOPED_TRACE("access " + std::to_string(n));
        std::optional<Database> database;
        open_for_faults(database, path());
        for (int i = 0; i < 3; ++i) ASSERT_TRUE(add_rows(*database, i));
        disk_.fail_at(n, GetParam());
        database.reset();
        has_failed = disk_.mend();
        Database again(path());
        ASSERT_EQ(whole_transactions(again), (std::vector<int>{0, 1, 2}));
    }
    EXPECT_GT(n, 2) << "closing does not wait for the disk, but it removes the log";
}

TEST_P(DiskFaults, EndAMigrationBetweenTwoVersionsAndTheNextOneGoesOn) {
    std::ifstream golden(std::string(test::source_folder) + "/tests/golden/schema/v1.sql");
    const std::string old = folder_.file("old.db");
    Database(old).execute({std::istreambuf_iterator<char>(golden), {}});
    bool has_failed = true;
    int n = 1;
    for (; has_failed; ++n) {
        SCOPED_TRACE("access " + std::to_string(n));
        std::filesystem::remove(path() + "-wal");
        std::filesystem::copy_file(old, path(), std::filesystem::copy_options::overwrite_existing);
        disk_.fail_at(n, GetParam());
        bool is_open = false;
        try {
            const Store store(path());
            is_open = true;
        } catch (const SqlError& error) {
            EXPECT_THAT(error.what(), HasSubstr("'" + path() + "'"));
        }
        has_failed = disk_.mend();
        ASSERT_TRUE(is_open || has_failed);
        Store store(path());
        const auto kept = store.resources().find(job("nightly").arn);
        ASSERT_TRUE(kept);
        EXPECT_EQ(kept->timeline.failure_reason, "one\ntwo");
        EXPECT_EQ(store.counts().by_kind().at("batchInferenceJob"), 1);
        EXPECT_EQ(store.tags().list(kept->arn).size(), 1U);
    }
    EXPECT_GT(n, 50);
}

TEST_P(DiskFaults, OfANewFileLeaveNothingThatIsInTheWay) {
    bool has_failed = true;
    int n = 1;
    for (; has_failed; ++n) {
        SCOPED_TRACE("access " + std::to_string(n));
        std::filesystem::remove(path());
        std::filesystem::remove(path() + "-wal");
        std::filesystem::remove(path() + "-journal");
        disk_.fail_at(n, GetParam());
        try {
            const Store store(path());
        } catch (const SqlError& error) {
            EXPECT_THAT(error.what(), HasSubstr("'" + path() + "'"));
        }
        has_failed = disk_.mend();
        Store store(path());
        EXPECT_TRUE(store.counts().by_kind().empty());
    }
    EXPECT_GT(n, 50);
}

std::string name_of_fault(const testing::TestParamInfo<FailingDisk::Fault>& fault) {
    std::string name;
    for (const char* each = fault.param.name; *each != '\0'; ++each) {
        if (std::isalnum(static_cast<unsigned char>(*each)) != 0) name += *each;
    }
    return name;
}

INSTANTIATE_TEST_SUITE_P(Of, DiskFaults, testing::ValuesIn(FailingDisk::faults), name_of_fault);

}  // namespace
}  // namespace plocal::storage
