// The exceptions of the database: a message for people and a code for the program. Plain values, any thread.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace plocal::storage::sqlite {

/// SQLite reported an error. what() names the reason, the code, the file and the statement, never the values bound to
/// it.
class SqlError : public std::runtime_error {
public:
    SqlError(int code, std::string_view reason, std::string_view statement, std::string_view file);

    int code() const noexcept { return code_; }  // SQLite's extended result code
    const std::string& statement() const noexcept { return statement_; }
    const std::string& file() const noexcept { return file_; }

    bool is_busy() const noexcept;       // another connection or statement holds the lock
    bool is_full() const noexcept;       // the disk is full
    bool is_read_only() const noexcept;  // the file cannot be written
    bool is_damaged() const noexcept;    // not a database, or a damaged one

protected:
    SqlError(int code, const std::string& message, std::string_view file);

private:
    int code_;
    std::string statement_;
    std::string file_;
};

/// A file cannot be used as our database. what() is one line that says what is wrong, where, and how to mend it. Thrown
/// while opening, before anything in the file has changed. The code is 0 if the refusal is ours and not SQLite's.
class OpenError : public SqlError {
public:
    /// The message is `'file' problem: remedy`.
    OpenError(int code, std::string_view file, std::string_view problem, std::string_view remedy);
};

}  // namespace plocal::storage::sqlite
