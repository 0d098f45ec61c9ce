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
    /// Lives until the next call of any function.
    const std::map<std::string, base::Instant, std::less<>>& earliest();

    /// Returns the account's resource that is due first, or nothing if none is due by `now`. Returns the same one until
    /// it is saved with another due time. Throws std::invalid_argument if its timeline is damaged in the file.
    std::optional<Record> first(std::string_view account, base::Instant now);

    /// Updates `earliest`. Must be called with each record that is inserted or saved.
    void note(const Record& record);

    /// Forgets `earliest`. Must be called where resources became visible or invisible without a note.
    void forget() { earliest_.reset(); }

private:
    sqlite::Database& database_;
    std::optional<std::map<std::string, base::Instant, std::less<>>> earliest_;
};

}  // namespace plocal::storage
