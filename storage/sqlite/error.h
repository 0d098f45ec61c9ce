// What went wrong with the database, for a person to read and for code to tell apart. Plain values, any thread.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace plocal::storage::sqlite {

/// SQLite refused something. Thrown by every room that touches the database; what() names the reason, the code,
/// the file and the statement, never the values bound to it.
class SqlError : public std::runtime_error {
public:
    SqlError(int code, std::string_view reason, std::string_view statement, std::string_view file);

    int code() const noexcept { return code_; }  // SQLite's extended result code
    const std::string& statement() const noexcept { return statement_; }
    const std::string& file() const noexcept { return file_; }

    bool is_busy() const noexcept;       // another connection or statement is in the way
    bool is_full() const noexcept;       // there is no room left
    bool is_read_only() const noexcept;  // the file cannot be written
    bool is_damaged() const noexcept;    // not a database, or no longer a whole one

protected:
    SqlError(int code, const std::string& message, std::string_view file);

private:
    int code_;
    std::string statement_;
    std::string file_;
};

/// A file cannot serve as our database: what() is one line that says what, where and how to mend it. Thrown while
/// opening, before anything in the file has changed. Its code is 0 where SQLite has no objection but we do.
class OpenError : public SqlError {
public:
    /// The message is `'file' problem: remedy`.
    OpenError(int code, std::string_view file, std::string_view problem, std::string_view remedy);
};

}  // namespace plocal::storage::sqlite
