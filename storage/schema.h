// The tables and their versions: schema/0001.sql, 0002.sql and so on, compiled in. The version of a database is its
// PRAGMA user_version. A new version is a new file; a released file is never edited. On the database's thread.
#pragma once

#include <string_view>
#include <vector>

namespace plocal::storage {

namespace sqlite {
class Database;
}

/// The compiled-in scripts, in order. The first makes version 1 of an empty database, each further one the next
/// version. They live as long as the program.
std::vector<std::string_view> migrations();

/// Gives a new database in memory the tables of all compiled-in scripts at once. Running the scripts takes ten times as
/// long. Throws SqlError.
void create_tables(sqlite::Database& database);

/// Runs the scripts that the database has not seen yet, each in a transaction of its own: where one fails, the database
/// stays at the version before it. Throws SqlError, and OpenError where the database is newer than the last script.
/// No transaction may be open.
void migrate(sqlite::Database& database, const std::vector<std::string_view>& steps);

}  // namespace plocal::storage
