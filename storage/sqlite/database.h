// One open connection to an SQLite database, the settings it runs under and the statements prepared on it. A file
// is locked for as long as it is open. Any thread may use it, but only one at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace plocal::storage::sqlite {

/// The text of a statement, fixed when the program is built: prepared statements are kept by its address.
class Sql {
public:
    template <std::size_t size>
    consteval Sql(const char (&text)[size]) : text_(text, size - 1) {}

    constexpr std::string_view text() const { return text_; }

private:
    std::string_view text_;
};

class Database {
public:
    /// Opens the file of this path, created where there is none, or a database in memory for ":memory:". Throws
    /// OpenError where the path is no file, the file cannot be written, is no database or another program's, or
    /// is open in another process; such a file is left as it is.
    explicit Database(std::string path);
    ~Database();

    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    const std::string& path() const { return path_; }

    /// Runs a text of any number of statements, rows thrown away. For what runs seldom. Throws SqlError; what the
    /// statements before the failed one did stays, unless a transaction is rolled back.
    void execute(const std::string& script);

    bool in_transaction() const;

    /// How many rows the last INSERT, UPDATE or DELETE touched, those touched by triggers not counted.
    std::int64_t changes() const;

    /// The id of the row inserted last.
    std::int64_t last_insert_id() const;

    /// For Statement: a prepared statement, ready to be bound, that must come back through `take_back` before the
    /// database goes. Lent out already, it is prepared once more. Throws SqlError.
    sqlite3_stmt* lend(Sql sql);
    void take_back(Sql sql, sqlite3_stmt* statement) noexcept;

    /// SQLite's own connection, owned by this object.
    sqlite3* handle() const { return handle_.get(); }

    /// Throws the connection's last error as an SqlError of this statement.
    [[noreturn]] void fail(std::string_view statement) const;

    /// Rolls back an open transaction; without one, does nothing.
    void roll_back() noexcept;

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
    std::unique_ptr<sqlite3, Close> handle_;
    std::unordered_map<const char*, std::unique_ptr<sqlite3_stmt, Finalize>> idle_;  // null while lent out
};

}  // namespace plocal::storage::sqlite
