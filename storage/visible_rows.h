// How many rows datasets show. On the thread that owns the database. Every call may throw SqlError.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace plocal::storage {

namespace sqlite {
class Database;
}

class VisibleRows {
public:
    /// The database must outlive it.
    explicit VisibleRows(sqlite::Database& database) : database_(database) {}

    /// Returns the number of visible rows by kind of dataset, of an account or, for "", of all. The cost does not grow
    /// with the number of rows.
    std::map<std::string, std::int64_t> counts(std::string_view account = "");

private:
    sqlite::Database& database_;
};

}  // namespace plocal::storage
