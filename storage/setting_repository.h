// Small named texts that outlive a restart: clock, lifecycle, rules. The only place that reads or writes the table
// setting. For the one thread that owns the database. Every call may throw SqlError.
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
    std::string account;  // whose it is; empty for the common one
    std::string name;
    std::string value;

    bool operator==(const Setting&) const = default;
};

class SettingRepository {
public:
    /// The database must outlive the repository.
    explicit SettingRepository(sqlite::Database& database);

    void put(const Setting& setting);
    std::optional<std::string> find(std::string_view account, std::string_view name);

    /// Does nothing where there is none.
    void remove(std::string_view account, std::string_view name);

    /// All settings of this name, in order of account.
    std::vector<Setting> list(std::string_view name);

    /// Removes all settings, or all of one account.
    void clear();
    void clear(std::string_view account);

private:
    sqlite::Database& database_;
};

}  // namespace plocal::storage
