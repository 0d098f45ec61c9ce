#include "storage/sqlite/database.h"

#include <fstream>
#include <optional>

#include <gmock/gmock.h>
#include <unistd.h>

#include "storage/sqlite/error.h"
#include "storage/sqlite/statement.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::storage::sqlite {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// The message if this path cannot be opened; "opened" if it can.
std::string refusal(const std::string& path) {
    try {
        Database database(path);
    } catch (const OpenError& error) {
        return error.what();
    }
    return "opened";
}

void write(const std::string& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string pragma(Database& database, Sql sql) {
    Statement statement(database, sql);
    statement.step();
    return std::string(statement.text(0));
}

/// Runs a test as another user while it exists if the test runs as root, since root may write everywhere.
class NotRoot {
public:
    NotRoot() : user_(geteuid()) {
        if (user_ == 0 && seteuid(65534) != 0) throw std::runtime_error("cannot step down from root");
    }
    ~NotRoot() {
        if (seteuid(user_) != 0) std::abort();
    }
    NotRoot(const NotRoot&) = delete;
    NotRoot& operator=(const NotRoot&) = delete;

private:
    uid_t user_;
};

TEST(Database, AppliesItsSettingsToAFile) {
    const TemporaryFolder folder;
    Database database(folder.file("x.db"));
    EXPECT_EQ(pragma(database, "PRAGMA journal_mode"), "wal");
    EXPECT_EQ(pragma(database, "PRAGMA synchronous"), "0") << "no request waits for the disk";
    EXPECT_EQ(pragma(database, "PRAGMA locking_mode"), "exclusive");
    EXPECT_FALSE(std::filesystem::exists(folder.file("x.db-shm")));
}

TEST(Database, RefusesAFileThatIsOpen) {
    const TemporaryFolder folder;
    const std::string path = folder.file("x.db");
    {
        const Database first(path);
        EXPECT_EQ(refusal(path), "'" + path + "' is open in another process: stop that one or name another file");
    }
    EXPECT_EQ(refusal(path), "opened");
}

TEST(Database, RefusesAFolder) {
    const TemporaryFolder folder;
    EXPECT_EQ(refusal(folder.path()), "'" + folder.path() + "' is a folder: name a file in it");
}

TEST(Database, RefusesAFileInAMissingFolder) {
    const TemporaryFolder folder;
    EXPECT_THAT(refusal(folder.file("none/x.db")),
                AllOf(HasSubstr("does not exist"), HasSubstr("create '" + folder.file("none") + "'")));
}

TEST(Database, RefusesAnEmptyPath) {
    EXPECT_EQ(refusal(""), "'' is no path: name a file or say :memory:");
}

TEST(Database, RefusesAFileThatCannotBeWritten) {
    const TemporaryFolder folder;
    const std::string path = folder.file("x.db");
    { const Database made(path); }
    std::filesystem::permissions(path, std::filesystem::perms(0444));
    std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
    const NotRoot user;
    EXPECT_THAT(refusal(path), AllOf(HasSubstr("cannot be written"), HasSubstr("let this user write to it")));
}

TEST(Database, RefusesAFolderThatCannotBeWritten) {
    const TemporaryFolder folder;
    std::filesystem::permissions(folder.path(), std::filesystem::perms(0555));
    {
        const NotRoot user;
        EXPECT_THAT(refusal(folder.file("x.db")), HasSubstr("cannot be created or opened"));
    }
    std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
}

TEST(Database, RefusesAFileWhoseFolderCannotBeWritten) {
    const TemporaryFolder folder;
    const std::string path = folder.file("x.db");
    { const Database made(path); }
    std::filesystem::permissions(path, std::filesystem::perms(0666));
    std::filesystem::permissions(folder.path(), std::filesystem::perms(0555));
    {
        const NotRoot user;
        EXPECT_THAT(refusal(path), HasSubstr("let this user write to it and to its folder"));
    }
    std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
}

TEST(Database, LeavesAFileThatIsNotADatabaseUnchanged) {
    const TemporaryFolder folder;
    const std::string path = folder.file("letter.txt");
    const std::string letter(5000, 'x');
    write(path, letter);
    EXPECT_EQ(refusal(path), "'" + path + "' is not an SQLite database: name another file or move this one away");
    EXPECT_EQ(read(path), letter);
}

TEST(Database, LeavesTheDatabaseOfAnotherProgramUnchanged) {
    const TemporaryFolder folder;
    const std::string path = folder.file("x.db");
    { Database(path).execute("PRAGMA journal_mode = DELETE; PRAGMA application_id = 7; CREATE TABLE t (c INTEGER)"); }
    const std::string bytes = read(path);
    EXPECT_EQ(refusal(path), "'" + path + "' is another program's SQLite database: name another file");
    EXPECT_EQ(read(path), bytes);
}

TEST(Database, TreatsAnEmptyFileAsNew) {
    const TemporaryFolder folder;
    write(folder.file("x.db"), "");
    EXPECT_EQ(refusal(folder.file("x.db")), "opened");
}

TEST(Database, ReportsReasonCodeFileAndStatementOfAnError) {
    Database database(":memory:");
    database.execute("CREATE TABLE t (c TEXT NOT NULL) STRICT");
    const std::string secret = "a bound value";
    Statement statement(database, "INSERT INTO t\n    (c) VALUES (nullif(?, 'a bound value'))");
    statement.bind_all(secret);
    try {
        statement.run();
        FAIL() << "NULL was stored";
    } catch (const SqlError& error) {
        EXPECT_STREQ(error.what(),
                     "SQLite: NOT NULL constraint failed: t.c (code 1299) in ':memory:', statement: INSERT INTO t (c) "
                     "VALUES (nullif(?, 'a bound value'))");
        EXPECT_EQ(error.code(), 1299);
        EXPECT_EQ(error.file(), ":memory:");
        EXPECT_THAT(error.statement(), HasSubstr("INSERT INTO t\n"));
    }
}

struct KindOfError {
    int code;
    bool is_busy, is_full, is_read_only, is_damaged;
};

TEST(SqlError, IsClassifiedByItsCode) {
    const KindOfError cases[] = {
        {5, true, false, false, false},    // SQLITE_BUSY
        {261, true, false, false, false},  // SQLITE_BUSY_RECOVERY
        {6, true, false, false, false},    // SQLITE_LOCKED
        {13, false, true, false, false},   // SQLITE_FULL
        {8, false, false, true, false},    // SQLITE_READONLY
        {26, false, false, false, true},   // SQLITE_NOTADB
        {11, false, false, false, true},   // SQLITE_CORRUPT
        {267, false, false, false, true},  // SQLITE_CORRUPT_VTAB
        {1, false, false, false, false},   // SQLITE_ERROR
    };
    for (const auto& row : cases) {
        const SqlError error(row.code, "reason", "statement", "file");
        EXPECT_EQ(error.is_busy(), row.is_busy) << row.code;
        EXPECT_EQ(error.is_full(), row.is_full) << row.code;
        EXPECT_EQ(error.is_read_only(), row.is_read_only) << row.code;
        EXPECT_EQ(error.is_damaged(), row.is_damaged) << row.code;
    }
}

}  // namespace
}  // namespace plocal::storage::sqlite
