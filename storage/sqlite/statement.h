// One use of a prepared statement: bind, step, read. It is borrowed from the database, which keeps it for the next
// use. On the database's thread; the database must outlive it. A new use is a new Statement.
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
    /// Throws SqlError where SQLite does not understand the text.
    Statement(Database& database, Sql sql);
    ~Statement();

    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    /// Binds the parameter at a place, counted from 1. A text is not copied: it must live and stay as it is for as
    /// long as the statement does. REQUIRES: no step was taken yet. Throws SqlError, also where there is no such place.
    void bind(int place, std::nullopt_t);
    void bind(int place, double value);
    void bind(int place, std::string_view value);
    void bind(int place, std::string&&) = delete;
    void bind(int place, const char* value) { bind(place, std::string_view(value)); }
    void bind(int place, std::integral auto value) { bind_integer(place, static_cast<std::int64_t>(value)); }
    template <typename Value>
    void bind(int place, const std::optional<Value>& value) {
        value ? bind(place, *value) : bind(place, std::nullopt);
    }
    template <typename Value>
    void bind(int place, std::optional<Value>&& value) = delete;

    /// Binds these values to the places 1, 2, 3, ...
    template <typename... Values>
    void bind_all(Values&&... values) {
        int place = 0;
        (bind(++place, std::forward<Values>(values)), ...);
    }

    /// Goes to the next row: false where there is none. Throws SqlError.
    bool step();

    /// Runs to the end, rows thrown away. Throws SqlError.
    void run();

    /// The current row's values, columns counted from 0; NULL reads as 0 or as an empty text. A text lives until
    /// the next step. REQUIRES: the last step said true, and there is such a column.
    bool is_null(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string_view text(int column) const;

private:
    void bind_integer(int place, std::int64_t value);
    void check(int code) const;

    Database& database_;
    Sql sql_;
    sqlite3_stmt* statement_;
};

}  // namespace plocal::storage::sqlite
