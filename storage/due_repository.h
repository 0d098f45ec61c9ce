// Finds resources that are due: those whose column due_ms holds the time at which the service acts on them by itself.
// On the thread that owns the database. Every call may throw SqlError.
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

    /// For each account with due resources: a time not later than the first of them is due, and usually equal to it.
    /// Lives until the next call of any function. Only the first call reads the database.
    const std::map<std::string, base::Instant, std::less<>>& earliest();

    /// Returns the account's resource that is due first, or nothing if none is due by `now`. Returns the same one until
    /// it is removed or saved with another due time. The cost does not grow with the number of resources. Throws
    /// std::invalid_argument if its timeline is damaged in the file.
    std::optional<Record> first(std::string_view account, base::Instant now);

    /// Makes `earliest` exact for an account. Call it after due work was committed: `earliest` never counts on a change
    /// that may still be rolled back.
    void refresh(const std::string& account);

    /// Updates `earliest`. Must be called with each record that is inserted or saved.
    void note(const Record& record);

    /// Forgets `earliest`. Must be called where resources became visible or invisible without a note.
    void forget() { earliest_.reset(); }

private:
    sqlite::Database& database_;
    std::optional<std::map<std::string, base::Instant, std::less<>>> earliest_;
};

}  // namespace plocal::storage
