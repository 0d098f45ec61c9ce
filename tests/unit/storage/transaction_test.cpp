#include "storage/sqlite/transaction.h"

#include <csignal>
#include <stdexcept>

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "storage/sqlite/error.h"
#include "storage/sqlite/statement.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::storage::sqlite {
namespace {

void make_table(Database& database) {
    database.execute("CREATE TABLE t (c TEXT NOT NULL) STRICT");
}

void insert(Database& database, std::string_view text) {
    Statement statement(database, "INSERT INTO t (c) VALUES (?)");
    statement.bind(1, text);
    statement.run();
}

std::int64_t rows(Database& database) {
    Statement count(database, "SELECT count(*) FROM t");
    count.step();
    return count.integer(0);
}

TEST(Transaction, KeepsCommittedChanges) {
    Database database(":memory:");
    make_table(database);
    {
        Transaction transaction(database);
        insert(database, "x");
        transaction.commit();
    }
    EXPECT_EQ(rows(database), 1);
}

TEST(Transaction, RollsBackUncommittedChanges) {
    Database database(":memory:");
    make_table(database);
    {
        const Transaction transaction(database);
        insert(database, "x");
    }
    EXPECT_EQ(rows(database), 0);
    EXPECT_FALSE(database.in_transaction());
}

TEST(Transaction, PassesOnTheErrorThatEndsIt) {
    Database database(":memory:");
    make_table(database);
    const auto fail = [&] {
        const Transaction transaction(database);
        insert(database, "x");
        throw std::out_of_range("mine");
    };
    EXPECT_THROW(fail(), std::out_of_range);
    EXPECT_EQ(rows(database), 0);
}

TEST(Transaction, DoesNotNest) {
    Database database(":memory:");
    make_table(database);
    Transaction outer(database);
    insert(database, "x");
    EXPECT_THROW(Transaction inner(database), std::logic_error);
    outer.commit();
    EXPECT_EQ(rows(database), 1);
}

/// Inserts a row in a transaction of its own.
void insert_alone(Database& database, const char* text) {
    Transaction transaction(database);
    insert(database, text);
    transaction.commit();
}

TEST(TransactionGroup, CommitsAllOfItsTransactionsAtItsEnd) {
    Database database(":memory:");
    make_table(database);
    {
        TransactionGroup group(database);
        insert_alone(database, "x");
        insert_alone(database, "y");
        EXPECT_TRUE(database.in_transaction());
        group.commit();
    }
    EXPECT_FALSE(database.in_transaction());
    EXPECT_EQ(rows(database), 2);
}

TEST(TransactionGroup, RollsBackWhatItHasNotCommitted) {
    Database database(":memory:");
    make_table(database);
    {
        const TransactionGroup group(database);
        insert_alone(database, "x");
    }
    EXPECT_EQ(rows(database), 0);
    insert_alone(database, "y");
    EXPECT_EQ(rows(database), 1);
}

TEST(TransactionGroup, IsRolledBackAsAWholeWithOneOfItsTransactions) {
    Database database(":memory:");
    make_table(database);
    {
        TransactionGroup group(database);
        insert_alone(database, "x");
        {
            const Transaction transaction(database);
            insert(database, "y");
        }
        EXPECT_THROW(insert_alone(database, "z"), std::logic_error);
        EXPECT_THROW(group.commit(), SqlError);
    }
    EXPECT_EQ(rows(database), 0);
}

TEST(TransactionGroup, DoesNotNest) {
    Database database(":memory:");
    const TransactionGroup group(database);
    EXPECT_THROW(TransactionGroup inner(database), std::logic_error);
}

TEST(Transaction, IsRolledBackIfItCannotBeCommitted) {
    Database database(":memory:");
    database.execute("PRAGMA foreign_keys = ON");
    database.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY NOT NULL) STRICT");
    database.execute("CREATE TABLE t (c INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED) STRICT");
    {
        Transaction transaction(database);
        Statement(database, "INSERT INTO t (c) VALUES (1)").run();
        EXPECT_THROW(transaction.commit(), SqlError);
    }
    EXPECT_EQ(rows(database), 0);
    Transaction next(database);
    next.commit();
}

TEST(Transaction, IsRolledBackIfTheDiskIsFull) {
    Database database(":memory:");
    make_table(database);
    insert(database, "before");
    database.execute("PRAGMA max_page_count = 20");
    try {
        Transaction transaction(database);
        for (int i = 0; i < 1000; ++i) insert(database, std::string(1000, 'x'));
        FAIL() << "there was room";
    } catch (const SqlError& error) {
        EXPECT_TRUE(error.is_full()) << error.what();
    }
    EXPECT_EQ(rows(database), 1);
    Transaction next(database);
    insert(database, "after");
    next.commit();
    EXPECT_EQ(rows(database), 2);
}

TEST(Transaction, ReportsAReadOnlyDatabase) {
    Database database(":memory:");
    make_table(database);
    database.execute("PRAGMA query_only = ON");
    try {
        Transaction transaction(database);
        insert(database, "x");
        FAIL() << "it was written";
    } catch (const SqlError& error) {
        EXPECT_TRUE(error.is_read_only()) << error.what();
    }
    EXPECT_EQ(rows(database), 0);
}

/// While it exists, no file of this process can grow beyond a size: writing fails as on a full or broken disk.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes) {
        handler_ = std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

private:
    void (*handler_)(int);
    rlimit before_{};
};

TEST(Transaction, IsRolledBackIfTheFileCannotGrow) {
    const TemporaryFolder folder;
    {
        Database database(folder.file("x.db"));
        make_table(database);
        insert(database, "before");
        const FileSizeLimit limit(64 * 1024);
        const auto fill = [&] {
            Transaction transaction(database);
            for (int i = 0; i < 1000; ++i) insert(database, std::string(1000, 'x'));
            transaction.commit();
        };
        EXPECT_THROW(fill(), SqlError);
        EXPECT_EQ(rows(database), 1);
        insert(database, "after");
    }
    Database again(folder.file("x.db"));
    EXPECT_EQ(rows(again), 2);
}

}  // namespace
}  // namespace plocal::storage::sqlite
