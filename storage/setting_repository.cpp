#include "storage/setting_repository.h"

#include "storage/sqlite/statement.h"

namespace plocal::storage {

using sqlite::Statement;

SettingRepository::SettingRepository(sqlite::Database& database) : database_(database) {}

void SettingRepository::put(const Setting& setting) {
    Statement put(database_,
                  "INSERT INTO setting (account, name, value) VALUES (?, ?, ?) "
                  "ON CONFLICT (account, name) DO UPDATE SET value = excluded.value");
    put.bind_all(setting.account, setting.name, setting.value);
    put.run();
}

std::optional<std::string> SettingRepository::find(std::string_view account, std::string_view name) {
    Statement row(database_, "SELECT value FROM setting WHERE account = ? AND name = ?");
    row.bind_all(account, name);
    if (!row.step()) return std::nullopt;
    return std::string(row.text(0));
}

void SettingRepository::remove(std::string_view account, std::string_view name) {
    Statement remove(database_, "DELETE FROM setting WHERE account = ? AND name = ?");
    remove.bind_all(account, name);
    remove.run();
}

std::vector<Setting> SettingRepository::list(std::string_view name) {
    Statement rows(database_, "SELECT account, name, value FROM setting WHERE name = ? ORDER BY account");
    rows.bind_all(name);
    std::vector<Setting> settings;
    while (rows.step()) {
        settings.push_back({std::string(rows.text(0)), std::string(rows.text(1)), std::string(rows.text(2))});
    }
    return settings;
}

void SettingRepository::clear() {
    Statement(database_, "DELETE FROM setting").run();
}

void SettingRepository::clear(std::string_view account) {
    Statement clear(database_, "DELETE FROM setting WHERE account = ?");
    clear.bind_all(account);
    clear.run();
}

}  // namespace plocal::storage
