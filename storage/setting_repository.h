// Stores small named texts, such as clock, lifecycle and rules. The only room that reads or writes the table setting.
// On the thread that owns the database. Every call may throw SqlError.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plocal::storage {

namespace sqlite {
class Database;
}

struct Setting {
    std::string account;  // empty for a setting of all accounts
    std::string name;
    std::string value;

    bool operator==(const Setting&) const = default;
};

class SettingRepository {
public:
    /// The database must outlive the repository.
    explicit SettingRepository(sqlite::Database& database);

    /// Stores a setting, and replaces the value of an existing one.
    void put(const Setting& setting);

    /// Returns the value, or nothing if there is no such setting.
    std::optional<std::string> find(std::string_view account, std::string_view name);

    /// Does nothing if there is no such setting.
    void remove(std::string_view account, std::string_view name);

    /// Returns all settings of this name, in order of account.
    std::vector<Setting> list(std::string_view name);

    /// Removes all settings, or all of one account.
    void clear();
    void clear(std::string_view account);

private:
    sqlite::Database& database_;
};

}  // namespace plocal::storage
