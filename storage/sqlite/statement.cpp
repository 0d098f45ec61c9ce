#include "storage/sqlite/statement.h"

#include <sqlite3.h>

namespace plocal::storage::sqlite {

Statement::Statement(Database& database, Sql sql) : database_(database), sql_(sql), statement_(database.acquire(sql)) {}

Statement::~Statement() {
    database_.release(sql_, statement_);
}

void Statement::bind(int index, std::nullopt_t) {
    check(sqlite3_bind_null(statement_, index));
}

void Statement::bind(int index, double value) {
    check(sqlite3_bind_double(statement_, index, value));
}

void Statement::bind(int index, std::string_view value) {
    // SQLite binds NULL for the null pointer of a default-constructed view.
    const char* data = value.data() == nullptr ? "" : value.data();
    check(sqlite3_bind_text64(statement_, index, data, value.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Statement::bind_integer(int index, std::int64_t value) {
    check(sqlite3_bind_int64(statement_, index, value));
}

bool Statement::step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) database_.fail(sql_.text());
    return false;
}

void Statement::run() {
    while (step()) {
    }
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

double Statement::real(int column) const {
    return sqlite3_column_double(statement_, column);
}

std::string_view Statement::text(int column) const {
    // Read the text before its size: reading it may convert the value and change the size.
    const unsigned char* data = sqlite3_column_text(statement_, column);
    if (data == nullptr) return {};
    const int size = sqlite3_column_bytes(statement_, column);
    return {static_cast<const char*>(static_cast<const void*>(data)), static_cast<std::size_t>(size)};
}

void Statement::check(int code) const {
    if (code != SQLITE_OK) database_.fail(sql_.text());
}

}  // namespace plocal::storage::sqlite
