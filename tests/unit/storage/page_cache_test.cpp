#include "storage/sqlite/page_cache.h"

#include <map>
#include <random>
#include <string>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "storage/sqlite/database.h"
#include "storage/sqlite/statement.h"
#include "storage/sqlite/transaction.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::storage::sqlite {
namespace {

sqlite3_pcache_methods2 real{};
int searches = 0;

/// SQLite with a cache that counts the searches, behind the one under test.
class PageCache : public testing::Test {
protected:
    PageCache() {
        sqlite3_shutdown();
        sqlite3_config(SQLITE_CONFIG_GETPCACHE2, &real);
        sqlite3_pcache_methods2 counting = real;
        counting.xTruncate = [](sqlite3_pcache* cache, unsigned limit) {
            ++searches;
            real.xTruncate(cache, limit);
        };
        sqlite3_config(SQLITE_CONFIG_PCACHE2, &counting);
        skip_needless_searches();
        searches = 0;
    }

    ~PageCache() override {
        sqlite3_shutdown();
        sqlite3_config(SQLITE_CONFIG_PCACHE2, &real);
    }

    PageCache(const PageCache&) = delete;
    PageCache& operator=(const PageCache&) = delete;

    std::string draw_key() { return std::to_string(random_()) + std::string(200, 'k'); }

    /// Puts and removes keys at random, in transactions of which some are rolled back.
    void change_at_random(Database& database, int rounds) {
        for (int round = 0; round < rounds; ++round) {
            std::map<std::string, std::string> changed = rows_;
            Transaction transaction(database);
            for (int i = 0; i < 60; ++i) put(database, draw_key(), changed);
            if (round % 4 == 3) remove_half(database, changed);
            if (random_() % 3 == 0) continue;  // rolled back
            transaction.commit();
            rows_ = std::move(changed);
        }
    }

    void put(Database& database, const std::string& key, std::map<std::string, std::string>& changed) {
        const std::string value = std::to_string(random_());
        Statement statement(database, "INSERT INTO pair (key, value) VALUES (?, ?)");
        statement.bind_all(key, value);
        statement.run();
        changed.emplace(key, value);
    }

    void remove_half(Database& database, std::map<std::string, std::string>& changed) {
        for (auto row = changed.begin(); row != changed.end();) {
            Statement statement(database, "DELETE FROM pair WHERE key = ?");
            statement.bind_all(row->first);
            statement.run();
            row = changed.erase(row);
            if (row != changed.end()) ++row;
        }
    }

    void expect_all_rows(Database& database) {
        std::map<std::string, std::string> found;
        Statement rows(database, "SELECT key, value FROM pair");
        while (rows.step()) found.emplace(rows.text(0), rows.text(1));
        EXPECT_EQ(found, rows_);
        Statement check(database, "PRAGMA integrity_check");
        ASSERT_TRUE(check.step());
        EXPECT_EQ(check.text(0), "ok");
    }

    static constexpr const char* tables =
        "CREATE TABLE pair (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID;"
        "CREATE INDEX pair_by_value ON pair (value);";

    std::mt19937_64 random_{7};
    std::map<std::string, std::string> rows_;
};

TEST_F(PageCache, IsNotSearchedWhereNoPageCanBeFound) {
    Database database(":memory:");
    database.execute(tables);
    for (int round = 0; round < 200; ++round) {
        Transaction transaction(database);
        for (int i = 0; i < 20; ++i) put(database, draw_key(), rows_);
        transaction.commit();
    }
    EXPECT_EQ(searches, 0);
    expect_all_rows(database);
}

TEST_F(PageCache, ForgetsThePagesThatADatabaseLoses) {
    const TemporaryFolder folder;
    for (const std::string& path : {std::string(":memory:"), folder.file("shrinking.db")}) {
        rows_.clear();
        searches = 0;
        Database database(path);
        database.execute("PRAGMA auto_vacuum = FULL; PRAGMA cache_size = 50; VACUUM");
        database.execute(tables);
        change_at_random(database, 60);
        EXPECT_GT(searches, 0) << path;
        expect_all_rows(database);
    }
}

}  // namespace
}  // namespace plocal::storage::sqlite
