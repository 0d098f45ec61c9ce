#include "storage/sqlite/error.h"

#include <sqlite3.h>

namespace plocal::storage::sqlite {

namespace {

// Migrations are scripts of many lines: their beginning identifies them.
constexpr std::size_t longest_shown_bytes = 200;

std::string one_line(std::string_view statement) {
    std::string line;
    for (const char c : statement) {
        const char shown = c == '\n' || c == '\t' ? ' ' : c;
        if (shown == ' ' && (line.empty() || line.back() == ' ')) continue;
        if (line.size() == longest_shown_bytes) return line + "...";
        line += shown;
    }
    return line;
}

std::string described(int code, std::string_view reason, std::string_view statement, std::string_view file) {
    return "SQLite: " + std::string(reason) + " (code " + std::to_string(code) + ") in '" + std::string(file) +
           "', statement: " + one_line(statement);
}

int primary(int code) {
    return code & 0xff;
}

}  // namespace

SqlError::SqlError(int code, std::string_view reason, std::string_view statement, std::string_view file)
    : std::runtime_error(described(code, reason, statement, file)), code_(code), statement_(statement), file_(file) {}

SqlError::SqlError(int code, const std::string& message, std::string_view file)
    : std::runtime_error(message), code_(code), file_(file) {}

bool SqlError::is_busy() const noexcept {
    return primary(code_) == SQLITE_BUSY || primary(code_) == SQLITE_LOCKED;
}

bool SqlError::is_full() const noexcept {
    return primary(code_) == SQLITE_FULL;
}

bool SqlError::is_read_only() const noexcept {
    return primary(code_) == SQLITE_READONLY;
}

bool SqlError::is_damaged() const noexcept {
    return primary(code_) == SQLITE_NOTADB || primary(code_) == SQLITE_CORRUPT;
}

OpenError::OpenError(int code, std::string_view file, std::string_view problem, std::string_view remedy)
    : SqlError(code, "'" + std::string(file) + "' " + std::string(problem) + ": " + std::string(remedy), file) {}

}  // namespace plocal::storage::sqlite
