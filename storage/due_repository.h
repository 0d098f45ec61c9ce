// Resources that are due: what the service does by itself at a moment of its own is written into their column due_ms.
// For the one thread that owns the database. Every call may throw SqlError.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "server/base/instant.h"
#include "storage/record.h"

namespace plocal::storage {

namespace sqlite {
class Database;
}

class DueRepository {
public:
    /// The database must outlive the repository.
    explicit DueRepository(sqlite::Database& database) : database_(database) {}

    /// The moment when the first resource of each account is due. Never later than that moment, and now and then
    /// earlier.
    const std::map<std::string, base::Instant, std::less<>>& earliest();

    /// The resource of an account that is due first, if it is due by now. The same one until it is saved with another
    /// moment. Throws std::invalid_argument for a timeline that is damaged in the file.
    std::optional<Record> first(std::string_view account, base::Instant now);

    /// Must be called with each record that is inserted or saved: keeps `earliest` right.
    void note(const Record& record);

private:
    sqlite::Database& database_;
    std::optional<std::map<std::string, base::Instant, std::less<>>> earliest_;
};

}  // namespace plocal::storage
