// One open connection to an SQLite database, its settings and its prepared statements. A file stays locked while it is
// open. Any thread may use it, one at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace plocal::storage::sqlite {

/// The text of a statement, a literal: prepared statements are cached by its address.
class Sql {
public:
    template <std::size_t size>
    consteval Sql(const char (&text)[size]) : text_(text, size - 1) {}

    constexpr std::string_view text() const { return text_; }

private:
    std::string_view text_;
};

/// The path of a database in memory.
inline constexpr std::string_view in_memory = ":memory:";

/// Lets SQLite do without locks, without statistics of its memory and without searches of its cache at commits, which
/// take a tenth of its time and more. To be called before the first database is opened, once, by a program that never
/// uses SQLite on two threads at once.
void use_on_one_thread_at_a_time();

class Database {
public:
    /// Opens the file of this path, which is created if it does not exist, or a database in memory for ":memory:".
    /// Throws OpenError, and leaves the file as it is, if the path is not a file, or if the file cannot be written, is
    /// not a database, belongs to another program or is open in another process.
    explicit Database(std::string path);
    ~Database();

    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    const std::string& path() const { return path_; }

    /// Runs a text of any number of statements, without caching them, and ignores their rows. Throws SqlError. The
    /// statements before the failed one keep their effect, unless a transaction is rolled back.
    void execute(const std::string& script);

    /// Replaces the content of a database in memory by the pages of another one. Throws SqlError. No transaction may be
    /// open.
    void copy(std::vector<unsigned char> pages);

    bool in_transaction() const;

    /// For TransactionGroup: whether one is open.
    bool has_group() const { return has_group_; }
    void set_group(bool is_open) { has_group_ = is_open; }

    /// The number of rows that the last INSERT, UPDATE or DELETE changed, without rows changed by triggers.
    std::int64_t changes() const;

    /// The id of the row that was inserted last.
    std::int64_t last_insert_id() const;

    /// For Statement: returns a prepared statement, ready to be bound, which must be passed to `release` before the
    /// database is destroyed. If it is in use already, prepares it once more. Throws SqlError.
    sqlite3_stmt* acquire(Sql sql);
    void release(Sql sql, sqlite3_stmt* statement) noexcept;

    /// SQLite's own connection, owned by this object.
    sqlite3* handle() const { return handle_.get(); }

    /// Throws the connection's last error as an SqlError of this statement.
    [[noreturn]] void fail(std::string_view statement) const;

    /// Rolls back an open transaction. Does nothing without one.
    void roll_back() noexcept;

    /// How often a transaction was rolled back: what was read before the last time may not be stored.
    std::int64_t roll_backs() const { return roll_backs_; }

    /// How often an SqlError was thrown: what was noted to be done may not have been done.
    std::int64_t failures() const { return failures_; }

private:
    struct Close {
        void operator()(sqlite3* handle) const noexcept;
    };
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const noexcept;
    };

    void open();
    void lock();
    void check_owner();
    std::int64_t pragma(const char* text);

    std::string path_;
    bool has_group_ = false;
    std::int64_t roll_backs_ = 0;
    mutable std::int64_t failures_ = 0;
    std::unique_ptr<sqlite3, Close> handle_;
    std::unordered_map<const char*, std::vector<std::unique_ptr<sqlite3_stmt, Finalize>>> idle_;  // none while in use
};

}  // namespace plocal::storage::sqlite
