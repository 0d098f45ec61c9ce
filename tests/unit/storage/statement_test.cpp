#include "storage/sqlite/statement.h"

#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "storage/sqlite/error.h"

namespace plocal::storage::sqlite {
namespace {

TEST(Statement, ReturnsTheBoundValues) {
    Database database(":memory:");
    const std::string text("a\0b \xc3\xa4\n", 7);
    Statement row(database, "SELECT ?, ?, ?, ?, ?");
    row.bind_all(std::numeric_limits<std::int64_t>::min(), 0.1, text, std::nullopt, true);
    ASSERT_TRUE(row.step());
    EXPECT_EQ(row.integer(0), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(row.real(1), 0.1);
    EXPECT_EQ(row.text(2), text);
    EXPECT_TRUE(row.is_null(3));
    EXPECT_EQ(row.integer(4), 1);
    EXPECT_FALSE(row.step());
}

TEST(Statement, BindsOptionalAndNullValues) {
    Database database(":memory:");
    const std::optional<std::string> some = "x";
    const std::optional<std::int64_t> none;
    Statement row(database, "SELECT ?, ?");
    row.bind_all(some, none);
    ASSERT_TRUE(row.step());
    EXPECT_EQ(row.text(0), "x");
    EXPECT_TRUE(row.is_null(1));
}

TEST(Statement, BindsAnEmptyViewAsAnEmptyText) {
    Database database(":memory:");
    Statement row(database, "SELECT ?");
    row.bind(1, std::string_view());
    ASSERT_TRUE(row.step());
    EXPECT_FALSE(row.is_null(0));
    EXPECT_EQ(row.text(0), "");
}

TEST(Statement, RefusesAnIndexOutOfRange) {
    Database database(":memory:");
    Statement row(database, "SELECT ?");
    EXPECT_THROW(row.bind(2, 1), SqlError);
}

TEST(Statement, RefusesInvalidSql) {
    Database database(":memory:");
    EXPECT_THROW(Statement(database, "SELEKT 1"), SqlError);
    EXPECT_THROW(Statement(database, "SELEKT 1"), SqlError);
}

sqlite3_stmt* used_once(Database& database, int value, Sql sql) {
    sqlite3_stmt* prepared = database.acquire(sql);
    database.release(sql, prepared);
    Statement row(database, sql);
    row.bind(1, value);
    EXPECT_TRUE(row.step());
    EXPECT_EQ(row.integer(0), value);
    return prepared;
}

TEST(Statement, IsPreparedOnlyOnce) {
    Database database(":memory:");
    constexpr Sql sql("SELECT ?");
    EXPECT_EQ(used_once(database, 1, sql), used_once(database, 2, sql));
}

TEST(Statement, ForgetsTheValuesOfTheUseBefore) {
    Database database(":memory:");
    constexpr Sql sql("SELECT ?");
    used_once(database, 1, sql);
    Statement row(database, sql);
    ASSERT_TRUE(row.step());
    EXPECT_TRUE(row.is_null(0));
}

TEST(Statement, CanBeUsedWhileItIsInUse) {
    Database database(":memory:");
    constexpr Sql sql("SELECT 1 UNION ALL SELECT 2 ORDER BY 1");
    std::vector<std::int64_t> seen;
    Statement outer(database, sql);
    while (outer.step()) {
        Statement inner(database, sql);
        while (inner.step()) seen.push_back(10 * outer.integer(0) + inner.integer(0));
    }
    EXPECT_EQ(seen, (std::vector<std::int64_t>{11, 12, 21, 22}));
}

TEST(Statement, IsUsableAgainAfterAnError) {
    Database database(":memory:");
    database.execute("CREATE TABLE t (c INTEGER PRIMARY KEY NOT NULL) STRICT");
    constexpr Sql sql("INSERT INTO t (c) VALUES (?)");
    const auto insert = [&](int value) {
        Statement statement(database, sql);
        statement.bind(1, value);
        statement.run();
    };
    insert(1);
    EXPECT_THROW(insert(1), SqlError);
    insert(2);
    EXPECT_EQ(database.changes(), 1);
    EXPECT_EQ(database.last_insert_id(), 2);
}

}  // namespace
}  // namespace plocal::storage::sqlite
