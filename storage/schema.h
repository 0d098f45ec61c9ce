// The tables, version by version: schema/0001.sql, 0002.sql and so on, compiled in. The version of a database is its
// PRAGMA user_version. A further version is a further file, and an old one is never edited. On the database's thread.
#pragma once

#include <string_view>
#include <vector>

namespace plocal::storage {

namespace sqlite {
class Database;
}

/// The scripts that are compiled in, in order: the first makes version 1 of an empty database, each next one the
/// next version. They live as long as the program.
std::vector<std::string_view> migrations();

/// Takes the steps that the database has not yet taken, each in a transaction of its own: one that fails leaves the
/// version before it. Throws SqlError, and OpenError where the database is of a version beyond the last step.
/// REQUIRES: no open transaction.
void migrate(sqlite::Database& database, const std::vector<std::string_view>& steps);

}  // namespace plocal::storage
