#include "storage/schema.h"

#include <cstddef>
#include <cstdint>
#include <string>

#include "storage/sqlite/error.h"
#include "storage/sqlite/statement.h"
#include "storage/sqlite/transaction.h"

namespace plocal::storage {

/// The text of a file in schema/, or nothing where there is none. Generated when the project is configured.
std::string_view embedded(std::string_view file_name);

namespace {

std::string file_name(std::size_t version) {
    const std::string digits = std::to_string(version);
    return std::string(4 - digits.size(), '0') + digits + ".sql";
}

std::size_t version_of(sqlite::Database& database) {
    sqlite::Statement version(database, "PRAGMA user_version");
    version.step();
    return static_cast<std::size_t>(version.integer(0));
}

}  // namespace

std::vector<std::string_view> migrations() {
    std::vector<std::string_view> scripts;
    for (auto text = embedded(file_name(1)); !text.empty(); text = embedded(file_name(scripts.size() + 1))) {
        scripts.push_back(text);
    }
    return scripts;
}

void migrate(sqlite::Database& database, const std::vector<std::string_view>& steps) {
    const std::size_t found = version_of(database);
    if (found > steps.size()) {
        throw sqlite::OpenError(0, database.path(),
                                "holds version " + std::to_string(found) + " of the tables, this program knows " +
                                    std::to_string(steps.size()),
                                "use a newer personalize-local or name another file");
    }
    for (std::size_t version = found + 1; version <= steps.size(); ++version) {
        sqlite::Transaction transaction(database);
        database.execute(std::string(steps[version - 1]));
        database.execute("PRAGMA user_version = " + std::to_string(version));
        transaction.commit();
    }
}

}  // namespace plocal::storage
