// One use of a prepared statement: bind, step, read. The database caches the prepared statement for the next use, which
// is a new Statement. On the database's thread; the database must outlive it.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "storage/sqlite/database.h"

namespace plocal::storage::sqlite {

class Statement {
public:
    /// Throws SqlError if SQLite cannot prepare the text.
    Statement(Database& database, Sql sql);
    ~Statement();

    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    /// Binds the parameter with this index, counted from 1. A text is not copied: it must live, unchanged, as long as
    /// the statement. Must not be called after `step`. Throws SqlError, also if there is no such parameter.
    void bind(int index, std::nullopt_t);
    void bind(int index, double value);
    void bind(int index, std::string_view value);
    void bind(int index, std::string&&) = delete;
    void bind(int index, const char* value) { bind(index, std::string_view(value)); }
    void bind(int index, std::integral auto value) { bind_integer(index, static_cast<std::int64_t>(value)); }
    template <typename Value>
    void bind(int index, const std::optional<Value>& value) {
        value ? bind(index, *value) : bind(index, std::nullopt);
    }
    template <typename Value>
    void bind(int index, std::optional<Value>&& value) = delete;

    /// Binds these values to the parameters 1, 2, 3, ...
    template <typename... Values>
    void bind_all(Values&&... values) {
        int index = 0;
        (bind(++index, std::forward<Values>(values)), ...);
    }

    /// Moves to the next row. Returns false if there is none. Throws SqlError.
    bool step();

    /// Runs to the end and ignores the rows. Throws SqlError.
    void run();

    /// Return the current row's values. Columns are counted from 0. NULL reads as 0 or as "". A text lives until the
    /// next step. The last `step` must have returned true, and the column must exist.
    bool is_null(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string_view text(int column) const;

private:
    void bind_integer(int index, std::int64_t value);
    void check(int code) const;

    Database& database_;
    Sql sql_;
    sqlite3_stmt* statement_;
};

}  // namespace plocal::storage::sqlite
